package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.DublinCoreMapping.Element;
import org.librarypeers.domain.DublinCoreMapping.Field;
import org.librarypeers.domain.DublinCoreMapping.Target;

/** Tests of {@link PeerAccess.Oai} and {@link DublinCoreMapping}. */
class OaiAccessTest {

    private static final URI URL = URI.create("https://repository.example.org/oai");

    private static Peer peer(PeerAccess access) {
        return Peer.builder().id(new PeerId(1)).name("A").access(access).build();
    }

    @ParameterizedTest
    @CsvSource({
        "https://Repository.example.org:443/oai/request, https://repository.example.org/oai/request",
        "http://repository.example.org, http://repository.example.org"
    })
    void an_address_is_brought_into_one_form(String typed, String address) {
        assertThat(peer(new PeerAccess.Oai(PeerAccess.Oai.url(typed))).address())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "repository.example.org/oai",
                "ftp://repository.example.org/oai",
                "https://user:secret@repository.example.org/oai",
                "https://repository.example.org/oai?verb=Identify",
                "https://repository.example.org/oai#top",
                "https:///oai"
            })
    void another_address_is_rejected_without_its_password(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerAccess.Oai.url(typed))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a&b=c", "ä"})
    void a_set_or_format_that_the_protocol_does_not_allow_is_rejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerAccess.Oai(URL, text, "oai_dc", DublinCoreMapping.DEFAULT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerAccess.Oai(URL, null, text, DublinCoreMapping.DEFAULT));
    }

    @Test
    void a_repository_takes_requests_without_an_account() {
        Peer peer = peer(new PeerAccess.Oai(URL));

        assertThat(peer.takesRequests()).isTrue();
        assertThat(peer.isQueryable()).isTrue();
        assertThat(peer.withActive(false).takesRequests()).isFalse();
        assertThat(peer.host()).isEmpty();
        assertThat(peer.apiUser()).isNull();
        assertThat(peer.apiKey()).isNull();
        assertThatIllegalStateException().isThrownBy(() -> peer.withCredentials("us", new ApiKey("k")));
    }

    @Test
    void only_the_same_repository_and_set_is_the_same_peer() {
        PeerAccess whole = new PeerAccess.Oai(URL);
        PeerAccess set = new PeerAccess.Oai(URL, "water", "oai_dc", DublinCoreMapping.DEFAULT);
        PeerAccess library = new PeerAccess.Orb(PeerHost.of("https://repository.example.org"), "u", new ApiKey("k"));

        assertThat(whole.isSameAs(new PeerAccess.Oai(URL, null, "qdc", DublinCoreMapping.DEFAULT)))
                .isTrue();
        assertThat(whole.isSameAs(set)).isFalse();
        assertThat(whole.isSameAs(library)).isFalse();
        assertThat(whole.isAt("https://repository.example.org")).isFalse();
        assertThat(set.isAt(set.address())).isTrue();
    }

    @Test
    void a_mapping_has_a_text_with_its_differences() {
        DublinCoreMapping mapping = DublinCoreMapping.parse(
                " type = tag:Resource Type ;\n Rights=NOTHING; subject=tag:Subject; texts-in=pt_BR ");

        assertThat(mapping.target(Element.TYPE)).isEqualTo(Target.tag("Resource Type"));
        assertThat(mapping.target(Element.RIGHTS)).isEqualTo(Target.of(Field.NOTHING));
        assertThat(mapping.language()).isEqualTo("pt-br");
        assertThat(mapping.toString()).isEqualTo("type=tag:Resource Type; rights=nothing; texts-in=pt-br");
        assertThat(DublinCoreMapping.parse(mapping.toString())).isEqualTo(mapping);
        assertThat(DublinCoreMapping.parse("")).isEqualTo(DublinCoreMapping.DEFAULT);
        assertThat(DublinCoreMapping.DEFAULT.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject",
                "topic=tag:Topic",
                "subject=topic",
                "subject=tag:",
                "subject=tag",
                "title=nothing",
                "texts-in=english language"
            })
    void an_invalid_mapping_is_rejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DublinCoreMapping.parse(text));
    }
}

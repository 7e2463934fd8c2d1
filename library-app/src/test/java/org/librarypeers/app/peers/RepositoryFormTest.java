package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.OfflineAnswer;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.storage.PeerRepository;

/** Tests of what the form of an OAI-PMH repository accepts, and of what can be read of a peer. */
class RepositoryFormTest {

    private static final String NEW = "/peers/new?kind=oai";
    private static final String URL = "https://repository.example.org/oai";

    private final OfflineLibrary library =
            OfflineLibrary.withPages((here, pages) -> new PeerForms(here.storage(), here.sync()).routes(pages));
    private final PeerRepository peers = library.storage().peers();
    private final OfflineVisitor admin = library.visitor(Role.ADMIN);

    private OfflineAnswer add(String... fields) {
        return admin.submit(admin.get(NEW).page(), "main form", fields);
    }

    private PeerAccess access() {
        return peers.all().get(0).access();
    }

    @Test
    void a_repository_has_every_submitted_value() {
        assertThat(add("name", "A", "url", URL, "set", "water", "prefix", "qdc", "mapping", "subject=tag:Topic")
                        .status())
                .isEqualTo(303);

        assertThat(access())
                .isEqualTo(new PeerAccess.Oai(
                        URI.create(URL), "water", "qdc", DublinCoreMapping.parse("subject=tag:Topic")));
    }

    @Test
    void empty_fields_have_their_defaults() {
        add("name", "A", "url", URL, "prefix", "");

        assertThat(access()).isEqualTo(new PeerAccess.Oai(URI.create(URL), null, "oai_dc", DublinCoreMapping.DEFAULT));
    }

    @Test
    void the_form_of_a_stored_repository_shows_its_values_and_saves_them_again() {
        add("name", "A", "url", URL, "set", "water", "prefix", "qdc", "mapping", "subject=tag:Topic");
        Peer peer = peers.all().get(0);
        Document form = admin.get("/peers/" + peer.id() + "/edit").page();

        assertThat(form.select("[name=set]").val()).isEqualTo("water");
        assertThat(form.select("[name=prefix]").val()).isEqualTo("qdc");
        assertThat(admin.submit(form, "main form").status()).isEqualTo(303);
        assertThat(access()).isEqualTo(peer.access());
    }

    @ParameterizedTest
    @CsvSource({
        "url, repository.example.org",
        "url, https://repository.example.org/oai?verb=Identify",
        "set, two words",
        "prefix, a b",
        "mapping, subject=topic"
    })
    void only_an_invalid_value_has_an_error_and_stays_as_it_was_typed(String field, String typed) {
        OfflineAnswer answer = add("name", "A", "url", URL, field, typed);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("[aria-invalid=true]").eachAttr("name")).containsOnly(field);
        assertThat(answer.page().select("[name=" + field + "]").val()).isEqualTo(typed);
        assertThat(answer.wrong(field)).isNotEmpty();
        assertThat(peers.all()).isEmpty();
    }

    @Test
    void all_errors_are_shown_together() {
        OfflineAnswer answer =
                add("name", "A", "url", "x", "set", "two words", "prefix", "a b", "mapping", "subject=topic");

        assertThat(answer.page().select("[aria-invalid=true]").eachAttr("name"))
                .contains("url", "set", "prefix", "mapping");
    }

    @ParameterizedTest
    @EnumSource
    void each_scope_has_a_word(RequestedScope scope) {
        assertThat(RequestedScope.of(scope.word())).isEqualTo(scope);
    }

    @Test
    void an_unknown_word_stands_for_the_changes() {
        assertThat(RequestedScope.of("planets")).isEqualTo(RequestedScope.CHANGES);
        assertThat(RequestedScope.of("")).isEqualTo(RequestedScope.CHANGES);
    }

    @Test
    void everything_is_offered_only_if_digests_can_replace_it() {
        assertThat(RequestedScope.offered(false))
                .containsExactly(RequestedScope.CHANGES, RequestedScope.RECONCILIATION);
        assertThat(RequestedScope.offered(true))
                .isEqualTo(List.of(RequestedScope.CHANGES, RequestedScope.RECONCILIATION, RequestedScope.EVERYTHING));
    }

    @Test
    void a_scope_is_that_of_a_run() {
        add("name", "A", "url", URL);
        Peer peer = peers.all().get(0);

        assertThat(RequestedScope.CHANGES.scope(library.sync(), peer)).isEqualTo(SyncScope.CHANGES);
        assertThat(RequestedScope.EVERYTHING.scope(library.sync(), peer)).isEqualTo(SyncScope.EVERY_DETAIL);
        assertThat(RequestedScope.DIFFERENCES.scope(library.sync(), peer)).isEqualTo(SyncScope.DIFFERENCES);
        assertThat(RequestedScope.RECONCILIATION.scope(library.sync(), peer))
                .isEqualTo(library.sync().reconciliation(peer));
    }
}

package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.SyncStatus;

/** Tests of peers that are OAI-PMH repositories, in a browser. */
class RepositoryPagesTest extends AdministeredLibrary {

    private static final String FORM = "/peers/new?kind=oai";

    private static PageClient.Answer addRepository(String... fields) {
        return admin.submit(admin.get(FORM).page(), "main form", fields);
    }

    @Test
    void the_form_has_the_fields_of_a_repository_and_none_for_an_account() {
        Document page = admin.get(FORM).page();

        assertThat(page.select("main form input:not([type=hidden])").eachAttr("name"))
                .containsExactly(
                        "name",
                        "url",
                        "set",
                        "prefix",
                        "mapping",
                        "active",
                        "automatic",
                        "publication",
                        "publication",
                        "publication",
                        "archives");
        assertThat(page.selectFirst("[name=prefix]").val()).isEqualTo("oai_dc");
        assertThat(page.selectFirst("nav.tabs [aria-current=page]").attr("href"))
                .isEqualTo(FORM);
        assertThat(admin.get("/peers/new").page().select("nav.tabs a").eachAttr("href"))
                .containsExactly("/peers/new", FORM);
    }

    @Test
    void a_repository_is_added_tested_synced_and_edited() throws IOException {
        try (SmallRepository repository = SmallRepository.start()) {
            Document tested = admin.submit(admin.get(FORM).page(), "main form", "url", repository.url(), "do", "test")
                    .page();
            assertThat(tested.selectFirst("#tested").text()).contains("works", "2 approved resources");

            PageClient.Answer added =
                    addRepository("name", "University", "url", repository.url(), "mapping", "subject=tag:Topic");

            assertThat(added.status()).isEqualTo(303);
            Peer peer = peers.all().get(0);
            assertThat(peer.access())
                    .isEqualTo(new PeerAccess.Oai(
                            URI.create(repository.url()),
                            null,
                            "oai_dc",
                            DublinCoreMapping.parse("subject=tag:Topic")));
            assertThat(here.library().sync().sync(peer).log().status()).isEqualTo(SyncStatus.SUCCEEDED);

            Document page = admin.get("/peers/" + peer.id()).page();
            assertThat(page.text()).contains("OAI-PMH repository", repository.url(), "subject=tag:Topic", "of 2");

            Document form = admin.get("/peers/" + peer.id() + "/edit").page();
            assertThat(form.selectFirst("[name=url]").val()).isEqualTo(repository.url());
            PageClient.Answer edited = admin.submit(form, "main form", "set", "water", "mapping", "");
            assertThat(edited.status()).isEqualTo(303);
            assertThat(peers.find(peer.id()).orElseThrow().access())
                    .isEqualTo(new PeerAccess.Oai(
                            URI.create(repository.url()), "water", "oai_dc", DublinCoreMapping.DEFAULT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "url, repository.example.org",
        "url, https://repository.example.org/oai?verb=Identify",
        "set, two words",
        "prefix, a b",
        "mapping, subject=topic"
    })
    void an_invalid_value_is_shown_beside_its_field_with_what_was_typed(String field, String value) {
        Document page = addRepository("name", "University", "url", "https://repository.example.org/oai", field, value)
                .page();

        assertThat(page.selectFirst("[name=" + field + "]").attr("aria-invalid"))
                .isEqualTo("true");
        assertThat(page.selectFirst("[name=" + field + "]").val()).isEqualTo(value);
        assertThat(page.selectFirst("#w-" + field).text()).isNotBlank();
        assertThat(peers.all()).isEmpty();
    }

    @Test
    void the_same_repository_and_set_is_not_added_twice() {
        assertThat(addRepository("name", "A", "url", "https://repository.example.org/oai")
                        .status())
                .isEqualTo(303);
        assertThat(addRepository("name", "B", "url", "https://repository.example.org/oai", "set", "water")
                        .status())
                .isEqualTo(303);

        PageClient.Answer again = addRepository("name", "C", "url", "https://repository.example.org/oai");

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.page().selectFirst("#w-url a").attr("href"))
                .isEqualTo("/peers/" + peers.all().get(0).id());
    }

    @Test
    void a_server_that_is_no_repository_is_explained() {
        Document tested = admin.submit(
                        admin.get(FORM).page(), "main form", "url", here.address() + "/about", "do", "test")
                .page();

        assertThat(tested.selectFirst("#tested").text()).contains("not an OAI-PMH repository");
    }
}

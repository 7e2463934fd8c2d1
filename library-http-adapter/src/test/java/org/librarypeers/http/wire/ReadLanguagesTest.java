package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.http.wire.Samples.json;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import tools.jackson.databind.JsonNode;

/** Tests of the languages and addresses of what a peer or a file sends. */
class ReadLanguagesTest {

    private static final String IN_FOUR_LANGUAGES = """
            {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11",
             "title": "Water", "title_en": "Water", "title_fr": "Eau", "title_pt_br": "Água", "title_es": "",
             "description": "شرب", "description_ar": "شرب", "attribution": "WHO", "attribution_fr": "OMS",
             "urls": [{"url": "/a", "title_fr": "Page", "title_en": "page", "description_fr": "d"}],
             "files": [{"file": "/media/a.pdf", "title": "Sheet", "description_ar": "x"}],
             "image": "/media/a.png",
             "tags": [{"tag": {"name": "Midwife", "name_fr": "Sage-femme", "name_en": "Midwife", "image": "/t.png",
                               "category": "Audience", "category_fr": "Public", "summary_fr": "s", "description_en": "d"}},
                      {"tag": {"name_fr": "Infirmière", "category_fr": "Public"}}]}""";

    @Test
    void a_title_shown_from_another_language_is_not_taken_for_one_of_the_first() {
        IncomingResource incoming = ResourceDocument.read(json("""
                {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11", "title": "Agua", "title_es": "Agua"}"""), "en").resource();

        assertThat(incoming.content().title()).isEqualTo(LocalizedText.of("es", "Agua"));
    }

    @Test
    void what_a_peer_or_a_file_sends_is_kept_in_every_language() {
        ResourceContent content = ResourceDocument.readFrom(json(IN_FOUR_LANGUAGES), "https://a.example")
                .resource()
                .content();

        assertThat(content.title()).isEqualTo(new LocalizedText(Map.of("en", "Water", "fr", "Eau", "pt-br", "Água")));
        assertThat(content.description()).isEqualTo(LocalizedText.of("ar", "شرب"));
        assertThat(content.attribution()).isEqualTo(new LocalizedText(Map.of("en", "WHO", "fr", "OMS")));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).title())
                .isEqualTo(new LocalizedText(Map.of("en", "page", "fr", "Page")));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).description())
                .isEqualTo(LocalizedText.of("fr", "d"));
        assertThat(content.attachments(AttachmentKind.FILE).get(0).title()).isEqualTo(LocalizedText.of("en", "Sheet"));
        assertThat(content.attachments(AttachmentKind.FILE).get(0).description())
                .isEqualTo(LocalizedText.of("ar", "x"));
        Tag midwife = content.tags().get(0);
        assertThat(midwife.names()).isEqualTo(new LocalizedText(Map.of("en", "Midwife", "fr", "Sage-femme")));
        assertThat(midwife.categories()).isEqualTo(LocalizedText.of("fr", "Public"));
        assertThat(midwife.summary()).isEqualTo(LocalizedText.of("fr", "s"));
        assertThat(midwife.description()).isEqualTo(LocalizedText.of("en", "d"));
        assertThat(content.tags().get(1).key()).isEqualTo(new Tag.Key("Public", "Infirmière"));
        assertThat(ResourceDocument.read(json(IN_FOUR_LANGUAGES), "en")
                        .resource()
                        .content()
                        .title())
                .isEqualTo(content.title());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Keys with a language repeat the text of the key without one.
                "\"title_en\": \"\", \"title_fr\": \"Lavage\", \"languages\": [\"en\"] | fr",
                "\"title_en\": \"\", \"description\": \"x\", \"description_sw\": \"x\" | sw",
                // The object names a single language.
                "\"title_en\": \"\", \"languages\": [\"fr\"] | fr",
                "\"title_en\": null, \"languages\": [\"pt_BR\", \"pt-br\"] | pt-br",
                "\"languages\": [\"sw\"] | sw",
                // Existing sites default to English.
                "\"languages\": [\"en\", \"fr\"] | en",
                "\"languages\": [] | en",
                "\"languages\": \"fr\" | en",
                "\"languages\": [7, {}, \"\"] | en",
                "\"title_en\": \"Lavage\", \"title_fr\": \"Lavage\" | en",
            })
    void a_text_that_does_not_say_its_language_is_in_the_one_that_the_object_shows(String more, String language) {
        JsonNode object = json("""
                {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11", "title": "Lavage", "attribution": "OMS",
                 "urls": [{"url": "https://a.example/", "title": "Lien", "title_en": ""}],
                 "tags": [{"tag": {"name": "Infirmière", "category": "Public", "summary": "s"}}], %s}""".formatted(more));

        ResourceContent content = ResourceDocument.readFrom(object, "https://a.example")
                .resource()
                .content();

        assertThat(content.title().in(language)).contains("Lavage");
        assertThat(content.attribution()).isEqualTo(LocalizedText.of(language, "OMS"));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).title())
                .isEqualTo(LocalizedText.of(language, "Lien"));
        assertThat(content.tags().get(0).summary()).isEqualTo(LocalizedText.of(language, "s"));
        assertThat(content.title().languages()).doesNotContain(language.equals("en") ? "sw" : "en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"title\": \"ماء\", \"title_ar\": \"ماء\"", "\"title\": null, \"title_ar\": \"ماء\""})
    void a_resource_with_a_title_in_another_language_is_called_so_in_that(String title) {
        JsonNode object = json("{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", " + title + "}");

        assertThat(ResourceDocument.readFrom(object, "https://a.example")
                        .resource()
                        .content()
                        .title())
                .isEqualTo(LocalizedText.of("ar", "ماء"));
    }

    @Test
    void addresses_of_a_site_without_its_host_are_completed() {
        ResourceContent content = ResourceDocument.readFrom(json(IN_FOUR_LANGUAGES), "https://a.example:8443")
                .resource()
                .content();

        assertThat(content.image()).isEqualTo("https://a.example:8443/media/a.png");
        assertThat(content.attachments(AttachmentKind.LINK).get(0).url()).isEqualTo("https://a.example:8443/a");
        assertThat(content.attachments(AttachmentKind.FILE).get(0).url())
                .isEqualTo("https://a.example:8443/media/a.pdf");
        assertThat(content.tags().get(0).image()).isEqualTo("https://a.example:8443/t.png");
        assertThat(ResourceDocument.read(json(IN_FOUR_LANGUAGES), "en")
                        .resource()
                        .content()
                        .image())
                .isEqualTo("/media/a.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://b.example/a.png", "javascript:alert(1)", "example.org/a.png"})
    void other_addresses_are_left_as_they_are(String address) {
        JsonNode object = json(IN_FOUR_LANGUAGES.replace("/media/a.png", address));

        assertThat(ResourceDocument.readFrom(object, "https://a.example")
                        .resource()
                        .content()
                        .image())
                .isEqualTo(address);
    }
}

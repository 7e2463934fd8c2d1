package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.port.CatalogueEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResourceDocumentTest {

    private static final Site SITE = new Site("https://orb.example.org", List.of("en", "es", "pt-br"));

    @ParameterizedTest
    @ValueSource(strings = {"01-list-first-page", "06-list-accept-language-es", "07-list-all", "09-search", "13-set"})
    void every_object_of_a_v1_list_is_read(String name) {
        for (JsonNode object : json(Samples.body(name)).path("objects")) {
            Incoming incoming = ResourceDocument.read(object, "en").resource();

            assertThat(incoming.guid()).hasToString(object.path("guid").asString());
            assertThat(incoming.content().title().in("en"))
                    .contains(object.path("title_en").asString().strip());
            assertThat(incoming.content().tags())
                    .hasSameSizeAs(object.path("tags").values());
        }
    }

    @Test
    void a_v1_detail_is_read_with_all_its_parts() {
        JsonNode object = json(Samples.body("08-detail"));

        Incoming incoming = ResourceDocument.read(object, "en").resource();

        assertThat(incoming.sourceHost()).isNull();
        assertThat(incoming.sourceUrl()).isEqualTo(object.path("url").asString());
        ResourceContent content = incoming.content();
        assertThat(content.title().languages()).containsExactly("en");
        assertThat(content.studyTime()).isEqualTo(new StudyTime(15, StudyTime.Unit.MINS));
        assertThat(content.image()).isEqualTo(object.path("image").asString());
        assertThat(content.links()).hasSameSizeAs(object.path("urls").values()).isNotEmpty();
        assertThat(content.files()).hasSameSizeAs(object.path("files").values()).isNotEmpty();
        assertThat(content.files().get(0).url())
                .isEqualTo(object.path("files").get(0).path("file").asString());
        Tag tag = content.tags().get(0);
        assertThat(tag.key()).isEqualTo(new Tag.Key("Geography", "quarentena crianças 39"));
        assertThat(tag.guid()).isEqualTo(Guid.ofTag("Geography", "quarentena crianças 39"));
        assertThat(tag.names()).isEqualTo(LocalizedText.of("en", "quarentena crianças 39"));
    }

    @Test
    void a_detail_has_the_keys_of_v1_but_for_those_that_end_a_v1_sync() {
        JsonNode recorded = json(Samples.body("08-detail"));
        CatalogueEntry entry =
                Entries.local(ResourceDocument.read(recorded, "en").resource().content());

        ObjectNode detail = ResourceDocument.detail(entry, SITE, "en");

        assertThat(detail.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
        assertThat(detail.path("urls").get(0).propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        recorded.path("urls").get(0).propertyNames());
        assertThat(detail.path("tags").get(0).path("tag").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        recorded.path("tags").get(0).path("tag").propertyNames());
        List<String> ofFiles = new ArrayList<>(recorded.path("files").get(0).propertyNames());
        ofFiles.removeAll(List.of("sha1", "file_extension", "is_embeddable"));
        assertThat(detail.path("files").get(0).propertyNames()).containsExactlyInAnyOrderElementsOf(ofFiles);
        assertThat(detail.path("title_es").asString("null")).isEmpty();
        assertThat(detail.path("attribution_es").isNull()).isTrue();
    }

    @Test
    void a_list_object_has_exactly_the_keys_of_v1() {
        JsonNode recorded =
                json(Samples.body("01-list-first-page")).path("objects").get(0);
        CatalogueEntry entry =
                Entries.local(ResourceDocument.read(recorded, "en").resource().content());

        ObjectNode listed = ResourceDocument.listed(entry, SITE, "en");

        assertThat(listed.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
        assertThat(listed.path("source_url")).isEqualTo(listed.path("url"));
        assertThat(listed.path("resource_uri").asString()).isEqualTo("/api/v1/resource/7/");
    }

    @Test
    void a_list_object_speaks_the_language_asked_for_and_falls_back_to_the_first() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "es", "Agua")))
                .description(LocalizedText.of("en", "Drink"))
                .build();

        ObjectNode listed = ResourceDocument.listed(Entries.local(content), SITE, "es");

        assertThat(listed.path("title").asString()).isEqualTo("Agua");
        assertThat(listed.path("description").asString()).isEqualTo("Drink");
        assertThat(listed.path("languages")).extracting(JsonNode::asString).containsExactly("en");
    }

    @Test
    void a_title_in_another_language_only_is_not_overridden_by_an_empty_one() {
        ResourceContent content =
                ResourceContent.titled(LocalizedText.of("ar", "ماء")).build();

        ObjectNode detail = ResourceDocument.detail(Entries.local(content), SITE, "en");

        assertThat(detail.path("title").asString()).isEqualTo("ماء");
        assertThat(detail.has("title_en")).isFalse();
        assertThat(detail.has("title_ar")).isFalse();
    }

    @Test
    void a_detail_leaves_out_what_v1_sites_cannot_store() {
        String longUrl = "https://example.org/" + "x".repeat(600);
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .image("media/picture.png")
                .tags(List.of(Tag.of("Audience", "Nurse"), Tag.of("Role", "Nurse"), Tag.of("Audience", "Midwife")))
                .links(List.of(link(longUrl, 0), link("https://example.org/", 1L << 40)))
                .build();

        ObjectNode detail = ResourceDocument.detail(Entries.local(content), SITE, "en");

        assertThat(detail.path("image").isNull()).isTrue();
        assertThat(detail.path("tags"))
                .extracting(tag -> tag.path("tag").path("name").asString())
                .containsExactly("Nurse", "Midwife");
        assertThat(detail.path("tags").get(0).path("tag").path("category_en").asString())
                .isEqualTo("Audience");
        assertThat(detail.path("urls")).hasSize(1);
        assertThat(detail.path("urls").get(0).path("file_size").asLong()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_relayed_resource_names_its_maker() {
        CatalogueEntry entry = Entries.relayed(
                ResourceContent.titled(LocalizedText.of("en", "Water")).build(),
                "Malawi Library",
                "https://malawi.example",
                "https://malawi.example/resource/view/water");

        Incoming incoming = ResourceDocument.read(ResourceDocument.detail(entry, SITE, "en"), "en")
                .resource();

        assertThat(incoming.sourceName()).isEqualTo("Malawi Library");
        assertThat(incoming.sourceHost()).isEqualTo("https://malawi.example");
        assertThat(incoming.sourceUrl()).isEqualTo("https://malawi.example/resource/view/water");
    }

    @Test
    void what_one_of_our_own_libraries_serves_says_by_which_route_it_has_come() {
        LibraryId server = LibraryId.of("a1000000-0000-4000-8000-000000000002");
        ResourceContent content =
                ResourceContent.titled(LocalizedText.of("en", "Water")).build();
        CatalogueEntry relayed =
                Entries.relayed(content, "Malawi", "https://malawi.example", "https://malawi.example/1");

        assertThat(ResourceDocument.read(ResourceDocument.full(relayed, SITE, server), "en")
                        .resource()
                        .route())
                .isEqualTo(Entries.ROUTE.then(server));
        assertThat(ResourceDocument.read(ResourceDocument.full(Entries.local(content), SITE, server), "en")
                        .resource()
                        .route())
                .isEqualTo(new Route(List.of(server)));
    }

    @Test
    void a_route_that_is_not_legible_is_as_good_as_none() {
        for (String route : List.of("\"x\"", "[7]", "[\"no-uuid\"]", "{}", "null", "[[]]")) {
            String document =
                    "{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", \"title\": \"Water\", \"route\": %s}";
            assertThat(ResourceDocument.read(json(document.formatted(route)), "en")
                            .resource()
                            .route())
                    .isEqualTo(Route.UNKNOWN);
        }
    }

    @Test
    void the_full_form_is_read_back_as_what_was_written_whatever_it_says() {
        HostileContent hostile = new HostileContent(new Random(20_261_123));
        for (int i = 0; i < 500; i++) {
            CatalogueEntry entry = Entries.local(hostile.next());

            byte[] sent = OrbJson.write(ResourceDocument.full(entry, SITE));
            Incoming incoming = ResourceDocument.read(OrbJson.read(sent), "fr").resource();

            assertThat(incoming.content()).isEqualTo(entry.resource().content());
            assertThat(incoming.guid()).isEqualTo(entry.resource().guid());
        }
    }

    @Test
    void the_detail_is_read_back_as_what_was_written_in_the_languages_of_the_site() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "pt-br", "Água")))
                .description(LocalizedText.of("pt-br", "<p>Beber</p>"))
                .links(List.of(link("https://example.org/a", 10), link("https://example.org/b", 0)))
                .files(List.of(
                        new FileLink(Guid.random(), LocalizedText.empty(), LocalizedText.empty(), "f.pdf", 3, 0)))
                .build();

        Incoming incoming = ResourceDocument.read(ResourceDocument.detail(Entries.local(content), SITE, "es"), "es")
                .resource();

        assertThat(incoming.content()).isEqualTo(content);
    }

    @Test
    void a_document_is_read_leniently() {
        Incoming incoming = ResourceDocument.read(json("""
                {"guid": "0B6D1B1C-5d6e-4c0e-9a52-0f2d8f6f3a11 ", "title": "  Water ", "title_en": "", "title_pt_br": "Água",
                 "study_time_number": "15", "study_time_unit": "aeons", "born_on": "soon", "unknown": {"a": [1]},
                 "urls": [{"url": " "}, {"title": "none"}, null, 5, {"url": "https://a.example", "title": 7},
                          {"url": "https://a.example", "guid": "no-guid", "order_by": "4"}],
                 "files": [{"file": "https://a.example"}],
                 "tags": [{"tag": {"name": "x"}}, {"tag": {"name": "Nurse", "category": "Audience"}}, "y",
                          {"tag": {"name": null, "name_en": "Midwife", "category": "Audience", "summary": "s"}}]}"""), "en").resource();

        ResourceContent content = incoming.content();
        assertThat(content.title()).isEqualTo(new LocalizedText(Map.of("en", "Water", "pt-br", "Água")));
        assertThat(content.studyTime()).isEqualTo(new StudyTime(15, null));
        assertThat(content.bornOn()).isNull();
        assertThat(content.links()).extracting(Link::order).containsExactly(0, 4);
        assertThat(content.links().get(0).guid()).isEqualTo(Guid.ofPart(incoming.guid(), "https://a.example"));
        assertThat(content.links().get(0).title().in("en")).contains("7");
        assertThat(content.files()).hasSize(1);
        assertThat(content.tags()).extracting(Tag::name).containsExactly("Nurse", "Midwife");
        assertThat(incoming.sourceUrl()).isNull();
    }

    @Test
    void parts_without_guid_get_the_same_ones_each_time() {
        JsonNode object = json("""
                {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11", "title": "t",
                 "urls": [{"url": "u"}, {"url": "u"}], "files": [{"file": "u"}]}""");

        assertThat(ResourceDocument.read(object, "en").resource())
                .isEqualTo(ResourceDocument.read(object, "en").resource());
    }

    @Test
    void a_title_shown_from_another_language_is_not_taken_for_one_of_the_first() {
        Incoming incoming = ResourceDocument.read(json("""
                {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11", "title": "Agua", "title_es": "Agua"}"""), "en").resource();

        assertThat(incoming.content().title()).isEqualTo(LocalizedText.of("es", "Agua"));
    }

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
    void of_what_an_existing_site_sends_the_texts_in_our_languages_are_kept() {
        ResourceContent content = ResourceDocument.readDetail(
                        json(IN_FOUR_LANGUAGES), List.of("en", "pt-br"), "https://a.example")
                .resource()
                .content();

        assertThat(content.title()).isEqualTo(new LocalizedText(Map.of("en", "Water", "pt-br", "Água")));
        assertThat(content.description()).isEqualTo(LocalizedText.empty());
        assertThat(content.attribution()).isEqualTo(LocalizedText.of("en", "WHO"));
        assertThat(content.links().get(0).title()).isEqualTo(LocalizedText.of("en", "page"));
        assertThat(content.links().get(0).description().isEmpty()).isTrue();
        assertThat(content.files().get(0).title()).isEqualTo(LocalizedText.of("en", "Sheet"));
        assertThat(content.files().get(0).description().isEmpty()).isTrue();
        Tag midwife = content.tags().get(0);
        assertThat(midwife.names()).isEqualTo(LocalizedText.of("en", "Midwife"));
        assertThat(midwife.categories().isEmpty()).isTrue();
        assertThat(midwife.summary().isEmpty()).isTrue();
        assertThat(midwife.description()).isEqualTo(LocalizedText.of("en", "d"));
        assertThat(content.tags().get(1).key()).isEqualTo(new Tag.Key("Public", "Infirmière"));
    }

    @Test
    void what_one_of_ours_or_a_file_sends_is_kept_in_every_language() {
        ResourceContent full = ResourceDocument.readFull(json(IN_FOUR_LANGUAGES), "en", "https://a.example")
                .resource()
                .content();

        assertThat(full.title().languages()).containsExactly("en", "fr", "pt-br");
        assertThat(full.description()).isEqualTo(LocalizedText.of("ar", "شرب"));
        assertThat(ResourceDocument.read(json(IN_FOUR_LANGUAGES), "en")
                        .resource()
                        .content()
                        .title())
                .isEqualTo(full.title());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"title\": \"ماء\", \"title_ar\": \"ماء\"", "\"title\": null, \"title_ar\": \"ماء\""})
    void a_resource_with_a_title_in_none_of_our_languages_is_called_what_the_site_shows(String title) {
        JsonNode object = json("{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", " + title + "}");

        assertThat(ResourceDocument.readDetail(object, List.of("fr", "en"), "https://a.example")
                        .resource()
                        .content()
                        .title())
                .isEqualTo(LocalizedText.of("fr", "ماء"));
    }

    @Test
    void addresses_of_a_site_without_its_host_are_completed() {
        ResourceContent content = ResourceDocument.readDetail(
                        json(IN_FOUR_LANGUAGES), List.of("en"), "https://a.example:8443")
                .resource()
                .content();

        assertThat(content.image()).isEqualTo("https://a.example:8443/media/a.png");
        assertThat(content.links().get(0).url()).isEqualTo("https://a.example:8443/a");
        assertThat(content.files().get(0).url()).isEqualTo("https://a.example:8443/media/a.pdf");
        assertThat(content.tags().get(0).image()).isEqualTo("https://a.example:8443/t.png");
        assertThat(ResourceDocument.readFull(json(IN_FOUR_LANGUAGES), "en", "https://a.example:8443")
                        .resource()
                        .content()
                        .image())
                .isEqualTo(content.image());
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

        assertThat(ResourceDocument.readDetail(object, List.of("en"), "https://a.example")
                        .resource()
                        .content()
                        .image())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"title\": \"t\"}",
                "{\"guid\": \"x\", \"title\": \"t\"}",
                "{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\"}",
                "{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", \"title\": \"\\u0000\"}",
                "{\"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", \"title\": [\"a\", \"b\"]}",
            })
    void what_is_no_resource_is_refused(String document) {
        assertThatThrownBy(() -> ResourceDocument.read(json(document), "en").resource())
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageMatching("(resource|guid|title|text) .{2,100}");
    }

    @Test
    void times_are_those_of_the_resource_in_utc() {
        ObjectNode listed = ResourceDocument.listed(
                Entries.local(
                        ResourceContent.titled(LocalizedText.of("en", "t")).build()),
                SITE,
                "en");

        assertThat(listed.path("create_date").asString()).isEqualTo(OrbJson.time(Entries.CREATED));
        assertThat(listed.path("update_date").asString())
                .isEqualTo(OrbJson.time(Instant.parse("2026-03-01T12:00:00Z")));
    }

    private static Link link(String url, long size) {
        return new Link(Guid.random(), LocalizedText.of("es", "enlace"), LocalizedText.empty(), url, 0, size);
    }

    private static JsonNode json(String text) {
        return OrbJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}

package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.http.wire.Entries.SITE;
import static org.librarypeers.http.wire.Samples.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.contract.SampleAttachment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResourceDocumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"01-list-first-page", "06-list-accept-language-es", "07-list-all", "09-search", "13-set"})
    void every_object_of_a_v1_list_is_read(String name) {
        for (JsonNode object : json(Samples.body(name)).path("objects")) {
            IncomingResource incoming = ResourceDocument.read(object, "en").resource();

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

        IncomingResource incoming = ResourceDocument.read(object, "en").resource();

        assertThat(incoming.sourceHost()).isNull();
        assertThat(incoming.sourceUrl()).isEqualTo(object.path("url").asString());
        ResourceContent content = incoming.content();
        assertThat(content.title().languages()).containsExactly("en");
        assertThat(content.studyTime()).isEqualTo(new StudyTime(15, StudyTime.Unit.MINS));
        assertThat(content.image()).isEqualTo(object.path("image").asString());
        assertThat(content.attachments(AttachmentKind.LINK))
                .hasSameSizeAs(object.path("urls").values())
                .isNotEmpty();
        assertThat(content.attachments(AttachmentKind.FILE))
                .hasSameSizeAs(object.path("files").values())
                .isNotEmpty();
        assertThat(content.attachments(AttachmentKind.FILE).get(0).url())
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

        ObjectNode listed = ResourceDocument.listed(ListedResource.of(entry), SITE, "en");

        assertThat(listed.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
        assertThat(listed.path("source_url")).isEqualTo(listed.path("url"));
        assertThat(listed.path("resource_uri").asString()).isEqualTo("/api/v1/resource/7/");
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
            IncomingResource incoming =
                    ResourceDocument.read(OrbJson.read(sent), "fr").resource();

            assertThat(incoming.content()).isEqualTo(entry.resource().content());
            assertThat(incoming.guid()).isEqualTo(entry.resource().guid());
        }
    }

    @Test
    void the_detail_is_read_back_as_what_was_written_in_the_languages_of_the_site() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "pt-br", "Água")))
                .description(LocalizedText.of("pt-br", "<p>Beber</p>"))
                .attachments(List.of(
                        link("https://example.org/a", 10),
                        link("https://example.org/b", 0),
                        SampleAttachment.file("f.pdf").order(3).build()))
                .build();

        IncomingResource incoming = ResourceDocument.read(
                        ResourceDocument.detail(Entries.local(content), SITE, "es"), "es")
                .resource();

        assertThat(incoming.content()).isEqualTo(content);
    }

    @Test
    void a_document_is_read_leniently() {
        IncomingResource incoming = ResourceDocument.read(json("""
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
        assertThat(content.attachments(AttachmentKind.LINK))
                .extracting(Attachment::order)
                .containsExactly(0, 4);
        assertThat(content.attachments(AttachmentKind.LINK).get(0).guid())
                .isEqualTo(Guid.ofAttachment(incoming.guid(), "https://a.example"));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).title().in("en"))
                .contains("7");
        assertThat(content.attachments(AttachmentKind.FILE)).hasSize(1);
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
    void characters_that_turn_the_direction_are_taken_out_of_titles_and_names_with_a_remark() {
        ReadResource read = ResourceDocument.read(json("""
                {"guid": "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11", "title": "Safe \\u202ewater", "description": "a\\u202eb",
                 "urls": [{"url": "https://a.example/", "title": "\\u202dMore"}],
                 "tags": [{"tag": {"name": "Nur\\u202ase", "category": "Audience"}}]}"""), "en");

        ResourceContent content = read.resource().content();
        assertThat(content.title()).isEqualTo(LocalizedText.of("en", "Safe water"));
        assertThat(content.description()).isEqualTo(LocalizedText.of("en", "a\u202eb"));
        assertThat(content.attachments(AttachmentKind.LINK).get(0).title()).isEqualTo(LocalizedText.of("en", "More"));
        assertThat(content.tags().get(0).name()).isEqualTo("Nurse");
        assertThat(read.remarks())
                .hasSize(3)
                .allSatisfy(remark -> assertThat(remark.kind()).isEqualTo(Remark.Kind.CHARACTERS_REMOVED));
    }

    private static Attachment link(String url, long size) {
        return SampleAttachment.link(url)
                .title(LocalizedText.of("es", "enlace"))
                .size(size)
                .build();
    }
}

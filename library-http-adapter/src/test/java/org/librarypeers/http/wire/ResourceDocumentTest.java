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
import org.junit.jupiter.params.provider.CsvSource;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResourceDocumentTest {

    private static final Site SITE = new Site("https://orb.example.org", List.of("en", "es", "pt-br"));

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

        ObjectNode listed = ResourceDocument.listed(entry, SITE, "en");

        assertThat(listed.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
        assertThat(listed.path("source_url")).isEqualTo(listed.path("url"));
        assertThat(listed.path("resource_uri").asString()).isEqualTo("/api/v1/resource/7/");
    }

    @Test
    void a_list_object_speaks_the_language_asked_for_and_falls_back_as_a_whole() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "es", "Agua")))
                .description(LocalizedText.of("en", "Drink"))
                .attribution(LocalizedText.of("es", "OMS"))
                .build();

        ObjectNode listed = ResourceDocument.listed(Entries.local(content), SITE, "es");

        assertThat(listed.path("title").asString()).isEqualTo("Water");
        assertThat(listed.path("description").asString()).isEqualTo("Drink");
        assertThat(listed.path("attribution").asString()).isEqualTo("OMS");
        assertThat(listed.path("title_es").asString()).isEqualTo("Agua");
        assertThat(listed.path("languages")).extracting(JsonNode::asString).containsExactly("en");

        ObjectNode spanish = ResourceDocument.listed(
                Entries.local(content.toBuilder()
                        .description(new LocalizedText(Map.of("en", "Drink", "es", "Beba")))
                        .build()),
                SITE,
                "es");
        assertThat(spanish.path("title").asString()).isEqualTo("Agua");
        assertThat(spanish.path("description").asString()).isEqualTo("Beba");
        assertThat(spanish.path("title_en").asString()).isEqualTo("Water");
        assertThat(spanish.path("languages")).extracting(JsonNode::asString).containsExactly("en", "es");
    }

    @Test
    void what_is_in_none_of_our_languages_is_served_in_its_own_and_the_first_is_left_out() {
        LocalizedText french = LocalizedText.of("fr", "Lavage");
        ResourceContent content = ResourceContent.titled(french)
                .description(french)
                .attribution(french)
                .tags(List.of(new Tag(Guid.random(), "Public", "Infirmière", french, french, french, french, null)))
                .attachments(List.of(
                        new Attachment(
                                AttachmentKind.LINK, Guid.random(), french, french, "https://example.org/", 0, 0),
                        new Attachment(
                                AttachmentKind.FILE, Guid.random(), french, french, "https://example.org/a.pdf", 0, 0)))
                .build();

        ObjectNode detail = ResourceDocument.detail(Entries.local(content), SITE, "en");

        for (JsonNode texts :
                List.of(detail, detail.path("urls").get(0), detail.path("files").get(0))) {
            for (String field : List.of("title", "description")) {
                assertThat(texts.path(field).asString()).isEqualTo("Lavage");
                assertThat(texts.path(field + "_fr").asString()).isEqualTo("Lavage");
                assertThat(texts.path(field + "_es").asString("null")).isEmpty();
                assertThat(texts.has(field + "_en")).isFalse();
            }
        }
        assertThat(detail.path("attribution").asString()).isEqualTo("Lavage");
        assertThat(detail.has("attribution_en")).isFalse();
        assertThat(detail.path("languages")).extracting(JsonNode::asString).containsExactly("fr");
        JsonNode tag = detail.path("tags").get(0).path("tag");
        assertThat(tag.path("name").asString()).isEqualTo("Infirmière");
        assertThat(tag.path("name_en").asString()).isEqualTo("Infirmière");
        assertThat(tag.path("name_fr").asString()).isEqualTo("Lavage");
        assertThat(tag.path("category").asString()).isEqualTo("Public");
        assertThat(tag.path("category_en").asString()).isEqualTo("Public");
        assertThat(tag.path("category_fr").asString()).isEqualTo("Lavage");
        assertThat(tag.path("summary_fr").asString()).isEqualTo("Lavage");
        assertThat(tag.has("summary_en")).isFalse();
    }

    @Test
    void the_first_language_of_existing_sites_says_the_same_or_nothing() {
        Site french = new Site("https://orb.example.org", List.of("fr", "en"));
        LocalizedText both = new LocalizedText(Map.of("en", "Water", "fr", "Eau"));
        ResourceContent bilingual =
                ResourceContent.titled(both).description(both).build();
        ResourceContent halves =
                bilingual.toBuilder().description(LocalizedText.of("fr", "Eau")).build();

        ObjectNode asked = ResourceDocument.detail(Entries.local(bilingual), french, "en");
        assertThat(asked.path("title").asString()).isEqualTo("Water");
        assertThat(asked.path("title_en").asString()).isEqualTo("Water");
        assertThat(asked.path("title_fr").asString()).isEqualTo("Eau");

        ObjectNode whole = ResourceDocument.detail(Entries.local(halves), french, "en");
        assertThat(whole.path("title").asString()).isEqualTo("Eau");
        assertThat(whole.path("description").asString()).isEqualTo("Eau");
        assertThat(whole.has("title_en")).isFalse();
    }

    @Test
    void the_full_form_says_every_text_in_its_language() {
        LocalizedText texts = new LocalizedText(Map.of("en", "Water", "fr", "Eau"));
        ResourceContent content = ResourceContent.titled(texts)
                .description(LocalizedText.of("fr", "Eau"))
                .build();

        ObjectNode full = ResourceDocument.full(Entries.local(content), SITE);

        assertThat(full.path("title").asString()).isEqualTo("Eau");
        assertThat(full.path("title_en").asString()).isEqualTo("Water");
        assertThat(ResourceDocument.read(full, "en").resource().content()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " \u0001javascript:alert(1)",
                "java\u200Bscript:alert(1)",
                "\u00A0javascript :alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "mailto:a@example.org",
                "ftp://example.org/a"
            })
    void an_address_that_is_not_of_the_web_is_not_sent_to_existing_sites(String address) {
        Attachment link = new Attachment(
                AttachmentKind.LINK,
                Guid.random(),
                LocalizedText.empty(),
                LocalizedText.empty(),
                visible(address),
                0,
                0);
        Attachment file = new Attachment(
                AttachmentKind.FILE,
                Guid.random(),
                LocalizedText.empty(),
                LocalizedText.empty(),
                visible(address),
                0,
                0);
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .attachments(List.of(link, file))
                .build();
        CatalogueEntry entry = Entries.relayed(content, "Malawi", "https://malawi.example", visible(address));

        ObjectNode detail = ResourceDocument.detail(entry, SITE, "en");

        assertThat(detail.path("urls")).isEmpty();
        assertThat(detail.path("files")).isEmpty();
        assertThat(detail.path("source_url").isNull()).isTrue();
        ObjectNode full = ResourceDocument.full(entry, SITE);
        assertThat(full.path("urls").get(0).path("url").asString()).isEqualTo(link.url());
        assertThat(full.path("files").get(0).path("file").asString()).isEqualTo(file.url());
    }

    /** Removes the control character, which the domain allows in no address. */
    private static String visible(String address) {
        return address.replace("\u0001", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/?to=javascript:x",
                "HTTP://example.org/a:b",
                "example.org/a:b",
                "/media/a.pdf",
                "//cdn.example/a:b",
                "?a:b"
            })
    void any_other_address_is_sent(String address) {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .attachments(AttachmentKind.LINK, List.of(link(address, 0)))
                .build();

        assertThat(ResourceDocument.detail(Entries.local(content), SITE, "en").path("urls"))
                .hasSize(1);
    }

    @Test
    void of_tags_that_a_database_takes_for_one_the_first_is_sent() {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            tags.add(Tag.of("Topic", "Tag " + i));
        }
        for (String name : List.of(
                "Año",
                "ano",
                "Straße",
                "STRASE",
                "strasse",
                "NUTRICION",
                "nutrición",
                "💉",
                "🩸",
                "tag 17",
                "TÁG 29",
                "Işı",
                "ISI",
                "οδός",
                "ΟΔΟΣ",
                "Łódź",
                "lodz",
                "Bệnh",
                "benh")) {
            tags.add(Tag.of("Topic", name));
            tags.add(Tag.of("Audience", name));
        }
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .tags(tags)
                .build();

        ObjectNode detail = ResourceDocument.detail(Entries.local(content), SITE, "en");

        assertThat(detail.path("tags"))
                .extracting(tag -> tag.path("tag").path("name").asString())
                .filteredOn(name -> !name.startsWith("Tag "))
                .containsExactly("Año", "Straße", "NUTRICION", "💉", "Işı", "οδός", "Łódź", "Bệnh");
        assertThat(detail.path("tags")).hasSize(38);
        assertThat(ResourceDocument.full(Entries.local(content), SITE).path("tags"))
                .hasSize(65);
    }

    @Test
    void a_title_in_another_language_only_is_not_overridden_by_an_empty_one() {
        ResourceContent content =
                ResourceContent.titled(LocalizedText.of("ar", "ماء")).build();

        ObjectNode detail = ResourceDocument.detail(Entries.local(content), SITE, "en");

        assertThat(detail.path("title").asString()).isEqualTo("ماء");
        assertThat(detail.has("title_en")).isFalse();
        assertThat(detail.path("title_ar").asString()).isEqualTo("ماء");
    }

    @Test
    void a_detail_leaves_out_what_v1_sites_cannot_store() {
        String longUrl = "https://example.org/" + "x".repeat(600);
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .image("media/picture.png")
                .tags(List.of(Tag.of("Audience", "Nurse"), Tag.of("Role", "Nurse"), Tag.of("Audience", "Midwife")))
                .attachments(AttachmentKind.LINK, List.of(link(longUrl, 0), link("https://example.org/", 1L << 40)))
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

        IncomingResource incoming = ResourceDocument.read(ResourceDocument.detail(entry, SITE, "en"), "en")
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
                        new Attachment(
                                AttachmentKind.FILE,
                                Guid.random(),
                                LocalizedText.empty(),
                                LocalizedText.empty(),
                                "f.pdf",
                                3,
                                0)))
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

    @Test
    void a_title_shown_from_another_language_is_not_taken_for_one_of_the_first() {
        IncomingResource incoming = ResourceDocument.read(json("""
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

    private static Attachment link(String url, long size) {
        return new Attachment(
                AttachmentKind.LINK,
                Guid.random(),
                LocalizedText.of("es", "enlace"),
                LocalizedText.empty(),
                url,
                0,
                size);
    }

    private static JsonNode json(String text) {
        return OrbJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}

package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.http.wire.Entries.SITE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of what is served to existing sites and to our own libraries. */
class ResourceWriterTest {

    @Test
    void a_list_object_speaks_the_language_asked_for_and_falls_back_as_a_whole() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "es", "Agua")))
                .description(LocalizedText.of("en", "Drink"))
                .attribution(LocalizedText.of("es", "OMS"))
                .build();

        ObjectNode listed = ResourceDocument.listed(Entries.listed(content), SITE, "es");

        assertThat(listed.path("title").asString()).isEqualTo("Water");
        assertThat(listed.path("description").asString()).isEqualTo("Drink");
        assertThat(listed.path("attribution").asString()).isEqualTo("OMS");
        assertThat(listed.path("title_es").asString()).isEqualTo("Agua");
        assertThat(listed.path("languages")).extracting(JsonNode::asString).containsExactly("en");

        ObjectNode spanish = ResourceDocument.listed(
                Entries.listed(content.toBuilder()
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
                .tags(List.of(SampleTag.tag("Public", "Infirmière")
                        .categories(french)
                        .names(french)
                        .description(french)
                        .summary(french)
                        .build()))
                .attachments(List.of(
                        SampleAttachment.link("https://example.org/")
                                .title(french)
                                .description(french)
                                .build(),
                        SampleAttachment.file("https://example.org/a.pdf")
                                .title(french)
                                .description(french)
                                .build()))
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
        Attachment link = SampleAttachment.link(visible(address)).build();
        Attachment file = SampleAttachment.file(visible(address)).build();
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
                .attachments(
                        AttachmentKind.LINK,
                        List.of(SampleAttachment.link(address).build()))
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
                .attachments(
                        AttachmentKind.LINK,
                        List.of(
                                SampleAttachment.link(longUrl).build(),
                                SampleAttachment.link("https://example.org/")
                                        .size(1L << 40)
                                        .build()))
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
    void times_are_those_of_the_resource_in_utc() {
        ObjectNode listed = ResourceDocument.listed(
                Entries.listed(
                        ResourceContent.titled(LocalizedText.of("en", "t")).build()),
                SITE,
                "en");

        assertThat(listed.path("create_date").asString()).isEqualTo(OrbJson.time(Entries.CREATED));
        assertThat(listed.path("update_date").asString())
                .isEqualTo(OrbJson.time(Instant.parse("2026-03-01T12:00:00Z")));
    }
}

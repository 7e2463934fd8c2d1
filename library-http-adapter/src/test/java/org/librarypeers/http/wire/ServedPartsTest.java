package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.http.wire.Entries.SITE;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests of the parts of a resource that are served on their own, and of the limits of existing sites. */
class ServedPartsTest {

    private static final Tag NURSE = SampleTag.tag("Audience", "Nurse")
            .names(LocalizedText.of("es", "Enfermera"))
            .image("/media/nurse.png")
            .build();
    private static final Attachment LINK =
            SampleAttachment.link("https://example.org/").build();
    private static final CatalogueEntry ENTRY = Entries.local(with(NURSE, LINK, file("/media/a.PDF?x=1")));

    private static Attachment file(String url) {
        return SampleAttachment.file(url).size(9).build();
    }

    private static ResourceContent with(Tag tag, Attachment... attachments) {
        return ResourceContent.titled(LocalizedText.of("en", "Water"))
                .tags(List.of(tag))
                .attachments(List.of(attachments))
                .build();
    }

    private static ObjectNode part(CataloguePart part) {
        return ResourceDocument.part(part, SITE, "en");
    }

    @Test
    void a_link_on_its_own_is_the_one_of_the_detail() {
        assertThat((JsonNode) part(CataloguePart.of(ENTRY, LINK)))
                .isEqualTo(
                        ResourceDocument.detail(ENTRY, SITE, "en").path("urls").get(0));
        assertThat(part(CataloguePart.of(ENTRY, LINK)).path("id").asLong()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "/media/a.PDF?x=1, pdf, true",
        "https://example.org/a.docx#b.pdf, docx, false",
        "https://example.org/a.b/c, '', false"
    })
    void a_file_on_its_own_names_its_extension(String url, String extension, boolean embeddable) {
        CatalogueEntry entry = Entries.local(with(NURSE, file(url)));
        Attachment file = entry.resource().content().attachments().get(0);

        ObjectNode alone = part(CataloguePart.of(entry, file));

        assertThat(alone.path("file_extension").asString()).isEqualTo(extension);
        assertThat(alone.path("is_embeddable").asBoolean()).isEqualTo(embeddable);
        assertThat(alone.path("sha1").isNull()).isTrue();
        alone.remove(List.of("file_extension", "is_embeddable", "sha1"));
        assertThat((JsonNode) alone)
                .isEqualTo(
                        ResourceDocument.detail(entry, SITE, "en").path("files").get(0));
    }

    @Test
    void a_tagging_on_its_own_is_the_one_of_the_detail_and_contains_the_tag() {
        ObjectNode tagging = part(CataloguePart.of(ENTRY, ENTRY.taggings().get(0)));

        assertThat((JsonNode) tagging)
                .isEqualTo(
                        ResourceDocument.detail(ENTRY, SITE, "en").path("tags").get(0));
        assertThat(tagging.path("id").asLong()).isEqualTo(301);
        assertThat(tagging.path("resource_uri").asString()).isEqualTo("/api/v1/resourcetag/301/");
        assertThat(tagging.path("create_date").asString()).isEqualTo("2026-02-03T04:05:06.000007");
        CatalogueTag tag = new CatalogueTag(401, new Slug("tag-1"), NURSE);
        assertThat(tagging.path("tag")).isEqualTo(ResourceDocument.tag(tag, SITE, "en"));
        assertThat(tagging.path("tag").path("url").asString()).isEqualTo("https://orb.example.org/tag/view/tag-1");
        assertThat(tagging.path("tag").path("image").asString()).isEqualTo("https://orb.example.org/media/nurse.png");
    }

    @Test
    void the_short_form_of_a_tag_has_the_name_in_the_language_asked_for_or_in_the_first() {
        CatalogueTag tag = new CatalogueTag(401, new Slug("tag-1"), NURSE);
        CatalogueTag translated = new CatalogueTag(
                402,
                new Slug("tag-2"),
                SampleTag.tag("Public", "Infirmière")
                        .names(LocalizedText.of("en", "Nurse"))
                        .build());

        ObjectNode spanish = ResourceDocument.tagInShort(tag, SITE, "es");
        assertThat(spanish.propertyNames())
                .containsExactlyInAnyOrder("id", "resource_uri", "category", "name", "image", "url");
        assertThat(spanish.path("resource_uri").asString()).isEqualTo("/api/v1/tags/401/");
        assertThat(spanish.path("name").asString()).isEqualTo("Enfermera");
        assertThat(spanish.path("category").asString()).isEqualTo("Audience");
        assertThat(ResourceDocument.tagInShort(translated, SITE, "es")
                        .path("name")
                        .asString())
                .isEqualTo("Nurse");
        assertThat(ResourceDocument.tagInShort(translated, SITE, "es")
                        .path("image")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_category_has_its_names_and_its_place() {
        CatalogueCategory category =
                new CatalogueCategory(5, "Audience", LocalizedText.of("es", "Público"), LocalizedText.empty());

        ObjectNode written = ResourceDocument.category(category, 3, SITE, "es");

        assertThat(written.path("id").asLong()).isEqualTo(5);
        assertThat(written.path("resource_uri").asString()).isEqualTo("/api/v1/category/5/");
        assertThat(written.path("name").asString()).isEqualTo("Público");
        assertThat(written.path("name_en").asString()).isEqualTo("Audience");
        assertThat(written.path("order_by").asInt()).isEqualTo(3);
        assertThat(written.path("slug").asString()).isEqualTo("audience");
    }

    @Test
    void a_page_of_the_full_feed_is_an_array_of_full_forms_although_it_writes_each_tag_once() {
        LibraryId server = LibraryId.of("a1000000-0000-4000-8000-000000000002");
        List<CatalogueEntry> entries = List.of(
                ENTRY,
                Entries.local(with(NURSE)),
                Entries.relayed(with(NURSE), "Malawi", "https://malawi.example", "https://malawi.example/1"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = OrbJson.compact(bytes)) {
            ResourceDocument.writeFeed(out, new FeedPage(entries, List.of(), 0, true), SITE, server);
        }

        assertThat(OrbJson.read(bytes.toByteArray()))
                .isEqualTo(Samples.json(Stream.of(0, 1, 2)
                        .map(i -> ResourceDocument.full(entries.get(i), SITE, server)
                                .toString())
                        .toList()
                        .toString()));
    }

    @Test
    void the_url_of_a_resource_is_its_page() {
        ObjectNode listed = ResourceDocument.listed(ListedResource.of(ENTRY), SITE, "en");

        assertThat(listed.path("url").asString())
                .isEqualTo("https://orb.example.org/resource/view/"
                        + ENTRY.resource().slug());
        assertThat(listed.path("image").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void an_image_is_served_to_existing_sites_up_to_their_limit(int length, boolean served) {
        String address = "https://orb.example.org/" + "x".repeat(length - 24);
        CatalogueEntry entry =
                Entries.local(with(NURSE).toBuilder().image(address).build());

        assertThat(ResourceDocument.detail(entry, SITE, "en").path("image").isString())
                .isEqualTo(served);
        assertThat(ResourceDocument.full(entry, SITE).path("image").asString()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"500, 1", "501, 0"})
    void an_attachment_is_served_to_existing_sites_up_to_their_limit(int length, int served) {
        Attachment link = SampleAttachment.link("https://orb.example.org/" + "x".repeat(length - 24))
                .build();
        CatalogueEntry entry = Entries.local(with(NURSE, link));

        assertThat(ResourceDocument.detail(entry, SITE, "en").path("urls")).hasSize(served);
        assertThat(ResourceDocument.full(entry, SITE).path("urls")).hasSize(1);
    }

    @Test
    void a_long_source_name_is_cut_for_existing_sites_only() {
        CatalogueEntry entry =
                Entries.relayed(with(NURSE), "n".repeat(201), "https://malawi.example", "https://malawi.example/1");

        assertThat(ResourceDocument.detail(entry, SITE, "en")
                        .path("source_name")
                        .asString())
                .isEqualTo("n".repeat(200));
        assertThat(ResourceDocument.full(entry, SITE).path("source_name").asString())
                .isEqualTo("n".repeat(201));
    }
}

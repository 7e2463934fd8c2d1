package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.http.wire.FieldsAsSent.GOOD_TAG;
import static org.librarypeers.http.wire.FieldsAsSent.GUID;
import static org.librarypeers.http.wire.FieldsAsSent.assertRemark;
import static org.librarypeers.http.wire.FieldsAsSent.content;
import static org.librarypeers.http.wire.FieldsAsSent.read;
import static org.librarypeers.http.wire.FieldsAsSent.remark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import tools.jackson.databind.JsonNode;

/** Tests that an invalid value or attachment never makes its resource invalid, and that each one leaves a remark. */
class ResourceReaderTest {

    private static final Guid PART = Guid.of("017ff4ef-6fb6-4fab-8cc8-000000000001");
    private static final String NUL = "\\u0000";
    private static final String HALF = "\\ud800";

    @Test
    void a_tag_whose_name_is_too_long_is_left_out_and_the_others_stay() {
        ReadResource read = read("\"tags\": [{\"tag\": {\"name\": \"" + "legal text ".repeat(14)
                + "\", \"category\": \"Audience\"}}, " + GOOD_TAG + "]");

        assertThat(content(read).tags()).containsExactly(Tag.of("Audience", "Nurse"));
        assertRemark(read, Kind.TAG_LEFT_OUT, "tags[0]", "tag name", "153", "100");
    }

    @Test
    void a_name_in_another_language_that_is_too_long_costs_only_that_name() {
        ReadResource read = read("\"tags\": [{\"tag\": {\"name\": \"Nurse\", \"name_fr\": \"" + "x".repeat(101)
                + "\", \"name_es\": \"Enfermera\", \"category\": \"Audience\", \"summary\": \"" + "s".repeat(101)
                + "\"}}]");

        Tag tag = content(read).tags().get(0);
        assertThat(tag.names()).isEqualTo(LocalizedText.of("es", "Enfermera"));
        assertThat(tag.summary()).isEqualTo(LocalizedText.of("en", "s".repeat(99) + "…"));
        assertThat(read.remarks())
                .extracting(Remark::kind, Remark::field)
                .containsExactly(tuple(Kind.TEXT_LEFT_OUT, "tags[0].name_fr"), tuple(Kind.TEXT_CUT, "tags[0].summary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NUL, HALF, "\\udc00"})
    void characters_that_cannot_be_stored_are_removed_from_every_text(String character) {
        String name = "U+" + character.substring(2).toUpperCase(java.util.Locale.ROOT);
        String text = "a" + character + "b";
        ReadResource read = read(
                "\"title_fr\": \"%s\", \"description_es\": \"%s\", \"attribution\": \"%s\", \"image\": \"/i%s.png\","
                                .formatted(text, text, text, character)
                        + "\"source_name\": \"%s\", \"tags\": [{\"tag\": {\"name\": \"%s\", \"category\": \"Audience\", \"description\": \"%s\"}}],"
                                .formatted(text, text, text)
                        + "\"urls\": [{\"url\": \"https://example.org/%s\", \"title\": \"%s\"}]".formatted(text, text));

        ResourceContent content = content(read);
        assertThat(content.title().in("fr")).contains("ab");
        assertThat(content.description().in("es")).contains("ab");
        assertThat(content.attribution().in("en")).contains("ab");
        assertThat(content.image()).isEqualTo("https://a.example/i.png");
        assertThat(read.resource().sourceName()).isEqualTo("ab");
        assertThat(content.tags().get(0).name()).isEqualTo("ab");
        assertThat(content.tags().get(0).description().in("en")).contains("ab");
        assertThat(content.attachments(AttachmentKind.LINK).get(0).url()).isEqualTo("https://example.org/ab");
        assertThat(content.attachments(AttachmentKind.LINK).get(0).title().in("en"))
                .contains("ab");
        assertThat(read.remarks())
                .allMatch(remark -> remark.kind() == Kind.CHARACTERS_REMOVED
                        && remark.detail().equals(name));
        assertThat(read.remarks())
                .extracting(Remark::field)
                .containsExactlyInAnyOrder(
                        "title_fr",
                        "description_es",
                        "attribution",
                        "image",
                        "source_name",
                        "tags[0].name",
                        "tags[0].description",
                        "urls[0].url",
                        "urls[0].title");
    }

    @Test
    void a_title_with_nothing_but_such_characters_refuses_the_resource() {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> read("\"title\": \"" + NUL + HALF + "\""))
                .satisfies(e -> assertThat(e.reason().kind()).isEqualTo(QuarantineReason.Kind.NO_TITLE));
    }

    @Test
    void control_characters_are_removed_from_fields_of_one_line() {
        ReadResource read =
                read("\"urls\": [{\"url\": \"https://example.org/a\\tb\"}, {\"url\": \"https://example.org/ok\"}],"
                        + "\"source_name\": \"Malawi\\nLibrary\\u0007\"");

        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactly("https://example.org/ab", "https://example.org/ok");
        assertThat(read.resource().sourceName()).isEqualTo("Malawi Library");
        assertThat(read.remarks())
                .extracting(Remark::kind, Remark::field, Remark::detail)
                .containsExactlyInAnyOrder(
                        tuple(Kind.CHARACTERS_REMOVED, "urls[0].url", "U+0009"),
                        tuple(Kind.CHARACTERS_REMOVED, "source_name", "line breaks or tabs"),
                        tuple(Kind.CHARACTERS_REMOVED, "source_name", "U+0007"));
    }

    @Test
    void an_attachment_without_a_usable_address_is_left_out_and_the_others_stay() {
        ReadResource read = read("\"urls\": [{\"url\": \"https://example.org/" + "a".repeat(2_500)
                + "\"}, {\"url\": \"https://example.org/ok\"}, {\"title\": \"none\"}, \"https://example.org/bare\", 5, []],"
                + "\"files\": [{\"file\": \"data:application/pdf;base64,AAAA\"}, {\"file\": \"/f.pdf\"}, null]");

        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactly("https://example.org/ok", "https://example.org/bare");
        assertThat(content(read).attachments(AttachmentKind.FILE))
                .extracting(Attachment::url)
                .containsExactly("https://a.example/f.pdf");
        assertThat(read.remarks())
                .satisfiesExactly(
                        remark(Kind.LINK_LEFT_OUT, "urls[0]", "2,520", "2,000"),
                        remark(Kind.LINK_LEFT_OUT, "urls[2]", "missing"),
                        remark(Kind.LINK_LEFT_OUT, "urls[4]", "\"5\""),
                        remark(Kind.LINK_LEFT_OUT, "urls[5]", "a list"),
                        remark(Kind.FILE_LEFT_OUT, "files[0]", "data:"));
    }

    @Test
    void a_picture_that_cannot_be_fetched_is_left_out() {
        assertRemark(
                read("\"image\": \"data:image/png;base64," + "A".repeat(3_000) + "\""),
                Kind.IMAGE_LEFT_OUT,
                "image",
                "data:");
        ReadResource tooLong = read("\"image\": \"https://example.org/" + "a".repeat(2_000) + "\"");
        assertThat(content(tooLong).image()).isNull();
        assertRemark(tooLong, Kind.IMAGE_LEFT_OUT, "image", "2,020", "2,000");
        ReadResource ofTag =
                read("\"tags\": [{\"tag\": {\"name\": \"a\", \"category\": \"b\", \"image\": \"DATA:image/gif,x\"}}]");
        assertThat(content(ofTag).tags()).extracting(Tag::image).containsExactly((String) null);
        assertRemark(ofTag, Kind.IMAGE_LEFT_OUT, "tags[0].image", "data:");
    }

    @Test
    void of_two_attachments_with_one_guid_the_second_gets_one_that_is_the_same_at_each_reading() {
        String one = "{\"url\": \"https://example.org/1\", \"guid\": \"" + PART + "\", \"order_by\": 0}";
        String two = "{\"url\": \"https://example.org/2\", \"guid\": \"" + PART + "\", \"order_by\": 0}";
        String file = "{\"file\": \"https://example.org/0\", \"guid\": \"{" + PART + "}\"}";
        ReadResource read = read("\"files\": [" + file + "], \"urls\": [" + two + ", " + one + "]");

        Guid derived = Guid.ofAttachment(GUID, "https://example.org/2");
        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::url, Attachment::guid)
                .containsExactlyInAnyOrder(
                        tuple("https://example.org/1", PART), tuple("https://example.org/2", derived));
        assertThat(content(read).attachments(AttachmentKind.FILE))
                .extracting(Attachment::guid)
                .containsExactly(Guid.ofAttachment(GUID, "https://example.org/0"));
        assertThat(read.remarks())
                .satisfiesExactly(
                        remark(Kind.GUID_DERIVED, "urls[0].guid", PART.toString()),
                        remark(Kind.GUID_DERIVED, "files[0].guid", PART.toString()));
        ReadResource again = read("\"urls\": [" + one + ", " + two + "], \"files\": [" + file + "]");
        assertThat(content(again).fingerprint()).isEqualTo(content(read).fingerprint());
    }

    @Test
    void an_oversized_description_loses_its_image_data_first() {
        ReadResource read = read("\"description\": \"<p>See</p><img src=\\\"data:image/png;base64,"
                + "A".repeat(250_000) + "\\\"><p>the map.</p>\"");

        assertThat(content(read).description().in("en")).contains("<p>See</p><p>the map.</p>");
        assertRemark(read, Kind.IMAGE_DATA_REMOVED, "description", "250,034");
    }

    @Test
    void a_description_that_is_still_too_long_is_cut_between_elements_and_marked() {
        String paragraph = "<p>" + "word ".repeat(200).strip() + "</p>";
        ReadResource read = read("\"description\": \"<div>" + paragraph.repeat(250) + "</div>\"");

        String kept = content(read).description().in("en").orElseThrow();
        assertThat(kept).hasSizeLessThanOrEqualTo(200_000).hasSizeGreaterThan(198_000);
        assertThat(kept).isEqualTo("<div>" + paragraph.repeat(198) + "</div><p>[…]</p>");
        assertRemark(read, Kind.TEXT_CUT, "description", "251,511", "200,000");
    }

    @Test
    void a_title_that_is_too_long_is_cut_and_marked() {
        ReadResource read = read("\"title_es\": \"" + "x".repeat(1_200) + "\"");

        assertThat(content(read).title().in("es")).contains("x".repeat(999) + "…");
        assertRemark(read, Kind.TEXT_CUT, "title_es", "1,200", "1,000");
    }

    @Test
    void a_source_that_is_too_long_is_left_out() {
        String address = "https://example.org/" + "s".repeat(2_100);
        ReadResource read =
                read("\"source_url\": \"%s\", \"source_name\": \"%s\", \"source_host\": \"https://b.example\""
                        .formatted(address, "n".repeat(2_001)));

        assertThat(read.resource().sourceUrl()).isNull();
        assertThat(read.resource().sourceName()).isNull();
        assertThat(read.resource().sourceHost()).isEqualTo("https://b.example");
        assertThat(read.remarks())
                .satisfiesExactlyInAnyOrder(
                        remark(Kind.SOURCE_LEFT_OUT, "source_url", "2,120", "2,000"),
                        remark(Kind.SOURCE_LEFT_OUT, "source_name", "2,001", "2,000"));
    }

    @Test
    void of_more_parts_than_a_resource_holds_the_first_ones_are_kept() {
        ReadResource read = read(
                "\"urls\": [" + parts(1_205, i -> "{\"url\": \"https://example.org/" + i + "\"}") + "], \"tags\": ["
                        + parts(1_001, i -> "{\"tag\": {\"name\": \"t" + i + "\", \"category\": \"c\"}}")
                        + "], \"files\": [" + parts(1_002, i -> "{\"file\": \"https://example.org/" + i + ".pdf\"}")
                        + "]");

        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactlyElementsOf(firstThousand("https://example.org/%d"));
        assertThat(content(read).tags())
                .extracting(Tag::name)
                .containsExactlyInAnyOrderElementsOf(firstThousand("t%d"));
        assertThat(content(read).attachments(AttachmentKind.FILE))
                .extracting(Attachment::url)
                .containsExactlyElementsOf(firstThousand("https://example.org/%d.pdf"));
        assertThat(read.remarks())
                .satisfiesExactlyInAnyOrder(
                        remark(Kind.LINK_LEFT_OUT, "urls", "205 of 1,205", "1,000"),
                        remark(Kind.TAG_LEFT_OUT, "tags", "1 of 1,001", "1,000"),
                        remark(Kind.FILE_LEFT_OUT, "files", "2 of 1,002", "1,000"));
    }

    private static List<String> firstThousand(String pattern) {
        return IntStream.range(0, 1_000).mapToObj(pattern::formatted).toList();
    }

    private static String parts(int number, java.util.function.IntFunction<String> part) {
        return IntStream.range(0, number).mapToObj(part).collect(Collectors.joining(","));
    }

    @Test
    void remarks_are_bounded_and_the_last_one_says_how_many_more_there_are() {
        ReadResource read = read("\"tags\": [" + parts(1_000, i -> "\"word" + i + "\"") + "]");

        assertThat(read.remarks()).hasSize(201);
        assertThat(read.remarks().get(200).detail()).startsWith("800 more ");
    }

    @Test
    void a_tag_that_repeats_another_is_kept_once_and_a_different_description_leaves_a_remark() {
        ReadResource same = read("\"tags\": [" + GOOD_TAG + "," + GOOD_TAG + "]");
        assertThat(content(same).tags()).hasSize(1);
        assertThat(same.remarks()).isEmpty();

        ReadResource other = read("\"tags\": [" + GOOD_TAG
                + ", {\"tag\": {\"name\": \"Nurse\", \"category\": \"Audience\", \"description\": \"d\"}}]");
        assertThat(content(other).tags()).hasSize(1);
        assertRemark(other, Kind.TAG_LEFT_OUT, "tags[1]", "tags[0]");
    }

    @Test
    void user_names_and_passwords_are_removed_from_addresses_and_never_repeated() {
        ReadResource read = read("\"image\": \"https://asha:s3cret@example.org/i.png\","
                + "\"urls\": [{\"url\": \"https://asha:s3cret@example.org/a?mail=x@y\"}, {\"url\": \"ftp://asha:s3c/ret@example.org/\"}],"
                + "\"description\": \"<a href='https://asha:s3cret@example.org/'>x</a>\","
                + "\"source_url\": \"//asha:s3cret@example.org/r\"");

        assertThat(content(read).image()).isEqualTo("https://example.org/i.png");
        assertThat(content(read).attachments(AttachmentKind.LINK).get(0).url())
                .isEqualTo("https://example.org/a?mail=x@y");
        assertThat(content(read).description().in("en")).contains("<a href='https://example.org/'>x</a>");
        assertThat(read.resource().sourceUrl()).isEqualTo("https://example.org/r");
        assertThat(read.remarks())
                .extracting(Remark::kind, Remark::field)
                .containsExactlyInAnyOrder(
                        tuple(Kind.CREDENTIALS_REMOVED, "image"),
                        tuple(Kind.CREDENTIALS_REMOVED, "urls[0].url"),
                        tuple(Kind.CREDENTIALS_REMOVED, "description"),
                        tuple(Kind.CREDENTIALS_REMOVED, "source_url"));
        assertThat(read.remarks().toString()).doesNotContain("s3cret", "asha");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{%s}", "urn:uuid:%s", "%S", " %s "})
    void guids_are_read_in_each_form(String form) {
        JsonNode object =
                OrbJson.read(("{\"guid\": \"" + form.formatted(GUID) + "\", \"title\": \"t\", \"urls\": [{\"url\":"
                                + "\"https://example.org/\", \"guid\": \"" + form.formatted(PART) + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        ReadResource read = ResourceDocument.readFrom(object, "https://a.example");

        assertThat(read.resource().guid()).isEqualTo(GUID);
        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::guid)
                .containsExactly(PART);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void a_guid_of_a_part_that_cannot_be_read_is_derived() {
        ReadResource read = read("\"urls\": [{\"url\": \"https://example.org/\", \"guid\": \"no-guid\"}]");

        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::guid)
                .containsExactly(Guid.ofAttachment(GUID, "https://example.org/"));
        assertRemark(read, Kind.GUID_DERIVED, "urls[0].guid", "\"no-guid\"");
    }

    @Test
    void a_resource_with_nothing_wrong_has_no_remarks() {
        ReadResource read =
                read("\"title_en\": \"Water\", \"description\": \"<p>a</p>\\n\", \"image\": null, \"files\": [],"
                        + "\"study_time_number\": 0, \"study_time_unit\": null, \"born_on\": null, \"source_url\": \"\","
                        + "\"urls\": [{\"url\": \"https://example.org/\", \"title\": \"\", \"file_size\": 0, \"guid\": null}],"
                        + "\"tags\": [" + GOOD_TAG + "], \"unknown\": {\"a\": [1]}");

        assertThat(read.remarks()).isEqualTo(List.of());
    }
}

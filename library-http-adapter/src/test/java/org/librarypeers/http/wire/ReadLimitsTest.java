package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.http.wire.FieldsAsSent.GUID;
import static org.librarypeers.http.wire.FieldsAsSent.assertRemark;
import static org.librarypeers.http.wire.FieldsAsSent.content;
import static org.librarypeers.http.wire.FieldsAsSent.read;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/** Tests that what just fits is read without a remark, and of what lies beyond. */
class ReadLimitsTest {

    @Test
    void what_just_fits_has_no_remark() {
        String address = "https://example.org/" + "x".repeat(1_980);
        ReadResource read = read("\"title_es\": \"" + "t".repeat(1_000) + "\", \"description\": \""
                + "d".repeat(200_000)
                + "\", \"image\": \"" + address + "\", \"source_name\": \"" + "n".repeat(2_000) + "\", \"urls\": [{"
                + "\"url\": \"" + address + "\", \"order_by\": 2147483647, \"file_size\": 0},{\"url\":"
                + " \"https://example.org/\", \"order_by\": -2147483648}], \"tags\":"
                + " [{\"category\": \"Audience\",\"name\":"
                + " \"Nurse\","
                + " \"name_es\":"
                + " \"" + "e".repeat(100) + "\"}]");

        assertThat(read.remarks()).isEqualTo(List.of());
        assertThat(content(read).title().in("es")).contains("t".repeat(1_000));
        assertThat(content(read).description().in("en")).contains("d".repeat(200_000));
        assertThat(content(read).image()).isEqualTo(address);
        assertThat(content(read).tags().get(0).names().in("es")).contains("e".repeat(100));
        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::order)
                .containsExactlyInAnyOrder(Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThat(read.resource().sourceName()).isEqualTo("n".repeat(2_000));
    }

    @Test
    void an_attachment_without_a_usable_order_has_that_of_its_place() {
        ReadResource read =
                read("\"urls\": [{\"url\": \"https://example.org/0\"}, {\"url\": \"https://example.org/1\"},"
                        + "{\"url\": \"https://example.org/2\", \"order_by\": \"last\"}]");

        assertThat(content(read).attachments()).extracting(Attachment::order).containsExactly(0, 1, 2);
    }

    @Test
    void attachments_with_one_address_have_guids_derived_from_it_in_turn() {
        String link = "{\"url\": \"https://example.org/\"}";
        ReadResource read = read("\"urls\": [" + link + "," + link + "," + link + "]");

        assertThat(content(read).attachments())
                .extracting(Attachment::guid)
                .containsExactly(
                        Guid.ofAttachment(GUID, "https://example.org/"),
                        Guid.ofAttachment(GUID, "https://example.org/ 2"),
                        Guid.ofAttachment(GUID, "https://example.org/ 3"));
    }

    @Test
    void a_text_in_a_language_with_too_long_a_code_is_left_out_alone() {
        ReadResource read = read("\"title_es\": \"Agua\", \"title_en_aaaaaaaa_bbbbbbbb_cccccccc_dddddddd\": \"x\"");

        assertThat(content(read).title()).isEqualTo(new LocalizedText(Map.of("en", "Water", "es", "Agua")));
        assertRemark(read, Kind.TEXT_LEFT_OUT, "title_en_aaaaaaaa_bbbbbbbb_cccccccc_dddddddd", "language");
    }

    @Test
    void names_that_are_objects_by_language_are_read() {
        ReadResource read =
                read("\"tags\": [{\"category\": \"Audience\", \"name\": {\"en\": \"Nurse\", \"es\": \"Enfermera\"}}]");

        Tag tag = content(read).tags().get(0);
        assertThat(tag.name()).isEqualTo("Nurse");
        assertThat(tag.names()).isEqualTo(new LocalizedText(Map.of("en", "Nurse", "es", "Enfermera")));
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void a_single_entry_without_a_list_is_read_with_its_fields() {
        ReadResource read = read("\"urls\": {\"url\": \"https://example.org/\", \"title\": \"More\"}");

        assertThat(content(read).attachments())
                .extracting(Attachment::url, each -> each.title().in("en").orElse(""))
                .containsExactly(tuple("https://example.org/", "More"));
    }

    @Test
    void a_long_title_that_repeats_another_language_is_remarked_on_once() {
        String words = "x".repeat(1_001);
        ReadResource read = read("\"description\": \"a\", \"attribution\": \"" + words.repeat(200)
                + "\", \"attribution_fr\": \"" + words.repeat(200) + "\", \"attribution_en\": null");

        assertRemark(read, Kind.TEXT_CUT, "attribution_fr", "200,200");
    }

    @Test
    void blank_texts_show_no_language() {
        ReadResource read = read("\"description\": \" \", \"description_fr\": \" \"");

        assertThat(content(read).title()).isEqualTo(LocalizedText.of("en", "Water"));
    }

    @Test
    void a_unit_that_is_only_a_number_is_not_understood() {
        ReadResource read = read("\"study_time_unit\": \"45\"");

        assertThat(content(read).studyTime()).isEqualTo(StudyTime.UNKNOWN);
        assertRemark(read, Kind.VALUE_NOT_UNDERSTOOD, "study_time_unit", "45");
    }

    @Test
    void days_and_minutes_are_not_hours_and_minutes() {
        ReadResource read = read("\"study_time_number\": \"2 days 30 min\"");

        assertRemark(read, Kind.VALUE_NOT_UNDERSTOOD, "study_time_number", "2 days 30 min");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12/11/2019", "11/12/2019", "12-01-2019", "01.12.2019"})
    void a_day_that_may_be_a_month_is_not_read(String date) {
        assertThat(OrbTime.readBornOn(date)).isEmpty();
    }

    @Test
    void times_are_read_from_year_1_to_9999_and_up_to_fifty_characters() {
        assertThat(OrbTime.read("0001-01-01")).isPresent();
        assertThat(OrbTime.read("9999-12-31T23:59:59")).isPresent();
        assertThat(OrbTime.read("0000-12-31")).isEmpty();
        assertThat(OrbTime.read("0001-01-01T00:00:00+01:00")).isEmpty();
        assertThat(OrbTime.read("9999-12-31T23:59:59-01:00")).isEmpty();
        assertThat(OrbTime.read("2019-12-31" + " ".repeat(40))).isPresent();
        assertThat(OrbTime.read("2019-12-31" + " ".repeat(41))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udfff", "\\ud800 \\udfff", "\ud83d\udca7\\u0000", "\ud83d\udca7\\ud83d"})
    void characters_that_cannot_be_stored_are_removed_and_others_stay(String characters) {
        ReadResource read = read("\"attribution\": \"a" + characters + "b\"");

        String kept = content(read).attribution().in("en").orElseThrow();
        assertThat(kept).startsWith("a").endsWith("b").doesNotContain("\ud800", "\udfff", "\u0000");
        assertThat(kept.contains("\ud83d\udca7")).isEqualTo(characters.startsWith("\ud83d\udca7"));
        assertThat(read.remarks()).extracting(each -> each.kind()).containsExactly(Kind.CHARACTERS_REMOVED);
    }

    @Test
    void a_character_of_two_halves_has_no_remark() {
        assertThat(read("\"attribution\": \"a\ud83d\udca7b\"").remarks()).isEqualTo(List.of());
    }
}

package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.StudyTime.Unit;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;
import tools.jackson.databind.node.ObjectNode;

/** Tests of an object that is read onto stored content, as an import does. */
class ReadOntoTest {

    private static final ResourceContent STORED = ResourceContent.titled(
                    new LocalizedText(Map.of("en", "Water", "fr", "Eau")))
            .description(LocalizedText.of("en", "Drink"))
            .attribution(LocalizedText.of("en", "WHO"))
            .studyTime(new StudyTime(15, Unit.MINS))
            .bornOn(BornOn.in(Year.of(2019)))
            .image("https://example.org/a.png")
            .tags(List.of(Tag.of("Audience", "Nurse")))
            .attachments(List.of(
                    SampleAttachment.link("https://example.org/1").build(),
                    SampleAttachment.file("https://example.org/1.pdf").build()))
            .build();

    private final List<Remark> remarks = new ArrayList<>();

    private ResourceContent onto(String fields) {
        return ResourceDocument.readOnto(STORED, object(fields), "en", remarks::add);
    }

    private static ObjectNode object(String fields) {
        return (ObjectNode) Samples.json("{\"guid\": \"" + FieldsAsSent.GUID + "\"" + fields + "}");
    }

    @Test
    void an_object_without_fields_changes_nothing() {
        assertThat(onto("")).isEqualTo(STORED);
        assertThat(remarks).isEmpty();
    }

    @Test
    void a_text_changes_only_in_the_languages_that_are_sent() {
        assertThat(onto(", \"title\": \"Safe water\"").title())
                .isEqualTo(new LocalizedText(Map.of("en", "Safe water", "fr", "Eau")));
        assertThat(onto(", \"title_es\": \"Agua\"").title())
                .isEqualTo(new LocalizedText(Map.of("en", "Water", "es", "Agua", "fr", "Eau")));
        assertThat(onto(", \"title\": \"Any\", \"title_en\": \"Safe water\"").title())
                .isEqualTo(new LocalizedText(Map.of("en", "Safe water", "fr", "Eau")));
    }

    @Test
    void a_text_that_is_an_object_by_language_is_read() {
        assertThat(onto(", \"title\": {\"en\": \"Safe water\"}, \"description\": {\"en\": \"Boil\"}"))
                .isEqualTo(STORED.toBuilder()
                        .title(new LocalizedText(Map.of("en", "Safe water", "fr", "Eau")))
                        .description(LocalizedText.of("en", "Boil"))
                        .build());
        assertThat(onto(", \"title\": {\"es\": \"Agua\", \"fr\": null}").title())
                .isEqualTo(new LocalizedText(Map.of("en", "Water", "es", "Agua")));
    }

    @Test
    void an_empty_title_removes_only_its_language() {
        assertThat(onto(", \"title_fr\": \"\"").title()).isEqualTo(LocalizedText.of("en", "Water"));
        assertThat(onto(", \"title\": \"\"").title()).isEqualTo(LocalizedText.of("fr", "Eau"));
    }

    @Test
    void an_empty_text_is_removed_and_one_that_repeats_another_language_is_not() {
        assertThat(onto(", \"description\": \"\"").description().isEmpty()).isTrue();
        assertThat(onto(", \"description_en\": null").description().isEmpty()).isTrue();
        assertThat(onto(", \"title_en\": null, \"title_es\": \"Agua\"").title())
                .isEqualTo(new LocalizedText(Map.of("es", "Agua", "fr", "Eau")));
        assertThat(onto(", \"title\": \"Water\", \"title_en\": \"Water\", \"description\": \"Boire\","
                                + "\"description_fr\": \"Boire\"")
                        .description())
                .isEqualTo(new LocalizedText(Map.of("en", "Drink", "fr", "Boire")));
    }

    @Test
    void each_other_field_that_is_sent_replaces_the_stored_one() {
        ResourceContent read = onto(", \"attribution\": \"MOH\", \"born_on\": \"2020\", \"image\": null, \"tags\": [],"
                + "\"urls\": [{\"url\": \"https://example.org/2\"}], \"files\": []");

        assertThat(read.attribution()).isEqualTo(LocalizedText.of("en", "MOH"));
        assertThat(read.bornOn()).isEqualTo(BornOn.in(Year.of(2020)));
        assertThat(read.image()).isNull();
        assertThat(read.tags()).isEmpty();
        assertThat(read.attachments()).extracting(Attachment::url).containsExactly("https://example.org/2");
        assertThat(read.title()).isEqualTo(STORED.title());
        assertThat(read.description()).isEqualTo(STORED.description());
        assertThat(read.studyTime()).isEqualTo(STORED.studyTime());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "study_time_number": 20                                | 20 | MINS
        "study_time_number": 0                                 | 0  | MINS
        "study_time_unit": "days"                              | 15 | DAYS
        "study_time_unit": null                                | 15 |
        "study_time_number": 2, "study_time_unit": "weeks"     | 2  | WEEKS
        "study_time_number": "3 hours"                         | 3  | HOURS
        "study_time_unit": "45 minutes"                        | 45 | MINS
        """)
    void the_study_time_changes_only_in_the_part_that_is_sent(String field, int number, Unit unit) {
        assertThat(onto(", " + field).studyTime()).isEqualTo(new StudyTime(number, unit));
    }

    @Test
    void what_was_left_out_is_reported() {
        ResourceContent read = onto(", \"tags\": [{\"name\": \"Nurse\"}]");

        assertThat(read.tags()).isEmpty();
        assertThat(remarks).extracting(Remark::kind).containsExactly(Remark.Kind.TAG_LEFT_OUT);
    }

    @Test
    void content_without_a_title_is_refused_with_the_fields_that_have_no_text() {
        assertThatThrownBy(() -> onto(", \"title_en\": \"\", \"title_fr\": \"\u200b\""))
                .isInstanceOfSatisfying(
                        InvalidDocumentException.class,
                        refused -> assertThat(refused.reason().kind()).isEqualTo(QuarantineReason.Kind.NO_TITLE))
                .hasMessageEndingWith(" title_en, title_fr");
        assertThatThrownBy(() -> onto(", \"title\": null, \"title_fr\": \"\""))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageEndingWith(" title, title_fr");
    }

    @Test
    void slug_status_and_guid_are_read() {
        ObjectNode object = object(", \"slug\": \" safe-water \", \"status\": \" approved \"");

        assertThat(ResourceDocument.guid(object)).isEqualTo(FieldsAsSent.GUID);
        assertThat(ResourceDocument.slug(object)).contains(new Slug("safe-water"));
        assertThat(ResourceDocument.status(object)).contains(Status.APPROVED);
        assertThat(ResourceDocument.slug(object(""))).isEmpty();
        assertThat(ResourceDocument.status(object(""))).isEmpty();
    }

    @Test
    void an_invalid_slug_status_or_guid_is_refused() {
        ObjectNode object = object(", \"slug\": \"Not a slug\", \"status\": \"lost\"");
        object.put("guid", "x");

        assertThatThrownBy(() -> ResourceDocument.guid(object)).isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> ResourceDocument.slug(object)).isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> ResourceDocument.status(object))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("status 'lost' is not one of pending, approved, rejected and archived");
        object.remove("guid");
        assertThatThrownBy(() -> ResourceDocument.guid(object)).hasMessage("guid is missing");
    }
}

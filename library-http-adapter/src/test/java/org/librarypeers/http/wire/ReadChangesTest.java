package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.Year;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.StudyTime.Unit;

/** Tests of the changes that a client sends. */
class ReadChangesTest {

    private static final ResourceContent BEFORE = ResourceContent.titled(LocalizedText.of("en", "Water"))
            .description(LocalizedText.of("en", "Drink"))
            .attribution(LocalizedText.of("en", "WHO"))
            .studyTime(new StudyTime(15, Unit.MINS))
            .bornOn(BornOn.in(Year.of(2019)))
            .image("https://example.org/a.png")
            .build();

    private static ResourceContent changed(ResourceContent before, String json) {
        return ResourceDocument.readChanges(before, Samples.json(json), "en");
    }

    @Test
    void fields_that_are_not_sent_stay() {
        assertThat(changed(BEFORE, "{}")).isEqualTo(BEFORE);
        assertThat(changed(BEFORE, "{\"title\": \"Safe water\"}"))
                .isEqualTo(BEFORE.toBuilder()
                        .title(LocalizedText.of("en", "Safe water"))
                        .build());
    }

    @Test
    void each_field_that_is_sent_changes() {
        ResourceContent changed = changed(
                BEFORE,
                "{\"title_es\": \"Agua\", \"description\": \"\", \"attribution\": \"MOH\", \"study_time_number\": 2,"
                        + "\"study_time_unit\": \" hours \", \"born_on\": \"2020-03-01T04:05:06\"}");

        assertThat(changed)
                .isEqualTo(ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "es", "Agua")))
                        .attribution(LocalizedText.of("en", "MOH"))
                        .studyTime(new StudyTime(2, Unit.HOURS))
                        .bornOn(BornOn.at(LocalDateTime.of(2020, 3, 1, 4, 5, 6)))
                        .image("https://example.org/a.png")
                        .build());
    }

    @Test
    void a_new_resource_has_nothing_but_what_is_sent() {
        assertThat(changed(null, "{\"title\": \"Water\"}"))
                .isEqualTo(
                        ResourceContent.titled(LocalizedText.of("en", "Water")).build());
        assertThat(changed(null, "{\"title\": \"Water\", \"description\": \"Drink\", \"attribution\": \"WHO\"}"))
                .isEqualTo(ResourceContent.titled(LocalizedText.of("en", "Water"))
                        .description(LocalizedText.of("en", "Drink"))
                        .attribution(LocalizedText.of("en", "WHO"))
                        .build());
    }

    @Test
    void a_resource_without_a_title_is_refused_with_the_fields_that_have_no_text() {
        assertThatThrownBy(() -> changed(null, "{\"title_fr\": \"\"}")).hasMessageEndingWith(" title_fr");
        assertThatThrownBy(() -> changed(null, "{\"description\": \"Drink\"}")).hasMessage("title is missing");
        assertThat(changed(
                                BEFORE.toBuilder()
                                        .title(new LocalizedText(Map.of("en", "Water", "fr", "Eau")))
                                        .build(),
                                "{\"title_fr\": \"\"}")
                        .title())
                .isEqualTo(LocalizedText.of("en", "Water"));
    }

    @Test
    void a_text_with_a_language_wins_over_the_one_without() {
        assertThat(changed(BEFORE, "{\"title\": \"One\", \"title_en\": \"Two\"}")
                        .title())
                .isEqualTo(LocalizedText.of("en", "Two"));
    }

    @Test
    void one_part_of_the_study_time_leaves_the_other_and_null_clears_it() {
        assertThat(changed(BEFORE, "{\"study_time_number\": \" 20 \"}").studyTime())
                .isEqualTo(new StudyTime(20, Unit.MINS));
        assertThat(changed(BEFORE, "{\"study_time_unit\": \"days\"}").studyTime())
                .isEqualTo(new StudyTime(15, Unit.DAYS));
        assertThat(changed(BEFORE, "{\"study_time_number\": null}").studyTime()).isEqualTo(new StudyTime(0, Unit.MINS));
        assertThat(changed(BEFORE, "{\"study_time_unit\": null}").studyTime()).isEqualTo(new StudyTime(15, null));
        assertThat(changed(BEFORE, "{\"born_on\": null}").bornOn()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"study_time_number": "many"}  | study_time_number "many" is not a whole number in the valid range
        {"study_time_number": -1}      | study time
        {"study_time_unit": "aeons"}   | study_time_unit "aeons" is not valid; use mins, hours, days or weeks
        {"born_on": "soon"}            | born_on "soon" is not a date; write it as 2019-12-31, 2019-12 or 2019
        {"title": ""}                  | title is missing: no usable text in title
        {"title": "W", "title_en": ""} | title is missing: no usable text in title_en
        {"title_en": "a\\u0000b"}      | title_en: text
        """)
    void an_invalid_change_is_refused_with_the_field_and_the_value(String json, String message) {
        assertThatThrownBy(() -> changed(BEFORE, json))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith(message);
    }
}

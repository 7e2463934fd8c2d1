package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.http.wire.FieldsAsSent.GOOD_TAG;
import static org.librarypeers.http.wire.FieldsAsSent.assertRemark;
import static org.librarypeers.http.wire.FieldsAsSent.content;
import static org.librarypeers.http.wire.FieldsAsSent.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/** Tests that study times, dates, numbers, texts and lists are read in each form that existing sites send. */
class ReadValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    15         | "mins"          | 15 | MINS
                    "15"       | "Minutes"       | 15 | MINS
                    20         | "Minute(s)"     | 20 | MINS
                    20         | "min."          | 20 | MINS
                    "1.5"      | "hours"         | 90 | MINS
                    1.5        | "HRS"           | 90 | MINS
                    "1,25"     | "heures"        | 75 | MINS
                    2.0        | "h"             | 2  | HOURS
                    3          | "Horas"         | 3  | HOURS
                    4          | "días"          | 4  | DAYS
                    4          | "dias"          | 4  | DAYS
                    1          | "jour"          | 1  | DAYS
                    2          | "Semanas"       | 2  | WEEKS
                    2          | "semaines"      | 2  | WEEKS
                    "30 min"   | null            | 30 | MINS
                    "30 min"   | "mins"          | 30 | MINS
                    "1.5 h"    | ""              | 90 | MINS
                    "1h30"     | null            | 90 | MINS
                    "1 h 30 min" | null          | 90 | MINS
                    "2 hours and 15 minutes" | null | 135 | MINS
                    null       | "45 minutes"    | 45 | MINS
                    0          | "45 minutes"    | 45 | MINS
                    0          | null            | 0  |
                    30         | null            | 30 |
                    null       | "hours"         | 0  | HOURS
                    [15]       | ["mins"]        | 15 | MINS
                    """)
    void study_times_are_read_as_a_person_would(String number, String unit, int read, StudyTime.Unit as) {
        ReadResource resource = read("\"study_time_number\": " + number + ", \"study_time_unit\": " + unit);

        assertThat(content(resource).studyTime()).isEqualTo(new StudyTime(read, as));
        assertThat(resource.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    99999999999  | "mins"   | study_time_number | "99999999999"   | 0  | MINS
                    -5           | "mins"   | study_time_number | "-5"            | 0  | MINS
                    "1,000"      | "mins"   | study_time_number | "1,000"         | 0  | MINS
                    "1.333"      | "hours"  | study_time_number | "1.333"         | 0  | HOURS
                    7.5          | "mins"   | study_time_number | "7.5"           | 0  | MINS
                    "2-3"        | "hours"  | study_time_number | "2-3"           | 0  | HOURS
                    "30 min"     | "hours"  | study_time_number | "30 min"        | 0  | HOURS
                    "2 months"   | null     | study_time_number | "2 months"      | 0  |
                    1.5          | null     | study_time_number | "1.5"           | 0  |
                    20           | "aeons"  | study_time_unit   | "aeons"         | 20 |
                    20           | "months" | study_time_unit   | "months"        | 20 |
                    true         | null     | study_time_number | "true"          | 0  |
                    {"a": 1}     | null     | study_time_number | an object       | 0  |
                    """)
    void a_study_time_that_is_not_clear_is_left_out_with_a_remark(
            String number, String unit, String field, String shown, int read, StudyTime.Unit as) {
        ReadResource resource = read("\"study_time_number\": " + number + ", \"study_time_unit\": " + unit);

        assertThat(content(resource).studyTime()).isEqualTo(new StudyTime(read, as));
        assertRemark(resource, Kind.VALUE_NOT_UNDERSTOOD, field, shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "2019"                          | 2019
                    2019                            | 2019
                    " 2020-03 "                     | 2020-03
                    "2020/3"                        | 2020-03
                    "03/2020"                       | 2020-03
                    "31/12/2019"                    | 2019-12-31T00:00
                    "12/31/2019"                    | 2019-12-31T00:00
                    "31.12.2019"                    | 2019-12-31T00:00
                    "05/05/2019"                    | 2019-05-05T00:00
                    "2019-1-5"                      | 2019-01-05T00:00
                    "2019/12/31"                    | 2019-12-31T00:00
                    "2019-12-31"                    | 2019-12-31T00:00
                    "2019-12-31 10:00"              | 2019-12-31T10:00
                    "2019-12-31T10:00:00+02:00"     | 2019-12-31T08:00
                    "2016-05-18T00:00:00"           | 2016-05-18T00:00
                    "March 2020"                    | 2020-03
                    "31 December 2019"              | 2019-12-31T00:00
                    "dec 31, 2019"                  | 2019-12-31T00:00
                    "31 de diciembre de 2019"       | 2019-12-31T00:00
                    "março de 2020"                 | 2020-03
                    "31 décembre 2019"              | 2019-12-31T00:00
                    "Tue, 31 Dec 2019 10:00:00 GMT" | 2019-12-31T10:00
                    """)
    void dates_are_read_as_a_person_would(String sent, String read) {
        ReadResource resource = read("\"born_on\": " + sent);

        assertThat(content(resource).bornOn()).hasToString(read);
        assertThat(resource.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03/04/2019",
                "31/13/2019",
                "30/02/2019",
                "2019-13",
                "2019-02-30",
                "19",
                "12/19",
                "0000",
                "1577750400",
                "0000-00-00",
                "31/12/19",
                "spring 2019",
                "c. 2019",
                "2018-2019",
                "20190"
            })
    void a_date_that_is_not_clear_is_left_out_with_a_remark(String sent) {
        ReadResource resource = read("\"born_on\": \"" + sent + "\"");

        assertThat(content(resource).bornOn()).isNull();
        assertRemark(resource, Kind.VALUE_NOT_UNDERSTOOD, "born_on", "\"" + sent + "\"");
    }

    @Test
    void numbers_of_attachments_that_are_not_clear_are_left_out_with_a_remark() {
        ReadResource read =
                read("\"urls\": [{\"url\": \"https://example.org/\", \"order_by\": 99999999999, \"file_size\": -1},"
                        + "{\"url\": \"https://example.org/2\", \"order_by\": \"3.0\", \"file_size\": \"12 KB\"}]");

        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::order, Attachment::sizeBytes)
                .containsExactly(tuple(0, 0L), tuple(3, 0L));
        assertThat(read.remarks())
                .containsExactly(
                        new Remark(Kind.VALUE_NOT_UNDERSTOOD, "urls[0].order_by", "\"99999999999\""),
                        new Remark(Kind.VALUE_NOT_UNDERSTOOD, "urls[0].file_size", "\"-1\""),
                        new Remark(Kind.VALUE_NOT_UNDERSTOOD, "urls[1].file_size", "\"12 KB\""));
    }

    @Test
    void texts_that_are_objects_by_language_are_read() {
        ReadResource read = read(
                "\"title\": {\"en\": \"Water\", \"FR\": \"Eau\", \"pt_BR\": null}, \"description\": {\"en\": \"hello\"},"
                        + "\"description_en\": null, \"attribution\": [\"WHO\"]");

        assertThat(content(read).title().texts()).isEqualTo(java.util.Map.of("en", "Water", "fr", "Eau"));
        assertThat(content(read).description()).isEqualTo(LocalizedText.of("en", "hello"));
        assertThat(content(read).attribution()).isEqualTo(LocalizedText.of("en", "WHO"));
        assertThat(read.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "description": {"text": {"en": "x"}}  | description    | an object
                    "description": ["a", "b"]             | description    | a list
                    "description_fr": {"en": "x"}         | description_fr | an object
                    "tags": "Nurse"                       | tags           | "Nurse"
                    "urls": 7                             | urls           | "7"
                    "route": "x"                          | route          | "x"
                    "route": ["no-uuid"]                  | route          | a list
                    "born_on": {"year": 2019}             | born_on        | an object
                    "born_on": "soon"                     | born_on        | "soon"
                    """)
    void what_is_not_clear_is_left_out_with_a_remark(String fields, String field, String shown) {
        ReadResource read = read(fields);

        assertRemark(read, Kind.VALUE_NOT_UNDERSTOOD, field, shown);
    }

    @Test
    void lists_that_are_objects_or_single_entries_are_read() {
        ReadResource read = read("\"tags\": {\"0\": " + GOOD_TAG + ", \"1\": {\"tag\": {\"name\": \"Midwife\","
                + "\"category\": \"Audience\"}}}, \"urls\": {\"url\": \"https://example.org/\"}, \"files\": {}");

        assertThat(content(read).tags()).extracting(Tag::name).containsExactly("Nurse", "Midwife");
        assertThat(content(read).attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactly("https://example.org/");
        assertThat(read.remarks()).isEmpty();
    }
}

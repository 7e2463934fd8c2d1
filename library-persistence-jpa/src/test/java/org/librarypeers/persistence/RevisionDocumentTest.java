package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;
import org.librarypeers.sync.contract.Samples;

/** Tests that revisions written by any earlier version can be read. Never change the texts in this class. */
class RevisionDocumentTest {

    private static final String WRITTEN_BY_THE_FIRST_VERSION = """
            {"title": {"en": "Water", "ar": "ماء"}, "description": {"en": "<p>Safe 🩺</p>"}, "attribution": {"fr": "MS"},
             "study_time": 90, "study_time_unit": "mins", "born_on": "2024-09-29T02:50:00.000001",
             "image": "https://example.org/i.png",
             "tags": [{"guid": "5b280204-51b3-4eb5-b545-73c62bf0ecef", "category": "Topic", "name": "Water",
                       "categories": {"fr": "Sujet"}, "names": {"fr": "Eau"}, "description": {"en": "d"},
                       "summary": {"en": "s"}, "image": null}],
             "attachments": [{"kind": "link", "guid": "2f0efb1c-4b8b-451c-96f2-a3bc02b6cad0", "title": {"en": "t"},
                              "description": {}, "url": "https://example.org/", "order": 7, "size_bytes": 9223372036854775807},
                             {"kind": "file", "guid": "aacc872f-94e4-4cd6-8616-0d223d7527b5", "title": {},
                              "description": {"en": "d"}, "url": "https://example.org/f", "order": -1, "size_bytes": 0}]}""";

    private static final ResourceContent MEANT = ResourceContent.titled(
                    new LocalizedText(Map.of("en", "Water", "ar", "ماء")))
            .description(LocalizedText.of("en", "<p>Safe 🩺</p>"))
            .attribution(LocalizedText.of("fr", "MS"))
            .studyTime(new StudyTime(90, StudyTime.Unit.MINS))
            .bornOn(BornOn.at(LocalDateTime.parse("2024-09-29T02:50:00.000001")))
            .image("https://example.org/i.png")
            .tags(List.of(SampleTag.tag("Topic", "Water")
                    .guid(Guid.of("5b280204-51b3-4eb5-b545-73c62bf0ecef"))
                    .categories(LocalizedText.of("fr", "Sujet"))
                    .names(LocalizedText.of("fr", "Eau"))
                    .description(LocalizedText.of("en", "d"))
                    .summary(LocalizedText.of("en", "s"))
                    .build()))
            .attachments(List.of(
                    SampleAttachment.link("https://example.org/")
                            .guid(Guid.of("2f0efb1c-4b8b-451c-96f2-a3bc02b6cad0"))
                            .title("t")
                            .order(7)
                            .size(Long.MAX_VALUE)
                            .build(),
                    SampleAttachment.file("https://example.org/f")
                            .guid(Guid.of("aacc872f-94e4-4cd6-8616-0d223d7527b5"))
                            .description("d")
                            .order(-1)
                            .build()))
            .build();

    @Test
    void what_the_first_version_wrote_can_be_read() {
        assertThat(read(WRITTEN_BY_THE_FIRST_VERSION)).isEqualTo(MEANT);
    }

    @Test
    void what_is_written_today_is_what_the_first_version_wrote() {
        String today = Json.write(RevisionDocument.from(MEANT));

        assertThat(Json.read(today, Object.class)).isEqualTo(Json.read(WRITTEN_BY_THE_FIRST_VERSION, Object.class));
    }

    @Test
    void what_is_missing_is_empty_and_what_is_new_is_passed_over() {
        assertThat(read("{\"title\": {\"en\": \"Bare\"}, \"of a later version\": [1]}"))
                .isEqualTo(Samples.titled("Bare"));
    }

    @Test
    void whatever_a_resource_holds_is_read_back() {
        ResourceContent hostile = Samples.hostile();

        assertThat(read(Json.write(RevisionDocument.from(hostile)))).isEqualTo(hostile);
    }

    private static ResourceContent read(String json) {
        return Json.read(json, RevisionDocument.class).toDomain();
    }
}

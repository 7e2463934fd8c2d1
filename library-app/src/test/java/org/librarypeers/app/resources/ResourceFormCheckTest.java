package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.resources.ResourceForm.LinkRow;
import org.librarypeers.app.resources.ResourceForm.TagRow;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of the submitted form of a resource: what it refuses, and what it changes. */
class ResourceFormCheckTest {

    private static final Tag NURSE = Tag.of("Audience", "Nurse");
    private static final Tag OTHER_NURSE = Tag.of("Role", "Nurse");
    private static final TagVocabulary VOCABULARY =
            new TagVocabulary(List.of(NURSE, OTHER_NURSE, Tag.of("Topic", "Water")), name -> Optional.empty());
    private static final Attachment LINK =
            SampleAttachment.link("https://example.org/1").title("One").build();
    private static final Attachment FILE = SampleAttachment.file("/media/resource/x/map.pdf?v=1#p")
            .title("Map")
            .size(7)
            .build();
    private static final ResourceContent NOW = ResourceContent.titled(
                    LocalizedText.of("en", "Water").with("fr", "Eau"))
            .description(LocalizedText.of("en", "<p>Drink</p>"))
            .attribution(LocalizedText.of("en", "WHO"))
            .studyTime(new StudyTime(15, StudyTime.Unit.MINS))
            .bornOn(BornOn.in(Year.of(2019)))
            .image("https://example.org/a.png")
            .tags(List.of(NURSE))
            .attachments(List.of(LINK, FILE))
            .build();

    /** Returns the fields that the form of the content submits, with some changed. */
    private static String[] fields(String... changed) {
        List<String> all = new ArrayList<>(List.of(
                "revision",
                "4",
                "title",
                "Water",
                "description",
                "Drink",
                "attribution",
                "WHO",
                "study",
                "15",
                "unit",
                "mins",
                "born",
                "2019"));
        int own = all.size();
        for (int i = 0; i < changed.length; i += 2) {
            int at = all.indexOf(changed[i]);
            if (at >= 0 && at < own && at % 2 == 0) {
                all.set(at + 1, changed[i + 1]);
            } else {
                all.addAll(List.of(changed[i], changed[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    private static ResourceForm checked(ResourceContent now, String... fields) {
        Visit visit = OfflineLibrary.sent(fields);
        ResourceForm form = ResourceForm.sent(visit, now, "en");
        form.check(visit, now, VOCABULARY);
        return form;
    }

    private static String wrong(String field, String... changed) {
        ResourceForm form = checked(NOW, fields(changed));
        assertThat(form.filled().allWrong()).hasSizeLessThanOrEqualTo(1);
        return form.filled().wrong(field);
    }

    private static ResourceContent applied(String... changed) {
        ResourceForm form = checked(NOW, fields(changed));
        assertThat(form.filled().allWrong()).isEmpty();
        return form.applied(NOW, VOCABULARY);
    }

    @Test
    void a_form_that_was_not_changed_changes_nothing() {
        assertThat(applied()).isEqualTo(NOW);
        assertThat(checked(NOW, fields()).touched(NOW)).isEmpty();
        assertThat(checked(NOW, fields()).revision()).isEqualTo(4);
        assertThat(checked(NOW, fields("revision", "x")).revision()).isZero();
    }

    @Test
    void each_field_that_was_changed_changes() {
        assertThat(applied(
                        "title",
                        "Safe water",
                        "description",
                        "Boil",
                        "attribution",
                        "MOH",
                        "study",
                        "2",
                        "unit",
                        "hours",
                        "born",
                        "2020-03-01",
                        "image-remove",
                        "on"))
                .isEqualTo(NOW.toBuilder()
                        .title(LocalizedText.of("en", "Safe water").with("fr", "Eau"))
                        .description(LocalizedText.of("en", "<p>Boil</p>"))
                        .attribution(LocalizedText.of("en", "MOH"))
                        .studyTime(new StudyTime(2, StudyTime.Unit.HOURS))
                        .bornOn(BornOn.at(LocalDateTime.of(2020, 3, 1, 0, 0)))
                        .image(null)
                        .build());
        assertThat(applied("study", "", "unit", "", "born", "").studyTime()).isEqualTo(StudyTime.UNKNOWN);
        assertThat(applied("unit", "days").studyTime()).isEqualTo(new StudyTime(15, StudyTime.Unit.DAYS));
        assertThat(applied("study", "20").studyTime()).isEqualTo(new StudyTime(20, StudyTime.Unit.MINS));
        assertThat(applied("born", "").bornOn()).isNull();
    }

    @Test
    void a_new_resource_has_what_was_typed() {
        ResourceForm form = checked(
                null,
                "title",
                "Water",
                "description",
                "Drink",
                "attribution",
                "WHO",
                "link-guid",
                "",
                "link-title",
                "One",
                "link-url",
                "https://example.org/1",
                "tag-new",
                "Topic: Water");

        ResourceContent content = form.applied(null, VOCABULARY);
        assertThat(form.filled().isGood()).isTrue();
        assertThat(content.title()).isEqualTo(LocalizedText.of("en", "Water"));
        assertThat(content.description()).isEqualTo(LocalizedText.of("en", "<p>Drink</p>"));
        assertThat(content.attribution()).isEqualTo(LocalizedText.of("en", "WHO"));
        assertThat(content.attachments()).extracting(Attachment::url).containsExactly("https://example.org/1");
        assertThat(content.tags()).extracting(TagVocabulary::label).containsExactly("Topic: Water");
    }

    @Test
    void a_title_is_needed_in_one_language() {
        assertThat(checked(null, "title", "").filled().wrong("title")).isNotNull();
        assertThat(wrong("title", "title", "")).isNull();
        ResourceContent english =
                NOW.toBuilder().title(LocalizedText.of("en", "Water")).build();
        assertThat(checked(english, fields("title", "")).filled().wrong("title"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"title, 1000", "description, 50000", "attribution, 5000", "file-title, 1000"})
    void a_text_has_a_maximum_length(String field, int longest) {
        assertThat(wrong(field, field, "x".repeat(longest))).isNull();
        assertThat(wrong(field, field, "x".repeat(longest + 1)))
                .contains(String.format("%,d", longest + 1), String.format("%,d", longest));
    }

    @Test
    void study_time_and_date_have_a_form() {
        assertThat(wrong("study", "study", "99999")).isNull();
        assertThat(wrong("study", "study", "100000")).isNotNull();
        assertThat(wrong("study", "study", "many")).isNotNull();
        assertThat(wrong("born", "born", "2019-12-31")).isNull();
        assertThat(wrong("born", "born", "soon")).isNotNull();
        ResourceContent ofAPeer = NOW.toBuilder()
                .studyTime(new StudyTime(1_000_000, StudyTime.Unit.MINS))
                .build();
        assertThat(checked(ofAPeer, fields("study", "1000000")).filled().isGood())
                .isTrue();
    }

    private static String[] link(String guid, String title, String url) {
        return new String[] {"link-guid", guid, "link-title", title, "link-url", url};
    }

    @Test
    void a_link_is_checked_in_its_row() {
        String guid = LINK.guid().toString();
        assertThat(wrong("link-0", link(guid, "One", LINK.url()))).isNull();
        assertThat(wrong("link-0", link(guid, "One", "javascript:x"))).isNotNull();
        assertThat(wrong("link-0", link("", "One", ""))).isNotNull();
        assertThat(wrong("link-0", link("", "x".repeat(1_000), "https://example.org")))
                .isNull();
        assertThat(wrong("link-0", link("", "x".repeat(1_001), "https://example.org")))
                .contains("1,001");
        String address = "https://example.org/" + "x".repeat(1_980);
        assertThat(wrong("link-0", link("", "", address))).isNull();
        assertThat(wrong("link-0", link(guid, "", address + "x"))).contains("2,001", "2,000");
        assertThat(checked(NOW, fields(link(" " + guid + " ", "One\n1", " https://example.org/2 ")))
                        .links())
                .containsExactly(new LinkRow(guid, "One 1", "https://example.org/2"));
    }

    @Test
    void a_file_is_renamed_or_removed() {
        String guid = FILE.guid().toString();
        assertThat(applied("file-title-" + guid, "Plan").attachments(AttachmentKind.FILE))
                .containsExactly(FILE.withTitle(LocalizedText.of("en", "Plan")));
        assertThat(applied("file-remove", guid).attachments(AttachmentKind.FILE))
                .isEmpty();
        assertThat(wrong("file-" + guid, "file-title-" + guid, "x".repeat(1_001)))
                .contains("1,001");
        ResourceForm shown = ResourceForm.of(NOW, 4, "en");
        assertThat(shown.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("map.pdf");
            assertThat(file.title()).isEqualTo("Map");
            assertThat(file.sizeBytes()).isEqualTo(7);
            assertThat(file.removed()).isFalse();
        });
    }

    @Test
    void a_tag_is_kept_removed_or_added() {
        assertThat(applied("tag-shown", "Audience: Nurse").tags()).isEmpty();
        assertThat(applied("tag-shown", "Audience: Nurse", "tag", "Audience: Nurse")
                        .tags())
                .containsExactly(NURSE);
        assertThat(applied("tag-new", "topic: water", "tag-new", "").tags())
                .extracting(TagVocabulary::label)
                .containsExactly("Audience: Nurse", "Topic: Water");
        assertThat(applied("tag-new", "Audience: Nurse").tags()).containsExactly(NURSE);
        assertThat(checked(NOW, fields("tag-shown", "a", "tag-shown", "b", "tag", "b"))
                        .tags())
                .containsExactly(new TagRow("a", false), new TagRow("b", true));
    }

    @Test
    void a_tag_that_is_unclear_unknown_or_unusable_is_refused_in_its_row() {
        assertThat(wrong("tag-1", "tag-new", "", "tag-new", "Nurse")).contains("Audience: Nurse · Role: Nurse");
        assertThat(wrong("tag-0", "tag-new", "Doctor")).contains("Doctor", "Audience: Doctor");
        assertThat(wrong("tag-0", "tag-new", "Topic: " + "x".repeat(101))).contains("100");
        assertThat(wrong("tag-0", "tag-new", "Topic: " + "x".repeat(196))).contains("203", "202");
        Visit visit = OfflineLibrary.sent(fields("tag-new", "Doctor"));
        ResourceForm form = ResourceForm.sent(visit, NOW, "en");
        form.check(visit, NOW, new TagVocabulary(List.of(), name -> Optional.empty()));
        assertThat(form.filled().wrong("tag-0")).contains("Audience: Doctor");
    }

    @Test
    void a_resource_has_a_maximum_number_of_tags_and_links() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.addAll(List.of("tag-shown", "t", "tag", "t"));
            many.addAll(List.of(link("", "", "")));
        }
        assertThat(wrong("all", many.toArray(String[]::new))).isNull();
        List<String> links = new ArrayList<>(many);
        links.addAll(List.of(link("", "", "")));
        assertThat(wrong("all", links.toArray(String[]::new))).contains("1,000");
        List<String> tags = new ArrayList<>(many);
        tags.addAll(List.of("tag-new", ""));
        assertThat(wrong("all", tags.toArray(String[]::new))).contains("1,000");
    }

    @Test
    void empty_rows_are_offered_and_more_on_request() {
        assertThat(ResourceForm.empty("en").links()).hasSize(2).containsOnly(new LinkRow("", "", ""));
        assertThat(ResourceForm.empty("en").newTags()).hasSize(2).containsOnly("");
        ResourceForm form = checked(
                NOW, fields("link-guid", "", "link-title", "One", "link-url", "", "tag-new", "", "tag-new", "x"));
        form.addRows("links");
        assertThat(form.links()).hasSize(5);
        assertThat(form.newTags()).containsExactly("x", "", "");
        form.addRows("tags");
        assertThat(form.links()).hasSize(3);
        assertThat(form.newTags()).containsExactly("x", "", "", "", "");
        assertThat(ResourceForm.of(NOW, 4, "en").links()).hasSize(3);
    }

    @Test
    void the_form_of_a_resource_shows_its_content() {
        ResourceForm form = ResourceForm.of(NOW, 4, "en");

        assertThat(form.revision()).isEqualTo(4);
        assertThat(form.language()).isEqualTo("en");
        assertThat(form.filled().value("title")).isEqualTo("Water");
        assertThat(form.filled().value("description")).isEqualTo("Drink");
        assertThat(form.filled().value("attribution")).isEqualTo("WHO");
        assertThat(form.filled().value("study")).isEqualTo("15");
        assertThat(form.filled().value("unit")).isEqualTo("mins");
        assertThat(form.filled().value("born")).isEqualTo("2019");
        assertThat(form.writtenDescription()).isEqualTo("<p>Drink</p>");
        assertThat(form.tags()).containsExactly(new TagRow("Audience: Nurse", true));
        ResourceForm french = ResourceForm.of(
                NOW.toBuilder()
                        .studyTime(StudyTime.UNKNOWN)
                        .bornOn(BornOn.at(LocalDateTime.of(2020, 3, 1, 4, 5)))
                        .build(),
                4,
                "fr");
        assertThat(french.filled().value("title")).isEqualTo("Eau");
        assertThat(french.filled().value("description")).isEmpty();
        assertThat(french.filled().value("study")).isEmpty();
        assertThat(french.filled().value("unit")).isEmpty();
        assertThat(french.filled().value("born")).isEqualTo("2020-03-01");
    }

    @Test
    void a_form_can_be_based_on_another_revision() {
        ResourceForm form = checked(
                NOW, fields("title", "x".repeat(1_001), "image-remove", "on", "tag-new", "x", "tag-shown", "y"));
        ResourceForm again = form.basedOn(9);

        assertThat(again.revision()).isEqualTo(9);
        assertThat(again.imageRemoved()).isTrue();
        assertThat(again.filled().isGood()).isTrue();
        assertThat(again.filled().value("title")).isEqualTo("x".repeat(1_001));
        assertThat(again.newTags()).isEqualTo(form.newTags());
        assertThat(again.tags()).isEqualTo(form.tags());
        assertThat(again.files()).isEqualTo(form.files());
        assertThat(again.links()).isEqualTo(form.links());
    }
}

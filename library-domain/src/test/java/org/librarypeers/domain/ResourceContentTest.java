package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Refused.assertMissing;
import static org.librarypeers.domain.Refused.assertTooLong;
import static org.librarypeers.domain.Refused.assertTooLow;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.file;
import static org.librarypeers.domain.Samples.full;
import static org.librarypeers.domain.Samples.link;
import static org.librarypeers.domain.Samples.titled;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the content of a resource and of its parts. */
@Domain(Hostile.Values.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(DomainContext.Global.class)
class ResourceContentTest {

    private static final LocalizedText NONE = LocalizedText.empty();

    @Property(tries = 200)
    void a_builder_begins_with_all_that_a_content_says(@ForAll ResourceContent content) {
        assertThat(content.toBuilder().build()).isEqualTo(content);
    }

    @Test
    void a_content_has_a_title_and_that_is_enough() {
        ResourceContent content = titled("Water");

        assertThat(content.studyTime()).isEqualTo(StudyTime.UNKNOWN);
        assertThat(content.description()).isEqualTo(NONE);
        assertThat(content.tags()).isEmpty();
        assertMissing("title", () -> titled(" "));
        assertMissing("title", () -> full().toBuilder().title(NONE).build());
    }

    @Test
    void a_title_is_not_endless_in_any_language() {
        assertThat(titled("t".repeat(1_000)).title().in("en").orElseThrow()).hasSize(1_000);
        assertTooLong(
                "title_ar",
                1_001,
                1_000,
                () -> ResourceContent.titled(LocalizedText.of("ar", "ء".repeat(1_001)))
                        .build());
    }

    @Test
    void a_tag_that_is_named_twice_is_kept_once_as_it_came_first() {
        Tag first = Tag.of("Audience", "Midwife");
        Tag again = new Tag(Guid.random(), "Audience", " Midwife ", NONE, NONE, NONE, NONE, null);
        Tag inCapitals = Tag.of("AUDIENCE", "MIDWIFE");
        Tag other = Tag.of("Audience", "Midwives");

        assertThat(titled("A").toBuilder()
                        .tags(List.of(other, first, again, inCapitals))
                        .build()
                        .tags())
                .containsExactly(other, first);
    }

    @Test
    void links_and_files_are_kept_in_their_order_and_equals_as_they_came() {
        Attachment last = link(9, "https://last");
        Attachment first = link(-1, "https://first");
        Attachment alsoFirst = link(-1, "https://also");
        Attachment second = file(2, "https://2");
        Attachment one = file(1, "https://1");

        ResourceContent content = titled("A").toBuilder()
                .attachments(List.of(last, first, alsoFirst, second, one))
                .build();

        assertThat(content.attachments(AttachmentKind.LINK)).containsExactly(first, alsoFirst, last);
        assertThat(content.attachments(AttachmentKind.FILE)).containsExactly(one, second);
    }

    @Test
    void the_attachments_of_one_kind_are_replaced_and_single_ones_are_added_and_removed() {
        Attachment link = link(1, "https://a");
        Attachment another = link(1, "https://b");
        Attachment file = file(0, "https://c");
        ResourceContent content = titled("A").toBuilder()
                .attach(file)
                .attach(link)
                .attach(another)
                .build();

        assertThat(content.attachments()).containsExactly(link, another, file);
        assertThat(content.toBuilder().detach(link.guid()).build().attachments())
                .containsExactly(another, file);
        assertThat(content.toBuilder()
                        .attachments(AttachmentKind.LINK, List.of(another))
                        .build()
                        .attachments())
                .containsExactly(another, file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> content.toBuilder().attachments(AttachmentKind.LINK, List.of(file)))
                .withMessageContaining("is a file")
                .withMessageContaining(file.guid().toString());
    }

    @ParameterizedTest
    @EnumSource(AttachmentKind.class)
    void a_kind_of_attachment_is_known_by_its_word(AttachmentKind kind) {
        assertThat(AttachmentKind.ofWord(kind.word())).contains(kind);
        assertThat(AttachmentKind.ofWord(kind.name())).isEmpty();
    }

    @Test
    void two_links_or_files_cannot_share_a_guid() {
        Attachment link = link(1, "https://a");
        Attachment sameGuid = new Attachment(AttachmentKind.FILE, link.guid(), NONE, NONE, "https://b", 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> titled("A").toBuilder()
                        .attachments(AttachmentKind.LINK, List.of(link, link))
                        .build())
                .withMessageContaining(link.guid().toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> titled("A").toBuilder()
                        .attachments(List.of(link, sameGuid))
                        .build())
                .withMessageContaining(link.guid().toString());
    }

    @Test
    void a_resource_holds_at_most_a_thousand_of_each_part() {
        List<Tag> tags = new ArrayList<>();
        List<Attachment> links = new ArrayList<>();
        List<Attachment> files = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tags.add(Tag.of("Number", "n" + i));
            links.add(link(i, "https://l" + i));
            files.add(file(i, "https://f" + i));
        }
        ResourceContent most = titled("A").toBuilder()
                .tags(tags)
                .attachments(AttachmentKind.LINK, links)
                .attachments(AttachmentKind.FILE, files)
                .build();
        assertThat(most.tags()).hasSize(1_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> most.toBuilder()
                        .tags(Collections.nCopies(1_001, tags.get(0)))
                        .build())
                .withMessageStartingWith("resource has 1,001 tags");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> most.toBuilder()
                        .attachments(AttachmentKind.LINK, Collections.nCopies(1_001, links.get(0)))
                        .build())
                .withMessageStartingWith("resource has 1,001 links");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> most.toBuilder()
                        .attachments(AttachmentKind.FILE, Collections.nCopies(1_001, files.get(0)))
                        .build())
                .withMessageStartingWith("resource has 1,001 files");
    }

    @Test
    void nobody_can_change_a_content_from_outside() {
        List<Tag> given = new ArrayList<>(List.of(Tag.of("a", "b")));
        ResourceContent.Builder builder = titled("A").toBuilder().tags(given);
        ResourceContent content = builder.build();
        given.clear();
        builder.tags(List.of());

        assertThat(content.tags()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> content.tags().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> content.attachments(AttachmentKind.LINK).clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> content.attachments(AttachmentKind.FILE).clear());
    }

    @Test
    void the_born_on_date_is_kept_to_the_microsecond_and_the_image_on_one_line() {
        ResourceContent content = titled("A").toBuilder()
                .bornOn(BornOn.at(LocalDateTime.parse("2016-05-18T09:30:00.123456789")))
                .image(" ")
                .build();

        assertThat(content.bornOn()).isEqualTo(BornOn.at(LocalDateTime.parse("2016-05-18T09:30:00.123456")));
        assertThat(content.image()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> content.toBuilder().image("a\tb").build())
                .withMessage("image contains a control character: \"a?b\"");
    }

    @Test
    void the_born_on_date_has_a_year_of_at_most_four_digits_after_christ() {
        for (LocalDateTime kept : List.of(at(1), at(9_999))) {
            assertThat(titled("A").toBuilder().bornOn(BornOn.at(kept)).build().bornOn())
                    .isEqualTo(BornOn.at(kept));
        }
        for (LocalDateTime refused : List.of(at(0), at(-4_713), at(10_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            titled("A").toBuilder().bornOn(BornOn.at(refused)).build())
                    .withMessageContainingAll("born-on date " + refused, "1 to 9999");
        }
    }

    private static LocalDateTime at(int year) {
        return LocalDateTime.of(year, 12, 31, 23, 59);
    }

    @Test
    void a_tag_needs_category_and_name_and_has_a_guid_that_every_library_derives() {
        assertThat(Tag.of(" Audience ", " Midwife "))
                .isEqualTo(new Tag(
                        Guid.ofTag("Audience", "Midwife"), "Audience", "Midwife", NONE, NONE, NONE, NONE, null));
        assertMissing("tag category", () -> Tag.of("", "x"));
        assertMissing("tag name", () -> Tag.of("x", " "));
    }

    @Test
    void a_tag_with_something_too_long_is_refused_with_the_field() {
        LocalizedText lengthy = LocalizedText.of("en", "x".repeat(101));

        assertTooLong("tag category", 101, 100, () -> Tag.of("x".repeat(101), "x"));
        assertTooLong("tag name", 101, 100, () -> Tag.of("x", "x".repeat(101)));
        assertTooLong("tag category_en", 101, 100, () -> new Tag(GUID, "c", "n", lengthy, NONE, NONE, NONE, null));
        assertTooLong("tag name_en", 101, 100, () -> new Tag(GUID, "c", "n", NONE, lengthy, NONE, NONE, null));
        assertTooLong("tag summary_en", 101, 100, () -> new Tag(GUID, "c", "n", NONE, NONE, NONE, lengthy, null));
        assertTooLong(
                "tag image", 2_001, 2_000, () -> new Tag(GUID, "c", "n", NONE, NONE, NONE, NONE, "x".repeat(2_001)));
        assertThat(new Tag(GUID, "c", "n", NONE, NONE, lengthy, NONE, " ").image())
                .isNull();
    }

    @Test
    void tags_are_told_apart_by_category_then_name() {
        assertThat(new Tag.Key("a", "b"))
                .isLessThan(new Tag.Key("b", "a"))
                .isGreaterThan(new Tag.Key("a", "a"))
                .isEqualByComparingTo(new Tag.Key("a", "b"));
        assertThat(Tag.of("a", "b").key()).isEqualTo(new Tag.Key("a", "b"));
    }

    @Test
    void links_and_files_need_an_address_and_a_size_that_is_not_negative() {
        assertThat(new Attachment(AttachmentKind.LINK, GUID, NONE, NONE, " mailto:a@example.org ", 0, 0).url())
                .isEqualTo("mailto:a@example.org");
        assertMissing("link address", () -> new Attachment(AttachmentKind.LINK, GUID, NONE, NONE, " ", 0, 0));
        assertTooLong(
                "link address",
                2_001,
                2_000,
                () -> new Attachment(AttachmentKind.LINK, GUID, NONE, NONE, "x".repeat(2_001), 0, 0));
        assertTooLow("link size", -1, 0, () -> new Attachment(AttachmentKind.LINK, GUID, NONE, NONE, "x", 0, -1));
        assertThat(new Attachment(AttachmentKind.FILE, GUID, NONE, NONE, " x ", 0, 0).url())
                .isEqualTo("x");
        assertMissing("file address", () -> new Attachment(AttachmentKind.FILE, GUID, NONE, NONE, "", 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attachment(AttachmentKind.FILE, GUID, NONE, NONE, "x", 0, Long.MIN_VALUE))
                .withMessageStartingWith("file size is -9223372036854775808");
    }

    @Test
    void study_time_may_lack_number_or_unit_but_is_not_negative() {
        assertThat(new StudyTime(0, StudyTime.Unit.MINS).unit()).isEqualTo(StudyTime.Unit.MINS);
        assertThat(StudyTime.UNKNOWN).isEqualTo(new StudyTime(0, null));
        assertTooLow("study time", -1, 0, () -> new StudyTime(-1, StudyTime.Unit.MINS));
        assertThat(StudyTime.Unit.values())
                .extracting(StudyTime.Unit::word)
                .containsExactly("mins", "hours", "days", "weeks");
        assertThat(StudyTime.Unit.ofWord("days")).contains(StudyTime.Unit.DAYS);
        assertThat(StudyTime.Unit.ofWord("Days")).isEmpty();
    }

    @Test
    void title_and_description_are_read_in_one_language() {
        ResourceContent content = ResourceContent.titled(
                        new LocalizedText(Map.of("en", "Water", "es", "Agua", "fr", "Eau", "sw", "Maji")))
                .description(new LocalizedText(Map.of("fr", "Potable", "sw", "Safi", "ar", "x")))
                .build();

        assertThat(content.readingOrder(List.of("en", "es", "sw", "fr"))).containsExactly("sw", "en", "es", "fr");
        assertThat(content.readingOrder(List.of("fr", "sw"))).containsExactly("fr", "sw");
        assertThat(content.readingOrder(List.of("en", "es"))).containsExactly("fr", "en", "es");
        assertThat(content.readingOrder(List.of())).containsExactly("fr");
    }

    @Test
    void if_no_language_has_title_and_description_each_is_read_in_its_own() {
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "es", "Agua")))
                .description(LocalizedText.of("fr", "Potable"))
                .build();

        assertThat(content.readingOrder(List.of("fr", "es"))).containsExactly("es", "fr");
        assertThat(content.readingOrder(List.of("pt"))).containsExactly("en", "pt");
        assertThat(content.description().bestLanguage(List.of("en", "pt"))).contains("fr");
        assertThat(LocalizedText.empty().bestLanguage(List.of("en"))).isEmpty();
    }

    @Test
    void a_description_that_shows_nothing_counts_as_none() {
        LocalizedText titles = new LocalizedText(Map.of("en", "Water", "fr", "Eau"));
        for (String empty : List.of("<p>&nbsp;</p>", "<p><br/></p>", "<p>\u00A0\u200B</p>", "<!-- x -->&#160;")) {
            ResourceContent content = ResourceContent.titled(titles)
                    .description(new LocalizedText(Map.of("en", empty, "fr", "<p>Potable</p>")))
                    .build();

            assertThat(content.readableIn()).containsExactly("fr");
            assertThat(content.readingOrder(List.of("en"))).containsExactly("fr", "en");
        }
        ResourceContent pictures = ResourceContent.titled(titles)
                .description(new LocalizedText(Map.of("en", "<img src='a.png'>", "fr", "1")))
                .build();
        assertThat(pictures.readableIn()).containsExactly("en", "fr");
    }
}

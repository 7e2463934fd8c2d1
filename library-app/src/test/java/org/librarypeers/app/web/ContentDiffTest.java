package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.WordDiff.Piece;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;

class ContentDiffTest {

    private static final Wording ENGLISH = new Wording("en", List.of("en"));
    private static final Guid COURSE = Guid.random();
    private static final Guid BOOK = Guid.random();

    private final ResourceContent before = ResourceContent.titled(
                    LocalizedText.of("en", "Safe water").with("ar", "مياه آمنة"))
            .description(LocalizedText.of("en", "<p>Boil it <a href='https://old.example.org/x'>as here</a>.</p>"))
            .attribution(LocalizedText.of("en", "Ministry"))
            .studyTime(new StudyTime(20, StudyTime.Unit.MINS))
            .bornOn(BornOn.at(LocalDateTime.of(2020, 3, 1, 0, 0)))
            .image("https://orb.example.org/a.png")
            .tags(List.of(Tag.of("Audience", "Nurse"), Tag.of("Topic", "Water")))
            .attachments(List.of(
                    link(COURSE, "Course", "https://orb.example.org/course", 0),
                    file(BOOK, "Book", "https://orb.example.org/book.pdf", 2048)))
            .build();

    private static Attachment link(Guid guid, String title, String url, long size) {
        return SampleAttachment.link(url).guid(guid).title(title).size(size).build();
    }

    private static Attachment file(Guid guid, String title, String url, long size) {
        return SampleAttachment.file(url).guid(guid).title(title).size(size).build();
    }

    private List<String> shown(ResourceContent after) {
        return ContentDiff.between(before, after, ENGLISH).rows().stream()
                .map(row -> row.field() + (row.part() == null ? "" : " [" + row.part() + "]") + ": "
                        + text(row.before()) + " > " + text(row.after()))
                .toList();
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> switch (piece.kind()) {
                    case SAME -> piece.text();
                    case REMOVED -> "-" + piece.text() + "-";
                    case ADDED -> "+" + piece.text() + "+";
                })
                .collect(Collectors.joining());
    }

    @Test
    void a_date_is_shown_with_its_known_precision() {
        BornOn month = BornOn.in(YearMonth.of(2020, 3));
        assertThat(ENGLISH.date(BornOn.in(Year.of(2019)))).isEqualTo("2019");
        assertThat(ENGLISH.date(month)).isEqualTo("March 2020");
        assertThat(ENGLISH.date(BornOn.at(LocalDateTime.of(2020, 3, 1, 9, 0)))).isEqualTo("Mar 1, 2020");
        assertThat(in("es").date(month)).isEqualTo("marzo de 2020");
        assertThat(in("pt").date(month)).isEqualTo("março de 2020");
        assertThat(in("fr").date(month)).isEqualTo("mars 2020");
        assertThat(in("ar").date(month)).isEqualTo("مارس 2020");
        assertThat(in("ar").date(BornOn.at(LocalDateTime.of(2020, 3, 1, 9, 0)))).isEqualTo("1 مارس 2020");
    }

    @Test
    void arabic_has_western_digits() {
        Wording arabic = in("ar");
        Instant time = Instant.parse("2024-03-31T14:05:00Z");

        assertThat(arabic.language()).isEqualTo("ar");
        assertThat(arabic.direction()).isEqualTo("rtl");
        assertThat(arabic.number(1_234)).isEqualTo("1,234");
        assertThat(arabic.size(1_536)).isEqualTo("1.5 KB");
        assertThat(arabic.day(time)).isEqualTo("31 مارس 2024");
        assertThat(arabic.time(time)).isEqualTo("31 مارس 2024، 2:05 م UTC");
        assertThat(arabic.say("reader.found", 1_011)).isEqualTo("1,011 موردًا");
    }

    private static Wording in(String language) {
        return new Wording(language, List.of("en"));
    }

    @Test
    void equal_contents_have_no_differences() {
        assertThat(shown(before)).isEmpty();
        assertThat(shown(before.toBuilder().build())).isEmpty();
    }

    @Test
    void each_field_is_compared_in_each_language() {
        ResourceContent after = before.toBuilder()
                .title(LocalizedText.of("en", "Clean water").with("fr", "Eau propre"))
                .attribution(LocalizedText.empty())
                .studyTime(new StudyTime(1, StudyTime.Unit.HOURS))
                .bornOn(null)
                .image("https://orb.example.org/b.png")
                .build();

        assertThat(shown(after))
                .containsExactly(
                        "Title (Arabic): -مياه آمنة- > ",
                        "Title (English): -Safe- water > +Clean+ water",
                        "Title (French):  > +Eau propre+",
                        "Attribution (English): -Ministry- > ",
                        "Study time: -20 minutes- > +1 hour+",
                        "Creation date: -Mar 1, 2020- > ",
                        "Image: https://orb.example.org/-a-.png > https://orb.example.org/+b+.png");
        ContentDiff.DiffRow arabic =
                ContentDiff.between(before, after, ENGLISH).rows().get(0);
        assertThat(arabic.language()).isEqualTo("ar");
        assertThat(arabic.direction()).isEqualTo("rtl");
    }

    @Test
    void descriptions_are_compared_as_text_and_their_addresses_separately() {
        assertThat(shown(described("<div>Boil it <b>well</b> <a href='https://old.example.org/x'>as here</a>.</div>")))
                .containsExactly("Description (English): Boil it as here. > Boil it +well +as here.");
        assertThat(shown(described("<p>Boil it <a href='https://new.example.org/x'>as here</a>.</p>")))
                .containsExactly(
                        "Address in the description (English): -https://old.example.org/x- > ",
                        "Address in the description (English):  > +https://new.example.org/x+");
        assertThat(shown(described("<p>Boil <b>it</b> <a href='https://old.example.org/x'>as here</a>.</p>")))
                .containsExactly("Description (English):  > +Same words, different formatting+");
    }

    private ResourceContent described(String html) {
        return before.toBuilder().description(LocalizedText.of("en", html)).build();
    }

    @Test
    void added_removed_and_changed_tags_links_and_files_are_shown() {
        ResourceContent after = before.toBuilder()
                .tags(List.of(Tag.of("Topic", "Water"), Tag.of("Audience", "Midwife")))
                .attachments(List.of(
                        link(COURSE, "Course", "https://orb.example.org/courses", 0),
                        link(Guid.random(), "Film", "https://orb.example.org/film", 3_000_000)))
                .build();

        assertThat(shown(after))
                .containsExactly(
                        "Tag: -Audience: Nurse- > ",
                        "Tag:  > +Audience: Midwife+",
                        "Address of a link [Course]: https://orb.example.org/-course- > https://orb.example.org/+courses+",
                        "Link:  > +Film · https://orb.example.org/film · 2.9 MB+",
                        "File: -Book · https://orb.example.org/book.pdf · 2.0 KB- > ");
    }

    @Test
    void differences_beyond_the_limit_are_counted() {
        List<Tag> tags = new ArrayList<>(before.tags());
        IntStream.range(0, 250).forEach(i -> tags.add(Tag.of("Topic", "t" + i)));

        ContentDiff diff =
                ContentDiff.between(before, before.toBuilder().tags(tags).build(), ENGLISH);

        assertThat(diff.rows()).hasSize(200);
        assertThat(diff.more()).isEqualTo(50);
    }
}

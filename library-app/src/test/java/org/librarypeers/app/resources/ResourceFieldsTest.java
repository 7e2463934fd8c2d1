package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.resources.ResourceForm.FileRow;
import org.librarypeers.app.resources.ResourceForm.LinkRow;
import org.librarypeers.app.resources.TagVocabulary.Meaning;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;

/** Tests of single fields of the resource form. */
class ResourceFieldsTest {

    private static final Attachment LINK = SampleAttachment.link("https://example.org/1")
            .title(LocalizedText.of("en", "One").with("fr", "Un"))
            .order(3)
            .size(9)
            .build();

    private static LinkRow row(Attachment link, String title, String url) {
        return new LinkRow(link.guid().toString(), title, url);
    }

    @ParameterizedTest
    @CsvSource({"title, 1000", "file-title, 1000", "description, 50000", "attribution, 5000", "born, 2147483647"})
    void each_field_has_a_maximum_length(String field, int longest) {
        assertThat(ResourceFields.longest(field)).isEqualTo(longest);
    }

    @Test
    void texts_are_normalized_as_browsers_send_them() {
        assertThat(ResourceFields.readable("a\r\nb\rc\u0001\td")).isEqualTo("a\nb\nc\td");
        assertThat(ResourceFields.line(" a\n\nb\tc ")).isEqualTo("a b c");
        assertThat(ResourceFields.isSame("a\nb", " a\r\nb ")).isTrue();
        assertThat(ResourceFields.isSame("a", "b")).isFalse();
    }

    @Test
    void a_title_that_was_not_changed_keeps_its_line_breaks() {
        LocalizedText now = LocalizedText.of("en", "Safe\nwater").with("fr", "Eau");

        assertThat(ResourceFields.titled(now, "en", "Safe water")).isEqualTo(now);
        assertThat(ResourceFields.titled(now, "en", "Water"))
                .isEqualTo(LocalizedText.of("en", "Water").with("fr", "Eau"));
        assertThat(ResourceFields.titled(now, "es", "")).isEqualTo(now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024", "2024-03", "2024-03-31"})
    void a_date_has_one_of_three_forms(String text) {
        assertThat(ResourceFields.date(text))
                .map(Object::toString)
                .hasValueSatisfying(read -> assertThat(read).startsWith(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "2024-13", "2024-02-30", "31/12/2019", "2024-03-31T10:00"})
    void anything_else_is_no_date(String text) {
        assertThat(ResourceFields.date(text)).isEmpty();
    }

    @Test
    void a_link_needs_a_safe_address_unless_it_is_unchanged() {
        Attachment odd = SampleAttachment.link("javascript:x").build();

        assertThat(ResourceFields.wrongLink(new LinkRow("", "", ""), null)).isNull();
        assertThat(ResourceFields.wrongLink(new LinkRow("", "Title", ""), null)).isEqualTo("resources.link.missing");
        assertThat(ResourceFields.wrongLink(row(LINK, "Title", ""), LINK)).isNull();
        assertThat(ResourceFields.wrongLink(row(odd, "", "javascript:x"), odd)).isNull();
        assertThat(ResourceFields.wrongLink(row(LINK, "", "javascript:x"), LINK))
                .isEqualTo("resources.link.wrong");
        assertThat(ResourceFields.wrongLink(new LinkRow("", "", "https://example.org"), null))
                .isNull();
    }

    @Test
    void links_are_changed_removed_and_added_and_those_without_a_row_stay() {
        Attachment hidden =
                SampleAttachment.link("https://example.org/hidden").order(5).build();
        Attachment gone = SampleAttachment.link("https://example.org/gone").build();

        List<Attachment> links = ResourceFields.links(
                List.of(LINK, hidden, gone),
                List.of(
                        row(LINK, "Uno", "https://example.org/2"),
                        row(gone, "", ""),
                        new LinkRow("", "New", "https://example.org/new"),
                        new LinkRow("", "", "https://example.org/newer"),
                        new LinkRow("", "No address", "")),
                "es");

        assertThat(links)
                .extracting(Attachment::url, Attachment::order, Attachment::sizeBytes)
                .containsExactly(
                        tuple("https://example.org/2", 3, 0L),
                        tuple("https://example.org/hidden", 5, 0L),
                        tuple("https://example.org/new", 6, 0L),
                        tuple("https://example.org/newer", 7, 0L));
        assertThat(links.get(0).guid()).isEqualTo(LINK.guid());
        assertThat(links.get(0).title()).isEqualTo(LINK.title().with("es", "Uno"));
        assertThat(links.get(1)).isEqualTo(hidden);
        assertThat(links.get(2).title()).isEqualTo(LocalizedText.of("es", "New"));
        assertThat(ResourceFields.links(List.of(LINK), List.of(row(LINK, "One", LINK.url())), "en"))
                .containsExactly(LINK);
    }

    @Test
    void files_are_renamed_or_removed_and_those_without_a_row_stay() {
        Attachment one = SampleAttachment.file("/media/1").title("One").build();
        Attachment two = SampleAttachment.file("/media/2").title("Two").build();
        Attachment three = SampleAttachment.file("/media/3").title("Three").build();

        List<Attachment> files = ResourceFields.files(
                List.of(one, two, three),
                List.of(fileRow(one, "First", false), fileRow(one, "Again", true), fileRow(two, "Two", true)),
                "en");

        assertThat(files).containsExactly(one.withTitle(LocalizedText.of("en", "First")), three);
    }

    private static FileRow fileRow(Attachment file, String title, boolean removed) {
        return new FileRow(file.guid().toString(), title, null, "name", 0, removed);
    }

    @Test
    void the_last_order_is_the_highest() {
        assertThat(ResourceFields.lastOrder(List.of())).isEqualTo(-1);
        assertThat(ResourceFields.lastOrder(
                        List.of(LINK, SampleAttachment.link("x").build())))
                .isEqualTo(3);
    }

    private static final Tag NURSE = SampleTag.tag("Audience", "Nurse")
            .names(LocalizedText.of("es", "Enfermera"))
            .build();
    private static final Tag OTHER_NURSE = Tag.of("Role", "Nurse");
    private static final Tag UPPER = Tag.of("AUDIENCE", "NURSE");
    private static final Tag WATER = Tag.of("Topic", "Water");
    private static final Tag UNUSED = Tag.of("Topic", "Malaria");

    private static TagVocabulary vocabulary(Tag... tags) {
        return new TagVocabulary(
                List.of(tags), name -> name.equals("Malaria") ? Optional.of(UNUSED) : Optional.empty());
    }

    @Test
    void a_typed_tag_means_a_known_one_by_its_label_or_its_name() {
        TagVocabulary known = vocabulary(NURSE, WATER);

        for (String typed : List.of("Audience: Nurse", "audience:nurse", " AUDIENCE :  nurse", "nurse", "ENFERMERA")) {
            assertThat(known.meaning(typed)).as(typed).isEqualTo(new Meaning.One(NURSE));
        }
        assertThat(known.meaning("Malaria")).isEqualTo(new Meaning.One(UNUSED));
        assertThat(vocabulary(UPPER, NURSE).meaning("Audience: Nurse")).isEqualTo(new Meaning.One(NURSE));
        assertThat(vocabulary(UPPER, NURSE).meaning("audience: nurse")).isEqualTo(new Meaning.One(UPPER));
    }

    @Test
    void a_typed_tag_may_be_new_unclear_unknown_or_unusable() {
        TagVocabulary known = vocabulary(NURSE, OTHER_NURSE);

        assertThat(known.meaning("nurse")).isEqualTo(new Meaning.Several(List.of("Audience: Nurse", "Role: Nurse")));
        assertThat(known.meaning("Topic: Water")).isInstanceOfSatisfying(Meaning.One.class, one -> {
            assertThat(one.tag().category()).isEqualTo("Topic");
            assertThat(one.tag().name()).isEqualTo("Water");
        });
        assertThat(known.meaning("Doctor")).isEqualTo(new Meaning.Unknown());
        assertThat(known.meaning(": Water")).isEqualTo(new Meaning.Unusable());
        assertThat(known.meaning("Topic:")).isEqualTo(new Meaning.Unusable());
        assertThat(known.meaning("Topic: " + "x".repeat(101))).isEqualTo(new Meaning.Unusable());
    }

    @Test
    void categories_with_the_most_tags_and_tags_in_alphabetical_order_are_suggested() {
        TagVocabulary known = vocabulary(OTHER_NURSE, WATER, NURSE, UNUSED);

        assertThat(known.categories(8)).containsExactly("Topic", "Role", "Audience");
        assertThat(known.categories(2)).containsExactly("Topic", "Role");
        assertThat(known.suggestions(2)).containsExactly("Audience: Nurse", "Role: Nurse");
        assertThat(vocabulary(WATER, WATER).suggestions(5)).containsExactly("Topic: Water");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<p>One</p><p>Two<br>lines</p> | One\\n\\nTwo\\nlines",
                "<p> </p><p>a &amp; b</p>      | a & b",
                "plain                         | plain",
                "<p class=x>One</p>            | <p class=x>One</p>",
                "<p><b>One</b></p>             | <p><b>One</b></p>",
                "<ul><li>One</li></ul>         | <ul><li>One</li></ul>",
                "<p>&lt;b&gt;</p>              | <p>&lt;b&gt;</p>",
                "<p>1 &lt; 2</p>               | 1 < 2",
                "<!-- c --><p>One</p>          | <!-- c --><p>One</p>"
            })
    void paragraphs_are_edited_as_plain_text_and_other_html_as_it_is(String html, String typed) {
        assertThat(RichText.typed(html)).isEqualTo(typed.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "One\\n\\n \\nTwo\\nlines | <p>One</p><p>Two<br>lines</p>",
                "1 < 2 & 3              | <p>1 &lt; 2 &amp; 3</p>",
                "a\\r\\nb               | <p>a<br>b</p>",
                "<b>x</b>               | <b>x</b>",
                "<script>x()</script>   | ~~",
                "~ ~                    | ~~"
            })
    void typed_text_becomes_safe_html(String typed, String html) {
        assertThat(RichText.html(typed.replace("\\r", "\r").replace("\\n", "\n")))
                .isEqualTo(html);
    }
}

package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

    private static final String DATA = "data:image/png;base64,AAAA";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        a<img src="DATA">b                             | ab
        a<IMG alt='x>y' SRC = 'DATA' width=5 />b       | ab
        a<img src=DATA>b                               | ab
        <img srcset="a.png 1x, DATA 2x" src="a.png">   | ~~
        <p style="background:url('DATA')">x</p>        | <p>x</p>
        <a href="DATA" title="t">x</a>                 | <a title="t">x</a>
        <img src="a.png" alt="data: see below">        | <img src="a.png" alt="data: see below">
        <img src="/metadata:1.png">                    | <img src="/metadata:1.png">
        <p>DATA</p>                                    | <p>DATA</p>
        <!-- <img src="DATA"> -->x                     | <!-- <img src="DATA"> -->x
        a < b <img src="DATA"                          | a < b <img src="DATA"
        """)
    void pictures_in_the_text_itself_are_removed(String html, String kept) {
        assertThat(HtmlText.withoutImageData(html.replace("DATA", DATA)))
                .isEqualTo(kept == null ? "" : kept.replace("DATA", DATA));
    }

    @Test
    void html_is_cut_behind_the_last_block_that_fits_and_what_is_open_is_closed() {
        String item = "<li>" + "x".repeat(90) + "<b>y</b></li>";
        String html = "<div><ul>" + item.repeat(20) + "</ul></div>";

        assertThat(HtmlText.cut(html, 1_000)).isEqualTo("<div><ul>" + item.repeat(9) + "</ul></div><p>[…]</p>");
    }

    @Test
    void plain_text_is_cut_between_words() {
        assertThat(HtmlText.cut("word ".repeat(500), 1_000))
                .isEqualTo("word ".repeat(198).strip() + "<p>[…]</p>");
        assertThat(HtmlText.cut("<div>" + "word ".repeat(500), 1_000))
                .startsWith("<div>word")
                .endsWith("word</div><p>[…]</p>");
        assertThat(HtmlText.cut("x".repeat(2_000), 1_000)).isEqualTo("x".repeat(990) + "<p>[…]</p>");
        assertThat(HtmlText.cut("\ud83d\udca7".repeat(1_000), 1_000))
                .isEqualTo("\ud83d\udca7".repeat(495) + "<p>[…]</p>");
    }

    @Test
    void a_cut_behind_a_block_is_preferred_to_a_later_one_within_a_sentence() {
        String block = "<p>" + "x".repeat(800) + "</p>";

        assertThat(HtmlText.cut(block + "a <b>c</b> " + "x".repeat(1_000), 1_000))
                .isEqualTo(block + "<p>[…]</p>");
        assertThat(HtmlText.cut("a <b>c</b> " + "x".repeat(1_000), 1_000)).isEqualTo("a <b>c</b><p>[…]</p>");
    }

    @ParameterizedTest
    @CsvSource({"983, true", "984, false"})
    void a_block_is_kept_if_it_just_fits_with_the_mark(int length, boolean kept) {
        String first = "<p>a</p>";
        String second = "<p>" + "x".repeat(length - 8) + "</p>";

        assertThat(HtmlText.cut(first + second + "<p>b</p>".repeat(10), 1_000))
                .isEqualTo((kept ? first + second : first) + "<p>[…]</p>");
    }

    @ParameterizedTest
    @ValueSource(ints = {970, 980, 983, 984, 985, 986, 987, 988, 990, 995, 1_000})
    void an_element_that_begins_near_the_limit_does_not_make_the_cut_text_too_long(int before) {
        for (String tag : List.of("<b>", "<blockquote>", "<b><i>")) {
            String html = "x".repeat(before) + tag + "y".repeat(100);

            String cut = HtmlText.cut(html, 1_000);

            assertThat(cut).hasSizeBetween(950, 1_000).endsWith("<p>[…]</p>");
            assertThat(html).startsWith(cut.replaceFirst("(</\\w+>)*<p>\\[…]</p>$", ""));
        }
    }

    @Test
    void open_elements_are_closed_by_their_whole_names() {
        assertThat(HtmlText.cut("<A><z><h0><h9><x-y:z>" + "word ".repeat(500), 1_000))
                .endsWith("</x-y:z></h9></h0></z></a><p>[…]</p>");
        assertThat(HtmlText.cut("<!--<i--><u>" + "word ".repeat(500), 1_000)).endsWith("word</u><p>[…]</p>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        <!-- c --><img src="DATA">x                    | <!-- c -->x
        <img src="DATA">a <                            | a <
        <img src="DATA">a </                           | a </
        <img src="DATA">a <b                           | a <b
        <z src="DATA">a                                | <z>a
        <Z src="DATA">a                                | <Z>a
        """)
    void images_beside_comments_and_incomplete_tags_are_removed(String html, String kept) {
        pictures_in_the_text_itself_are_removed(html, kept);
    }

    /** Generates pieces of markup, valid and broken, in any order. */
    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "<p>",
                        "</p>",
                        "<b>",
                        "</b>",
                        "<div class='a'>",
                        "</div>",
                        "<br>",
                        "<img src=\"data:image/png;base64,AA\">",
                        "<",
                        ">",
                        "\"",
                        "'",
                        "=",
                        "<!--",
                        "-->",
                        "text ",
                        "\ud83d\udca7",
                        "</",
                        "<a href=",
                        "&amp;",
                        "<li>",
                        "</ul>")
                .list()
                .ofMaxSize(800)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 500)
    void what_is_cut_fits_and_is_a_beginning_with_a_mark(@ForAll("markup") String html) {
        if (html.length() > 1_000) {
            String cut = HtmlText.cut(html, 1_000);
            assertThat(cut).hasSizeLessThanOrEqualTo(1_000).endsWith("<p>[…]</p>");
            String kept = cut.substring(0, cut.length() - "<p>[…]</p>".length()).replaceAll("(</[a-z]+>)+$", "");
            assertThat(html).startsWith(kept);
        }
        assertThat(HtmlText.withoutImageData(html).length()).isLessThanOrEqualTo(html.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>",
                "<a b=\"",
                "</c><d>",
                "<!--",
                "<",
                "<img src=data:",
                " data:",
                "<a data:=",
                "<a b='c\"",
                "http://a:"
            })
    @Timeout(20)
    void hostile_texts_take_no_longer_than_their_length_allows(String piece) {
        String html = piece.repeat(2_000_000 / piece.length());

        assertThatNoException().isThrownBy(() -> {
            HtmlText.cut(html, 200_000);
            HtmlText.withoutImageData(html);
            new TextCleaner(new Remarks()).html("description", html, 200_000);
        });
    }
}

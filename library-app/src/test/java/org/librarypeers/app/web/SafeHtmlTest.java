package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureCopy;

class SafeHtmlTest {

    private static int deepest(Document page, String elements) {
        return page.select(elements).stream()
                .mapToInt(each -> 1
                        + (int) each.parents().stream()
                                .filter(parent -> parent.is("ul, ol, dl, dd, blockquote, table"))
                                .count())
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({
        "<ul><li>, ul",
        "<ol><li>, ol",
        "<blockquote>, blockquote",
        "<dl><dd>, dd",
        "<table><tbody><tr><td>, table"
    })
    void deeply_nested_content_is_indented_at_most_six_times_and_loses_no_text(String open, String element) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            html.append(open).append("level").append(i).append(' ');
        }

        Document page = Jsoup.parseBodyFragment(SafeHtml.clean(html.toString()).toString());

        assertThat(deepest(page, "ul, ol, dl, dd, blockquote, table")).isEqualTo(6);
        assertThat(page.select(element)).isNotEmpty();
        assertThat(page.text())
                .startsWith("level0 level1 ")
                .contains("level150")
                .endsWith("level299");
    }

    @Test
    void ordinary_lists_stay_lists() {
        String list = "<ul><li>a<ol><li>b<ul><li>c<blockquote>d</blockquote></li></ul></li></ol></li></ul>";

        assertThat(SafeHtml.clean(list)).hasToString(list);
    }

    @Test
    void only_indented_elements_count() {
        String deep = "<b>".repeat(50) + "<ul><li>a</li></ul>" + "</b>".repeat(50);

        Element list = Jsoup.parseBodyFragment(SafeHtml.clean(deep).toString()).selectFirst("ul");

        assertThat(list).isNotNull();
        assertThat(list.text()).isEqualTo("a");
    }

    @Test
    void a_picture_is_replaced_by_our_copy_or_by_its_alternative_text() {
        PictureCopy copy = new PictureCopy("a".repeat(64), PictureCopy.Format.PNG, 30, 20);
        PagePictures pictures =
                new PagePictures(Map.of("https://peer.example/well.png", new PictureCopies(copy, copy)));
        String html =
                "<p><img src='/well.png' alt='The \"pump\"' style='x' onerror='alert(1)' srcset='//evil.example/a'>"
                        + "<img src='https://other.example/b.png' alt='A <tap>'><img src='https://other.example/c.png'></p>";

        Element shown = Jsoup.parseBodyFragment(SafeHtml.clean(html, pictures, "https://peer.example/resource/1")
                        .toString())
                .body();

        assertThat(shown.select("img")).hasSize(1);
        assertThat(shown.select("img").get(0).attributes().asList().toString())
                .isEqualTo("[src=\"/picture/" + "a".repeat(64)
                        + ".png\", alt=\"The &quot;pump&quot;\", loading=\"lazy\"," + " width=\"30\", height=\"20\"]");
        assertThat(shown.text()).isEqualTo("[A <tap>]");
        assertThat(SafeHtml.clean(html).toString()).doesNotContain("<img").contains("[The \"pump\"]");
    }

    @Test
    void what_an_author_writes_keeps_pictures_of_the_web() {
        assertThat(
                        SafeHtml.written(
                                "<p><img src=\"https://a.example/b.png\" alt=\"B\" onerror=\"x\"></p><img src=\"javascript:x\">"))
                .contains("<img src=\"https://a.example/b.png\" alt=\"B\">")
                .doesNotContain("javascript", "onerror");
    }

    @Test
    void a_joiner_inside_a_word_of_an_address_gives_no_warning() {
        Wording english = new Wording("en", List.of("en"));

        String persian = SafeHtml.checked("<a href=\"https://example.org/می\u200cخواهم\">x</a>", english)
                .toString();
        String latin = SafeHtml.checked("<a href=\"https://example.org/a\u200cb\">x</a>", english)
                .toString();

        assertThat(Jsoup.parseBodyFragment(persian).select(".warn")).isEmpty();
        assertThat(Jsoup.parseBodyFragment(latin).select(".warn").text()).contains("ZWNJ");
    }

    @Test
    void headings_are_moved_below_those_of_the_page() {
        assertThat(SafeHtml.clean("<h1>a</h1><h3>b</h3><h6>c</h6>")).hasToString("<h3>a</h3><h5>b</h5><h6>c</h6>");
        assertThat(SafeHtml.written("<h1>a</h1>")).isEqualTo("<h1>a</h1>");
    }

    @Test
    void a_wide_table_scrolls_on_its_own_with_those_in_it() {
        Document page = Jsoup.parseBodyFragment(
                SafeHtml.clean("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>")
                        .toString());

        assertThat(page.select("div.wide[tabindex=0]")).hasSize(1);
        assertThat(page.select("body > div.wide > table")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example",
                "HTTP://a.example",
                "mailto:a@example.org",
                "/media/resource/a.pdf",
                " https://b "
            })
    void a_page_links_to_the_web_to_mail_and_to_our_files(String address) {
        assertThat(SafeHtml.address(address)).isEqualTo(address.strip());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "javascript:alert(1)", "data:text/html,x", "ftp://a.example", "/users", "//a.example"})
    void a_page_does_not_link_to_other_addresses(String address) {
        assertThat(SafeHtml.address(address)).isNull();
    }

    @Test
    void a_text_is_compared_with_its_invisible_characters() {
        assertThat(SafeHtml.exactText(" <p>a\u200bb</p><p>c<b>d</b><br>e </p>")).isEqualTo("a\u200bb cd e");
        assertThat(SafeHtml.addresses("<a href=' /b '>x</a><a href='/a'>y</a><a href='/b'>z</a><a href=' '>w</a>"))
                .containsExactly("/b", "/a");
    }

    @Test
    void a_reviewer_sees_where_invisible_characters_are() {
        Wording english = new Wording("en", List.of("en"));

        assertThat(Jsoup.parseBodyFragment(
                                SafeHtml.checked("<p>a\u202eb</p>", english).toString())
                        .select(".unseen"))
                .isNotEmpty();
        assertThat(SafeHtml.checked("<p>ab</p>", english)).hasToString("<p>ab</p>");
        assertThat(SafeHtml.clean(" ").isEmptyContent()).isTrue();
        assertThat(SafeHtml.clean("<p>a</p>").isEmptyContent()).isFalse();
    }
}

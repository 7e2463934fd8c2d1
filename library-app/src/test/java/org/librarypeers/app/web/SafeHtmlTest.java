package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void a_joiner_inside_a_word_of_an_address_gives_no_warning() {
        Wording english = new Wording("en", List.of("en"));

        String persian = SafeHtml.checked("<a href=\"https://example.org/می\u200cخواهم\">x</a>", english)
                .toString();
        String latin = SafeHtml.checked("<a href=\"https://example.org/a\u200cb\">x</a>", english)
                .toString();

        assertThat(Jsoup.parseBodyFragment(persian).select(".warn")).isEmpty();
        assertThat(Jsoup.parseBodyFragment(latin).select(".warn").text()).contains("ZWNJ");
    }
}

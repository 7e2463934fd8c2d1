package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of the address of a search, of the pages of its results, and of the kinds of links. */
class SearchFiltersTest {

    private static final SearchFilters ALL =
            new SearchFilters("safe water", List.of("nurse", "midwife"), "pt-br", "here");

    private static SearchFilters read(String query) {
        return SearchFilters.read(OfflineLibrary.visit("/search?" + query));
    }

    @Test
    void an_address_is_read_back_as_it_was_written() {
        assertThat(ALL.address()).isEqualTo("/search?q=safe+water&tag=nurse&tag=midwife&language=pt-br&source=here");
        assertThat(SearchFilters.read(OfflineLibrary.visit(ALL.address()))).isEqualTo(ALL);
        assertThat(ALL.address(2)).endsWith("&source=here&page=2");
        assertThat(new SearchFilters("", List.of(), null, null).address(1)).isEqualTo("/search");
    }

    @Test
    void invalid_values_are_ignored_and_long_ones_are_cut() {
        SearchFilters read = read("q=" + "x".repeat(301) + "&tag=&tag=a&tag=a&tag=b%0Ac&tag=d&tag=e&tag=f"
                + "&language=no+language&source=%20");

        assertThat(read.words()).isEqualTo("x".repeat(300));
        assertThat(read.tags()).containsExactly("a", "b c", "d", "e");
        assertThat(read.language()).isNull();
        assertThat(read.source()).isNull();
        assertThat(read("language=PT-BR").language()).isEqualTo("pt-br");
        assertThat(read("language=").language()).isNull();
    }

    @Test
    void any_filter_but_the_words_makes_the_search_narrow() {
        SearchFilters words = new SearchFilters("water", List.of(), null, null);

        assertThat(words.narrow()).isFalse();
        assertThat(words.withTag("nurse").narrow()).isTrue();
        assertThat(words.in("en").narrow()).isTrue();
        assertThat(words.from("here").narrow()).isTrue();
    }

    @Test
    void filters_are_added_and_removed_one_by_one() {
        assertThat(ALL.withTag("water").tags()).containsExactly("nurse", "midwife", "water");
        assertThat(ALL.withoutTag("nurse").tags()).containsExactly("midwife");
        assertThat(ALL.in(null)).isEqualTo(new SearchFilters("safe water", ALL.tags(), null, "here"));
        assertThat(ALL.from(null)).isEqualTo(new SearchFilters("safe water", ALL.tags(), "pt-br", null));
        assertThat(ALL.cleared()).isEqualTo("/search?q=safe+water");
        assertThat(ALL.canonical(3)).isEqualTo("/search?q=safe+water&page=3");
    }

    @Test
    void a_search_takes_four_tags() {
        assertThat(ALL.takesMoreTags()).isTrue();
        assertThat(ALL.withTag("a").takesMoreTags()).isTrue();
        assertThat(ALL.withTag("a").withTag("b").takesMoreTags()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, false, false, true",
        "1, 20, 1, false, false, true",
        "1, 21, 2, false, true, true",
        "2, 21, 2, true, false, true",
        "2, 20, 1, true, false, false",
        "999, 999999, 1000, true, true, true",
        "1000, 999999, 1000, true, false, true",
        "1001, 999999, 1000, true, false, false"
    })
    void a_page_knows_its_neighbours(
            int page, long total, int pages, boolean hasPrevious, boolean hasNext, boolean exists) {
        Pager pager = Pager.of(page, total, number -> "/p" + number);

        assertThat(pager.pages()).isEqualTo(pages);
        assertThat(pager.previous()).isEqualTo(hasPrevious ? "/p" + (page - 1) : null);
        assertThat(pager.next()).isEqualTo(hasNext ? "/p" + (page + 1) : null);
        assertThat(pager.exists()).isEqualTo(exists);
    }

    @Test
    void the_requested_page_is_bounded() {
        assertThat(Pager.requested(OfflineLibrary.visit("/search?page=3"))).isEqualTo(3);
        assertThat(Pager.requested(OfflineLibrary.visit("/search?page=5000"))).isEqualTo(1001);
        assertThat(Pager.requested(OfflineLibrary.visit("/search?page=x"))).isEqualTo(1);
        assertThat(Pager.offset(1)).isZero();
        assertThat(Pager.offset(3)).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.org/x.PDF, PDF",
        "https://a.org/x.mp4?t=1.html, VIDEO",
        "https://a.org/x.mp3#a.pdf, AUDIO",
        "https://a.org/x.webp, PICTURE",
        "https://a.org/x.pptx, SLIDES",
        "https://a.org/x.docx, DOCUMENT",
        "https://a.org/x.csv, TABLE",
        "https://a.org/x.zip, ARCHIVE",
        "https://a.org/x.apk, APP",
        "https://www.youtube.com/watch?v=1, VIDEO",
        "https://youtu.be/1, VIDEO",
        "https://SOUNDCLOUD.com/1, AUDIO",
        "https://play.google.com/store, APP",
        "https://a.pdf, PAGE",
        "https://a.org/x.pdf/y, PAGE",
        "https://a b/x, PAGE",
        "https://a.org/x, PAGE"
    })
    void the_kind_of_a_link_is_that_of_its_ending_or_its_host(String url, MaterialType kind) {
        assertThat(MaterialType.of(SampleAttachment.link(url).build())).isEqualTo(kind);
        assertThat(MaterialType.of(SampleAttachment.file(url).build()))
                .isEqualTo(kind == MaterialType.PAGE ? MaterialType.FILE : kind);
        assertThat(kind.word()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void the_host_of_an_address_is_named_without_www() {
        assertThat(MaterialType.host("https://WWW.Example.org:80/a?b")).isEqualTo("example.org");
        assertThat(MaterialType.host("mailto:a@b.org")).isEmpty();
        assertThat(MaterialType.host("https://a b")).isEmpty();
    }
}

package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCutTest {

    /** U+1F4D6, which takes two UTF-16 code units. */
    private static final String BOOK = "\uD83D\uDCD6";

    @ParameterizedTest
    @CsvSource({"abc, 4, abc", "abc, 3, abc", "abc, 2, ab", "abc, 0, ''", "abc, -1, ''", "'', 0, ''"})
    void a_start_is_at_most_as_long_as_allowed(String text, int maxLength, String start) {
        assertThat(TextCut.start(text, maxLength)).isEqualTo(start);
        assertThat(TextCut.end(text, maxLength)).isEqualTo(start.length());
    }

    @Test
    void a_start_does_not_split_a_surrogate_pair() {
        assertThat(TextCut.start("a" + BOOK + "b", 2)).isEqualTo("a");
        assertThat(TextCut.start("a" + BOOK + "b", 3)).isEqualTo("a" + BOOK);
        assertThat(TextCut.start(BOOK, 1)).isEmpty();
    }

    @Test
    void a_shortened_text_ends_with_an_ellipsis_that_counts() {
        assertThat(TextCut.shorten("abcd", 4)).isEqualTo("abcd");
        assertThat(TextCut.shorten("abcde", 4)).isEqualTo("abc…");
        assertThat(TextCut.shorten("ab" + BOOK + "cd", 4)).isEqualTo("ab…");
    }
}

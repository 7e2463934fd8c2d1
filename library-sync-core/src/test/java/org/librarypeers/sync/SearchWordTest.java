package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.catalogue.SearchWord;

class SearchWordTest {

    @Test
    void a_word_is_kept_as_written_and_without_accents() {
        assertThat(SearchWord.of("La Vacunación, ＣＯＶＩＤ-19!"))
                .containsExactly(
                        new SearchWord("la", "la"),
                        new SearchWord("vacunación", "vacunacion"),
                        new SearchWord("covid", "covid"),
                        new SearchWord("19", "19"));
        assertThat(SearchWord.of("vacunacio\u0301n")).isEqualTo(SearchWord.of("vacunación"));
    }

    @Test
    void points_are_folded_and_vowel_signs_and_syllables_are_not() {
        assertThat(folded("غَسْلُ أطفـال שָׁלוֹם हाथ ล้าง がん ばん 한국 Οδός ёж"))
                .containsExactly("غسل", "اطفال", "שלום", "हाथ", "ล้าง", "がん", "ばん", "한국", "οδοσ", "еж");
    }

    @Test
    void what_cannot_be_seen_is_passed_over_except_a_space() {
        assertThat(folded("in\u00ADfor\u200Dm\u2060ation a\u200Bb \u200Fماء\u200E"))
                .containsExactly("information", "a", "b", "ماء");
    }

    @Test
    void what_is_no_word_is_none() {
        assertThat(folded("❤️ 1️⃣ \u0000 \uD800 \u0301 🩺—…'&")).containsExactly("1");
    }

    @Test
    void a_long_word_is_cut_between_characters() {
        assertThat(folded("𝒳".repeat(101) + " " + "𐐨".repeat(101)))
                .containsExactly("x".repeat(SearchWord.MAX_LENGTH), "𐐨".repeat(SearchWord.MAX_LENGTH));
        assertThat(folded("ß".repeat(80))).containsExactly("s".repeat(SearchWord.MAX_LENGTH));
    }

    @Test
    void text_in_ascii_has_the_same_words_alone_and_beside_other_text() {
        StringBuilder all = new StringBuilder();
        for (char character = 0; character < 0x80; character++) {
            all.append("Word").append(character).append("x9 ");
        }
        all.append("Y".repeat(SearchWord.MAX_LENGTH + 1));

        List<SearchWord> alone = SearchWord.of(all.toString());

        assertThat(SearchWord.of(all + " é"))
                .startsWith(alone.toArray(SearchWord[]::new))
                .hasSize(alone.size() + 1);
        assertThat(alone).contains(new SearchWord("wordax9", "wordax9")).contains(new SearchWord("word", "word"));
        assertThat(alone.get(alone.size() - 1).folded()).isEqualTo("y".repeat(SearchWord.MAX_LENGTH));
    }

    private static List<String> folded(String text) {
        return SearchWord.of(text).stream().map(SearchWord::folded).toList();
    }
}

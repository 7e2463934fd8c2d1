package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.port.Word;

class WordTest {

    @Test
    void a_word_is_kept_as_written_and_without_accents() {
        assertThat(Word.of("La Vacunación, ＣＯＶＩＤ-19!"))
                .containsExactly(
                        new Word("la", "la"),
                        new Word("vacunación", "vacunacion"),
                        new Word("covid", "covid"),
                        new Word("19", "19"));
        assertThat(Word.of("vacunacio\u0301n")).isEqualTo(Word.of("vacunación"));
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
                .containsExactly("x".repeat(Word.MAX_LENGTH), "𐐨".repeat(Word.MAX_LENGTH));
        assertThat(folded("ß".repeat(80))).containsExactly("s".repeat(Word.MAX_LENGTH));
    }

    private static List<String> folded(String text) {
        return Word.of(text).stream().map(Word::folded).toList();
    }
}

package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void a_text_is_cut_at_a_word_boundary_and_no_character_is_split() {
        assertThat(Excerpt.of("Safe water", 10)).isEqualTo("Safe water");
        assertThat(Excerpt.of("Safe water at home", 12)).isEqualTo("Safe water…");
        assertThat(Excerpt.of("Unbreakable", 6)).isEqualTo("Unbre…");
        assertThat(Excerpt.of("🩺🩺🩺", 4)).isEqualTo("🩺…");
        assertThat(Excerpt.of("Unbreakable", 1)).isEqualTo("…");
        assertThat(Excerpt.ofHtml("<p>Boil <b>the water</b></p>", 10)).isEqualTo("Boil the…");
    }

    @Test
    void a_part_of_a_text_begins_at_the_next_word_if_it_is_near() {
        assertThat(Excerpt.from("Boil the water at home", 6, 40)).isEqualTo("…water at home");
        assertThat(Excerpt.from("Boil the water at home", 6, 11)).isEqualTo("…water at…");
        assertThat(Excerpt.from("Boil unbreakable", 6, 8)).isEqualTo("…nbreak…");
        assertThat(Excerpt.from("Unbreakable things", 2, 10)).isEqualTo("…breakabl…");
        assertThat(Excerpt.from("a🩺🩺", 2, 9)).isEqualTo("…🩺");
    }
}

package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumWordTest {

    @ParameterizedTest
    @EnumSource
    void each_constant_is_found_by_its_word(Outcome.Kind kind) {
        assertThat(EnumWord.of(kind)).isEqualTo(kind.word()).matches("[a-z_]+");
        assertThat(EnumWord.find(Outcome.Kind.class, EnumWord.of(kind))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NEW", "new ", "newer"})
    void no_other_text_is_a_word(String text) {
        assertThat(EnumWord.find(Outcome.Kind.class, text)).isEmpty();
    }
}

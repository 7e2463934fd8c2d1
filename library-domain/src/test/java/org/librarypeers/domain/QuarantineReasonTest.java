package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.librarypeers.domain.QuarantineReason.Kind;

class QuarantineReasonTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(Kind.NO_TITLE, (Runnable) () -> Samples.titled(" ")),
                Arguments.of(Kind.NO_GUID, (Runnable) () -> Guid.of("x")),
                Arguments.of(Kind.TOO_LONG, (Runnable) () -> Checks.line("source name", "a".repeat(201), 200)),
                Arguments.of(Kind.INVALID, (Runnable) () -> Checks.line("source name", "", 200)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_rule_says_its_kind_and_its_detail(Kind kind, Runnable use) {
        IllegalArgumentException e = catchThrowableOfType(IllegalArgumentException.class, use::run);

        assertThat(QuarantineReason.of(e)).isEqualTo(new QuarantineReason(kind, e.getMessage()));
    }

    @ParameterizedTest
    @EnumSource
    void a_kind_is_found_by_its_word(Kind kind) {
        assertThat(Kind.ofWord(kind.word())).contains(kind);
    }

    @Test
    void another_word_is_no_kind() {
        assertThat(Kind.ofWord("NO_TITLE")).isEmpty();
    }
}

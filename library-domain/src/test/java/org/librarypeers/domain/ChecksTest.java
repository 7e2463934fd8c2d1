package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {

    private static final String ROCKET = "\uD83D\uDE80";

    /** Generates strings of any UTF-16 code units, including unpaired surrogates. */
    @Provide
    Arbitrary<String> units() {
        return Arbitraries.chars()
                .range('\u0000', '\uFFFF')
                .with('\uD83D', '\uDE80', '\u0000', '\n', '\u2028', '\u0085')
                .array(char[].class)
                .ofMaxSize(100)
                .map(String::new);
    }

    @Property
    void what_is_kept_survives_utf8_and_what_does_not_is_refused(@ForAll("units") String text) {
        String stored = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        boolean storable = stored.equals(text) && text.indexOf(0) < 0;

        assertThat(isKept(text)).isEqualTo(storable);
    }

    private static boolean isKept(String text) {
        try {
            return Checks.storable("text", text, 100).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property
    void messages_and_remarks_are_storable_on_one_line_and_bounded(@ForAll("units") String text) {
        for (String message : new String[] {Checks.shown(text), Checks.remark(text, 20)}) {
            assertThat(Checks.storable("message", message, 63)).isEqualTo(message);
            assertThat(message.chars().filter(Character::isISOControl)).isEmpty();
            assertThat(message.lines().count()).isLessThanOrEqualTo(1);
            assertThat(message).doesNotContain("\u2028", "\u2029");
        }
        assertThat(Checks.remark(text, 20)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void a_text_is_stripped_and_an_empty_one_refused() {
        assertThat(Checks.text("title", " a\nb\u2003", 3)).isEqualTo("a\nb");
        for (String nothing : new String[] {null, "", " \t\n\u2003"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Checks.text("title", nothing, 3))
                    .withMessage("title is missing");
            assertThat(Checks.optionalText("title", nothing, 3)).isNull();
            assertThat(Checks.optionalLine("title", nothing, 3)).isNull();
        }
        assertThat(Checks.optionalText("title", " a ", 3)).isEqualTo("a");
        assertThat(Checks.optionalLine("title", " a ", 3)).isEqualTo("a");
    }

    @Test
    void a_text_that_is_too_long_is_refused_with_both_lengths() {
        assertThat(Checks.text("title", "abc", 3)).isEqualTo("abc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.text("title", "abcd", 3))
                .withMessage("title is 4 characters long; at most 3 are allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.optionalText("title", "abcd", 3))
                .withMessage("title is 4 characters long; at most 3 are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u007Fb", "a\u0085b"})
    void a_line_holds_no_control_character(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.line("name", text, 9))
                .withMessage("name contains a control character: \"a?b\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Checks.optionalLine("name", text, 9));
    }

    @Test
    void halves_of_a_character_are_refused_with_their_place() {
        assertThat(Checks.storable("name", ROCKET + ROCKET, 4)).hasSize(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.storable("name", ROCKET + "\uD83D", 4))
                .withMessage("name contains a character that cannot be stored: U+D83D at index 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.storable("name", "a\uDE80", 4))
                .withMessage("name contains a character that cannot be stored: U+DE80 at index 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.storable("name", "\uD83D\uD83D\uDE80", 4))
                .withMessage("name contains a character that cannot be stored: U+D83D at index 0");
    }

    @Test
    void numbers_below_the_least_are_refused_with_both() {
        assertThat(Checks.atLeast("size", 3, 3)).isEqualTo(3);
        assertThat(Checks.atLeast("size", 3L, 3L)).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.atLeast("size", 3, 2))
                .withMessage("size is 2; it must be at least 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checks.atLeast("size", 3L, 2L))
                .withMessage("size is 2; it must be at least 3");
    }

    @Test
    void a_value_is_shown_in_quotes_and_cut_between_characters() {
        assertThat(Checks.shown("")).isEqualTo("\"\"");
        assertThat(Checks.shown("a\nb")).isEqualTo("\"a?b\"");
        assertThat(Checks.shown("x".repeat(61))).isEqualTo('"' + "x".repeat(61) + '"');
        assertThat(Checks.shown("x".repeat(62))).isEqualTo('"' + "x".repeat(60) + "…\"");
        assertThat(Checks.shown("x".repeat(59) + ROCKET + "xx")).isEqualTo('"' + "x".repeat(59) + "…\"");
        assertThat(Checks.shown("x".repeat(58) + ROCKET + "xx")).isEqualTo('"' + "x".repeat(58) + ROCKET + "…\"");
        assertThat(Checks.shown("x".repeat(59) + ROCKET)).isEqualTo('"' + "x".repeat(59) + ROCKET + '"');
    }

    @Test
    void a_remark_is_stripped_and_cut_to_its_length() {
        assertThat(Checks.remark(" a\r\nb\uD83D ", 9)).isEqualTo("a  b");
        assertThat(Checks.remark("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Checks.remark("abcdefg", 6)).isEqualTo("abcde…");
    }
}

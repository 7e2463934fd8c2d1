package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Refused.assertTooLong;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(Hostile.Values.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(DomainContext.Global.class)
class LocalizedTextTest {

    private static final LocalizedText WATER = new LocalizedText(Map.of("pt-br", "Água", "en", "Water", "ar", "ماء"));

    @Property(tries = 300)
    void no_text_is_blank_no_language_is_odd_and_a_copy_is_equal(@ForAll LocalizedText text) {
        assertThat(text.texts().values())
                .allSatisfy(words -> assertThat(words).isNotBlank().isEqualTo(words.strip()));
        assertThat(List.copyOf(text.languages()))
                .isSorted()
                .allSatisfy(language -> assertThat(LocalizedText.language(language))
                        .isEqualTo(language)
                        .isEqualTo(language.toLowerCase(Locale.ROOT))
                        .doesNotContain("_"));
        assertThat(new LocalizedText(text.texts())).isEqualTo(text);
    }

    @Property(tries = 300)
    void what_is_put_in_is_found_and_what_is_taken_out_is_gone(@ForAll LocalizedText text) {
        assertThat(text.with("SW_ke", " Maji ").in("sw-ke")).contains("Maji");
        assertThat(text.with("sw-ke", "Maji").with("sw-ke", " ")).isEqualTo(text);
    }

    @Test
    void blank_texts_are_left_out_and_others_stripped() {
        assertThat(new LocalizedText(Map.of("en", " \u2003 ", "es", " Agua\n")).texts())
                .isEqualTo(Map.of("es", "Agua"));
        assertThat(LocalizedText.of("en", "  ")).isEqualTo(LocalizedText.empty());
        assertThat(LocalizedText.empty().isEmpty()).isTrue();
        assertThat(WATER.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"en, en", "EN, en", "pt_BR, pt-br", "' ar ', ar", "zh-Hans-CN, zh-hans-cn", "es-419, es-419"})
    void a_language_code_is_kept_in_lower_case_with_hyphens(String code, String kept) {
        assertThat(LocalizedText.language(code)).isEqualTo(kept);
        assertThat(LocalizedText.of(code, "x").languages()).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e", "english", "en-", "-en", "en--gb", "e n", "<b>", "عر", "en-a", "x-123456789"})
    void a_language_code_that_is_none_is_refused_and_shown(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalizedText.of(code, "text"))
                .withMessageStartingWith("language code \"" + code + "\" ");
    }

    @Test
    void a_language_code_has_at_most_35_characters_and_an_endless_one_is_refused_like_others() {
        assertThat(LocalizedText.language("en" + "-aa".repeat(11))).hasSize(35);
        assertThatIllegalArgumentException().isThrownBy(() -> LocalizedText.language("eng" + "-aa".repeat(11)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalizedText.language("en" + "-aa".repeat(100_000)))
                .withMessageContaining("…\"");
    }

    @Test
    void a_text_that_no_database_can_hold_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalizedText.of("en", "a\u0000"))
                .withMessageContainingAll("U+0000", "index 1");
        assertTooLong("text", 200_001, 200_000, () -> LocalizedText.of("en", "x".repeat(200_001)));
        assertThat(LocalizedText.of("en", "x".repeat(200_000)).in("en").orElseThrow())
                .hasSize(200_000);
    }

    @Test
    void the_best_text_is_in_the_first_language_that_has_one_else_in_any_else_empty() {
        assertThat(WATER.best(List.of("fr", "pt-br", "en"))).isEqualTo("Água");
        assertThat(WATER.best(List.of("fr"))).isEqualTo("ماء");
        assertThat(WATER.best(List.of())).isEqualTo("ماء");
        assertThat(LocalizedText.empty().best(List.of("en"))).isEmpty();
    }

    @Test
    void only_some_languages_can_be_taken() {
        assertThat(WATER.only(language -> language.startsWith("p")).texts()).isEqualTo(Map.of("pt-br", "Água"));
        assertThat(WATER.only(language -> true)).isEqualTo(WATER);
        assertThat(WATER.in("fr")).isEmpty();
    }

    @Test
    void nobody_can_change_a_text_from_outside() {
        Map<String, String> given = new HashMap<>(Map.of("en", "Water"));
        LocalizedText text = new LocalizedText(given);
        given.put("en", "Fire");

        assertThat(text.in("en")).contains("Water");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> text.texts().put("en", "Fire"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> text.languages().clear());
    }

    @Test
    void a_text_too_long_for_its_field_is_refused_with_field_and_language() {
        assertThat(WATER.within("title", 5)).isSameAs(WATER);
        assertTooLong("title_en", 5, 4, () -> WATER.within("title", 4));
    }
}

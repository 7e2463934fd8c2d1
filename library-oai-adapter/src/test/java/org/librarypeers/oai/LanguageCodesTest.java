package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the languages that repositories name. */
class LanguageCodesTest {

    @ParameterizedTest
    @CsvSource({
        "en, en, English",
        "' EN ', en, English",
        "eng, en, English",
        "English, en, English",
        "fra, fr, French",
        "fre, fr, French",
        "pt_BR, pt-br, Portuguese",
        "por-BR, pt-br, Portuguese",
        "swahili, sw, Swahili"
    })
    void a_language_has_two_letters_or_three_or_a_name(String text, String code, String name) {
        assertThat(LanguageCodes.find(text)).contains(code);
        assertThat(LanguageCodes.name(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xx", "klingon", "zzz-en", "en-"})
    void other_texts_are_no_languages_and_their_own_names(String text) {
        assertThat(LanguageCodes.find(text)).isEmpty();
        assertThat(LanguageCodes.name(text)).isEqualTo(text);
    }
}

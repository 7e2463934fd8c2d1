package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedLanguagesTest {

    @Test
    void the_preferred_language_is_first_and_rejected_ones_are_omitted() {
        assertThat(AcceptedLanguages.of("en;q=0.5, es-MX, fr;q=0")).containsExactly("es-mx", "en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;;", "en;q=often"})
    void an_invalid_header_names_no_language(String acceptLanguage) {
        assertThat(AcceptedLanguages.of(acceptLanguage)).isEmpty();
    }

    @Test
    void a_missing_header_names_no_language() {
        assertThat(AcceptedLanguages.of(null)).isEmpty();
    }

    @Test
    void the_primary_language_has_no_region() {
        assertThat(AcceptedLanguages.primary("es-mx")).isEqualTo("es");
        assertThat(AcceptedLanguages.primary("es")).isEqualTo("es");
    }
}

package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlEncodingTest {

    @Test
    void a_space_is_encoded_differently_in_paths_and_queries() {
        assertThat(UrlEncoding.path("a b+c/é")).isEqualTo("a%20b%2Bc%2F%C3%A9");
        assertThat(UrlEncoding.parameter("a b+c/é")).isEqualTo("a+b%2Bc%2F%C3%A9");
        assertThat(UrlEncoding.parameter("a b", "c&d")).isEqualTo("a+b=c%26d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b+c%20", "مياه", "\uD83D\uDCD6"})
    void an_encoded_text_can_be_decoded(String text) {
        assertThat(UrlEncoding.decode(UrlEncoding.path(text))).isEqualTo(text);
        assertThat(UrlEncoding.decode(UrlEncoding.parameter(text))).isEqualTo(text);
    }

    @Test
    void a_text_that_is_not_encoded_is_rejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> UrlEncoding.decode("100%"));
    }

    @Test
    void a_query_omits_empty_parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("kind", "pending");
        parameters.put("tag", "");
        parameters.put("language", "pt br");

        assertThat(UrlEncoding.query(parameters)).isEqualTo("kind=pending&language=pt+br");
    }
}

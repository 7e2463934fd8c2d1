package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    private static final byte[] BYTES = "water".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\" ", "*"})
    void a_client_knows_the_tag_in_any_strength(String ifNoneMatch) {
        assertThat(EntityTag.strong("a").isAmong(ifNoneMatch)).isTrue();
        assertThat(new EntityTag("W/\"a\"").isAmong(ifNoneMatch)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"A\"", "\"ab\"", "w/\"a\""})
    void a_client_does_not_know_another_tag(String ifNoneMatch) {
        assertThat(EntityTag.strong("a").isAmong(ifNoneMatch)).isFalse();
    }

    @Test
    void a_client_without_the_header_knows_no_tag() {
        assertThat(EntityTag.strong("a").isAmong(null)).isFalse();
    }

    @Test
    void a_weak_tag_follows_from_the_bytes_and_the_language() {
        assertThat(EntityTag.weak(BYTES)).isEqualTo(EntityTag.weak(BYTES.clone()));
        assertThat(EntityTag.weak(BYTES).value()).matches("W/\"[0-9a-f]{32}\"");
        assertThat(EntityTag.weak(BYTES, "en"))
                .isEqualTo(EntityTag.weak(BYTES, "en"))
                .isNotEqualTo(EntityTag.weak(BYTES, "es"));
        assertThat(EntityTag.weak(new byte[0], "en")).isNotEqualTo(EntityTag.weak(BYTES, "en"));
    }
}

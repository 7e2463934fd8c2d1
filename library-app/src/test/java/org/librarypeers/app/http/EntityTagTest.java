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
    void a_weak_or_strong_tag_matches(String ifNoneMatch) {
        assertThat(EntityTag.strong("a").isAmong(ifNoneMatch)).isTrue();
        assertThat(new EntityTag("W/\"a\"").isAmong(ifNoneMatch)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"A\"", "\"ab\"", "w/\"a\""})
    void another_tag_does_not_match(String ifNoneMatch) {
        assertThat(EntityTag.strong("a").isAmong(ifNoneMatch)).isFalse();
    }

    @Test
    void without_the_header_no_tag_matches() {
        assertThat(EntityTag.strong("a").isAmong(null)).isFalse();
    }

    @Test
    void a_weak_tag_depends_on_the_bytes_and_the_language() {
        assertThat(EntityTag.weak(BYTES)).isEqualTo(EntityTag.weak(BYTES.clone()));
        assertThat(EntityTag.weak(BYTES).value()).matches("W/\"[0-9a-f]{32}\"");
        assertThat(EntityTag.weak(BYTES, "en"))
                .isEqualTo(EntityTag.weak(BYTES, "en"))
                .isNotEqualTo(EntityTag.weak(BYTES, "es"));
        assertThat(EntityTag.weak(new byte[0], "en")).isNotEqualTo(EntityTag.weak(BYTES, "en"));
    }
}

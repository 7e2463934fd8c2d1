package org.librarypeers.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "40, '', PT40S",
        "' 40 ', '', PT40S",
        "0, '', PT0S",
        "'Sun, 01 Mar 2026 12:00:40 GMT', '', PT40S",
        "'Sun, 01 Mar 2026 12:00:40 GMT', 'Sun, 01 Mar 2026 12:00:10 GMT', PT30S",
        "'Sun, 01 Mar 2026 12:00:40 GMT', sometime, PT40S",
        "'Sun, 01 Mar 2026 11:00:00 GMT', '', PT0S",
        "'Fri, 01 Mar 2030 12:00:00 GMT', '', PT24H",
        "99999, '', PT24H",
        "99999999999999999999, '', PT24H",
    })
    void a_stated_wait_is_limited_to_a_day(String retryAfter, String date, Duration wait) {
        assertThat(HttpAnswers.retryAfter(retryAfter, date, NOON)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "2026-03-01T12:00:40Z"})
    void any_other_text_states_no_wait(String text) {
        assertThat(HttpAnswers.retryAfter(text, "", NOON)).isEmpty();
    }

    @Test
    void an_http_date_is_read() {
        assertThat(HttpAnswers.date("Sun, 01 Mar 2026 12:00:00 GMT")).contains(NOON);
        assertThat(HttpAnswers.date("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", " GZIP "})
    void a_compressed_body_is_decompressed(String encoding) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text());
        }

        assertThat(HttpAnswers.decompressed(new ByteArrayInputStream(compressed.toByteArray()), encoding)
                        .orElseThrow())
                .hasBinaryContent(text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity"})
    void another_body_stays_as_it_is(String encoding) throws IOException {
        assertThat(HttpAnswers.decompressed(new ByteArrayInputStream(text()), encoding)
                        .orElseThrow())
                .hasBinaryContent(text());
    }

    @Test
    void a_format_that_was_not_requested_is_not_decompressed() throws IOException {
        assertThat(HttpAnswers.decompressed(new ByteArrayInputStream(text()), "br"))
                .isEmpty();
        assertThatThrownBy(() -> HttpAnswers.decompressed(new ByteArrayInputStream(text()), "gzip"))
                .isInstanceOf(ZipException.class);
    }

    private static byte[] text() {
        return "{\"objects\": []}".getBytes(StandardCharsets.UTF_8);
    }
}

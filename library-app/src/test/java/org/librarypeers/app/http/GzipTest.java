package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate, gzip, br", "x-gzip", "gzip;q=0.5", "gzip; q=0.01"})
    void a_client_accepts_gzip(String acceptEncoding) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip ; q=0.0, br", "gzipped"})
    void a_client_rejects_gzip(String acceptEncoding) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isFalse();
    }

    @Test
    void a_client_without_the_header_does_not_accept_gzip() {
        assertThat(Gzip.isAccepted(null)).isFalse();
    }

    @Test
    void compressed_bytes_can_be_decompressed() throws IOException {
        byte[] bytes = "water ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

        byte[] compressed = Gzip.compress(bytes);

        assertThat(compressed).hasSizeLessThan(bytes.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEqualTo(bytes);
    }
}

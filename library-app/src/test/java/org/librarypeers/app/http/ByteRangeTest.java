package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "Bytes=0-9, 0, 10",
        "bytes=0-10, 0, 10",
        "bytes=3-, 3, 7",
        "bytes=9-9, 9, 1",
        "bytes=9-99999999999999999999, 9, 1",
        "bytes=5-5, 5, 1",
        "bytes=-1, 9, 1",
        "bytes=-10, 0, 10",
        "bytes=-11, 0, 10",
        "bytes=-0, 10, 0",
        "bytes=10-, 0, 0",
        "bytes=99999999999999999999-, 0, 0"
    })
    void a_single_range_is_read_within_the_size(String header, long from, long length) {
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(from, length));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "bytes=a-b", "items=0-1"})
    void anything_else_means_the_whole_file(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @Test
    void the_last_byte_is_included() {
        assertThat(new ByteRange(3, 4).to()).isEqualTo(6);
    }
}

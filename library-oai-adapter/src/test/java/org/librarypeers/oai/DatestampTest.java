package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of times as repositories write them. */
class DatestampTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-30, 2026-11-30T00:00:00Z",
        "' 2026-11-30T12:00:00Z ', 2026-11-30T12:00:00Z",
        "2026-11-30T12:00:00.5Z, 2026-11-30T12:00:00.5Z",
        "2026-11-30T12:00:00+02:00, 2026-11-30T10:00:00Z",
        "2026-11-30T12:00:00, 2026-11-30T12:00:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void a_time_is_read_with_or_without_a_zone(String text, Instant time) {
        assertThat(Datestamp.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2026-13-01", "2026-11-30T12", "0000-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"
            })
    void other_texts_and_years_that_cannot_be_sent_are_no_times(String text) {
        assertThat(Datestamp.parse(text)).isEmpty();
    }

    @Test
    void a_repository_states_days_or_seconds() {
        Instant time = Instant.parse("2026-11-30T12:34:56.789Z");

        assertThat(Granularity.of("yyyy-mm-ddThh:mm:SSZ")).isEqualTo(Granularity.SECOND);
        assertThat(Granularity.of("YYYY-MM-DD")).isEqualTo(Granularity.DAY);
        assertThat(Granularity.SECOND.format(time)).isEqualTo("2026-11-30T12:34:56Z");
        assertThat(Granularity.DAY.format(time)).isEqualTo("2026-11-30");
        assertThat(Granularity.SECOND.unit()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Granularity.DAY.unit()).isEqualTo(Duration.ofDays(1));
    }
}

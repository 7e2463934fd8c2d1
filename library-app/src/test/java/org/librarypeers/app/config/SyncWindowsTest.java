package org.librarypeers.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncWindowsTest {

    private static SyncWindows windows(String zone, String... windows) {
        return new SyncWindows(
                Arrays.stream(windows).map(SyncWindows.Window::of).toList(), ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T16:59:59Z, 2026-03-28T17:00:00Z",
        "2026-03-28T17:00:00Z, 2026-03-28T17:00:00Z",
        "2026-03-28T22:30:00Z, 2026-03-28T22:30:00Z",
        "2026-03-29T02:59:59Z, 2026-03-29T02:59:59Z",
        "2026-03-29T03:00:00Z, 2026-03-29T09:30:00Z",
        "2026-03-29T10:30:00Z, 2026-03-29T17:00:00Z"
    })
    void syncs_start_in_a_window_or_at_the_next_opening(Instant from, Instant earliest) {
        // Nairobi is three hours ahead of UTC.
        assertThat(windows("Africa/Nairobi", "20:00-06:00", "12:30-13:30").earliest(from))
                .isEqualTo(earliest);
    }

    @ParameterizedTest
    @CsvSource({
        // The clock goes from 02:00 to 03:00 on this day.
        "2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        // And from 03:00 back to 02:00 on this one.
        "2026-10-24T23:30:00Z, 2026-10-25T00:00:00Z",
        "2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z, 2026-10-25T01:30:00Z"
    })
    void the_clock_of_the_zone_may_be_changed(Instant from, Instant earliest) {
        assertThat(windows("Europe/Berlin", "02:00-04:00").earliest(from)).isEqualTo(earliest);
    }

    @Test
    void midnight_may_end_a_window_and_no_window_means_any_time() {
        Instant night = Instant.parse("2026-03-28T23:59:59Z");
        assertThat(windows("UTC", "20:00-24:00").earliest(night)).isEqualTo(night);
        assertThat(windows("UTC", "20:00-24:00").earliest(night.plusSeconds(1)))
                .isEqualTo(Instant.parse("2026-03-29T20:00:00Z"));
        assertThat(windows("UTC").earliest(night)).isEqualTo(night);
        assertThat(Settings.SYNC_WINDOWS.type().parse("any")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"20-6", "20:00", "20:00-20:00", "25:00-26:00", "20:61-21:00", "24:00-00:00", "night"})
    void anything_else_is_rejected(String text) {
        assertThatThrownBy(() -> Settings.SYNC_WINDOWS.type().parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

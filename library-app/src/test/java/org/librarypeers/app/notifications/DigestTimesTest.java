package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.sync.notifications.NotificationFrequency;

/** Tests of the times at which digests are sent. 4 May 2026 is a Monday. */
class DigestTimesTest {

    private final DigestTimes times = new DigestTimes(7, ZoneId.of("Africa/Nairobi"));

    @ParameterizedTest
    @CsvSource({
        "DAILY, 2026-05-05T03:59:59Z, 2026-05-05T04:00:00Z",
        "DAILY, 2026-05-05T04:00:00Z, 2026-05-06T04:00:00Z",
        "DAILY, 2026-05-05T22:30:00Z, 2026-05-06T04:00:00Z",
        "WEEKLY, 2026-05-04T03:59:59Z, 2026-05-04T04:00:00Z",
        "WEEKLY, 2026-05-04T04:00:00Z, 2026-05-11T04:00:00Z",
        "WEEKLY, 2026-05-05T04:00:00Z, 2026-05-11T04:00:00Z"
    })
    void the_next_digest_comes_at_the_hour_of_its_zone(NotificationFrequency frequency, Instant after, Instant next) {
        assertThat(times.next(frequency, after)).isEqualTo(next);
    }
}

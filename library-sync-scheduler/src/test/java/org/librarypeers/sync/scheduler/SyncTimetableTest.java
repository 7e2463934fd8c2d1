package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.contract.Samples;

class SyncTimetableTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:59:00Z");
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    private static SyncTimetable timetable(double chance) {
        return timetable(SIX_HOURS, () -> chance);
    }

    private static SyncTimetable timetable(Duration every, DoubleSupplier chance) {
        return new SyncTimetable(() -> every, Duration.ofDays(1), 1, chance, UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "3, 60", "4, 120", "5, 240", "6, 360", "7, 360", "2000000000, 360"})
    void failures_in_a_row_are_waited_for_longer_each_time_up_to_the_usual_wait(int failures, int minutes) {
        assertThat(timetable(0.5).afterFailure(NOW, failures)).isEqualTo(NOW.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void a_peer_that_is_synced_every_few_minutes_is_not_waited_for_longer_after_a_failure() {
        SyncTimetable quick = timetable(Duration.ofMinutes(10), () -> 0.5);
        assertThat(quick.afterFailure(NOW, 3)).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    }

    @Test
    void every_wait_varies_within_its_bounds() {
        Instant until = NOW.plus(Duration.ofHours(1));
        record Wait(BiFunction<SyncTimetable, Instant, Instant> next, long fromSeconds, long toSeconds) {}
        for (Wait wait : List.of(
                new Wait(SyncTimetable::first, 0, 120),
                new Wait((timetable, now) -> timetable.afterSuccess(now, SIX_HOURS), 19_440, 23_760),
                new Wait(SyncTimetable::afterBusy, 216, 264),
                new Wait(SyncTimetable::afterOutage, 9, 11),
                new Wait(SyncTimetable::afterStop, 0, 60),
                new Wait((timetable, now) -> timetable.afterFailure(now, 1), 810, 990),
                new Wait((timetable, now) -> timetable.afterThrottle(now, until), 3_600, 3_720))) {
            assertThat(wait.next().apply(timetable(0), NOW)).isEqualTo(NOW.plusSeconds(wait.fromSeconds()));
            assertThat(wait.next().apply(timetable(ALMOST_ONE), NOW))
                    .isBetween(NOW.plusSeconds(wait.toSeconds() - 1), NOW.plusSeconds(wait.toSeconds()));
        }
    }

    @Test
    void a_time_that_is_not_permitted_is_moved_to_soon_after_the_next_one_that_is() {
        Instant opening = NOW.plus(Duration.ofDays(8));
        UnaryOperator<Instant> fromOpening = time -> time.isBefore(opening) ? opening : time;
        Instant until = NOW.plusSeconds(5);
        for (BiFunction<SyncTimetable, Instant, Instant> next : List.<BiFunction<SyncTimetable, Instant, Instant>>of(
                SyncTimetable::first,
                (timetable, now) -> timetable.afterSuccess(now, SIX_HOURS),
                SyncTimetable::afterBusy,
                SyncTimetable::afterStop,
                SyncTimetable::permitted,
                (timetable, now) -> timetable.afterFailure(now, 1),
                (timetable, now) -> timetable.afterThrottle(now, until))) {
            SyncTimetable limited = new SyncTimetable(() -> SIX_HOURS, Duration.ofDays(1), 1, () -> 0.5, fromOpening);
            Instant due = next.apply(limited, NOW);
            assertThat(due).isEqualTo(opening.plusSeconds(60));
            assertThat(limited.isTooFar(due, NOW)).isFalse();
            assertThat(limited.permitted(due)).isEqualTo(due);
        }
    }

    @Test
    void a_throttle_that_is_over_at_once_is_waited_for_all_the_same() {
        assertThat(timetable(0).afterThrottle(NOW, NOW.minusSeconds(5))).isEqualTo(NOW.plusSeconds(60));
        assertThat(timetable(0).afterThrottle(NOW, NOW.plusSeconds(61))).isEqualTo(NOW.plusSeconds(61));
    }

    @Test
    void a_throttle_of_more_than_the_longest_wait_counts_as_an_error_of_a_clock() {
        Instant longest = NOW.plus(SyncScheduler.MAX_INTERVAL).plus(Duration.ofDays(1));

        assertThat(timetable(0).afterThrottle(NOW, longest.minusSeconds(1))).isEqualTo(longest.minusSeconds(1));
        assertThat(timetable(0).afterThrottle(NOW, longest.plusSeconds(1))).isEqualTo(longest);
    }

    @Test
    void a_run_is_too_far_away_if_nothing_could_have_scheduled_it_now() {
        Instant latest =
                NOW.plus(SyncScheduler.MAX_INTERVAL).plus(Duration.ofDays(1)).plus(Duration.ofMinutes(6));

        assertThat(timetable(0).isTooFar(latest, NOW)).isFalse();
        assertThat(timetable(0).isTooFar(latest.plusNanos(1), NOW)).isTrue();
    }

    @Test
    void a_peer_has_its_own_interval_or_that_of_all() {
        Peer peer = Samples.peer(new PeerId(1), "https://orb.example.org");

        assertThat(timetable(0).interval(peer)).isEqualTo(SIX_HOURS);
        assertThat(timetable(0)
                        .interval(peer.toBuilder().interval(Duration.ofHours(2)).build()))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void all_waits_are_shorter_in_tests_by_the_speed_up() {
        SyncTimetable fast =
                new SyncTimetable(() -> SIX_HOURS, Duration.ofDays(1), 60, () -> 0.5, UnaryOperator.identity());

        assertThat(fast.afterSuccess(NOW, SIX_HOURS)).isEqualTo(NOW.plus(Duration.ofMinutes(6)));
        assertThat(fast.first(NOW)).isEqualTo(NOW.plusSeconds(1));
        assertThat(fast.afterThrottle(NOW, NOW)).isEqualTo(NOW.plusSeconds(2));
        assertThat(fast.isLongAgo(NOW.minus(Duration.ofMinutes(24)), NOW)).isTrue();
    }
}

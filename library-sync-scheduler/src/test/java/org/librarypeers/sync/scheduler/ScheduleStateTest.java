package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.SyncScope;

/** Tests of the state that is passed from one run of a peer to the next. */
class ScheduleStateTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:59:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SyncTimetable TIMETABLE =
            new SyncTimetable(() -> HOUR, DAY, 1, () -> 0.5, UnaryOperator.identity());

    private static ScheduleState reconciled(Instant time) {
        return ScheduleState.NEW.succeeded(SyncScope.EVERYTHING, time);
    }

    private static SyncScope scope(ScheduleState state) {
        return state.scope(TIMETABLE, NOW);
    }

    @Test
    void everything_is_read_again_when_the_last_time_was_long_ago() {
        assertThat(scope(ScheduleState.NEW)).isEqualTo(SyncScope.CHANGES);
        assertThat(scope(ScheduleState.READ_BEFORE)).isEqualTo(SyncScope.EVERYTHING);
        assertThat(scope(reconciled(NOW.minus(DAY)))).isEqualTo(SyncScope.EVERYTHING);
        assertThat(scope(reconciled(NOW.minus(DAY).plusNanos(1)))).isEqualTo(SyncScope.CHANGES);
    }

    @Test
    void a_time_that_a_wrong_clock_wrote_does_not_postpone_it() {
        assertThat(scope(reconciled(NOW.plus(Duration.ofMinutes(2))))).isEqualTo(SyncScope.CHANGES);
        assertThat(scope(reconciled(NOW.plus(Duration.ofMinutes(2)).plusNanos(1))))
                .isEqualTo(SyncScope.EVERYTHING);
    }

    @Test
    void only_a_first_or_a_complete_run_counts_as_reading_everything() {
        ScheduleState read = reconciled(NOW);

        assertThat(ScheduleState.NEW.succeeded(SyncScope.CHANGES, NOW).reconciled())
                .isEqualTo(NOW);
        assertThat(read.succeeded(SyncScope.CHANGES, NOW.plus(HOUR)).reconciled())
                .isEqualTo(NOW);
        assertThat(read.succeeded(SyncScope.EVERYTHING, NOW.plus(HOUR)).reconciled())
                .isEqualTo(NOW.plus(HOUR));
    }

    @Test
    void failures_are_counted_until_the_peer_answers() {
        ScheduleState failed = reconciled(NOW).failed().failed();

        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.answered()).isEqualTo(reconciled(NOW));
        assertThat(failed.succeeded(SyncScope.CHANGES, NOW).failures()).isZero();
    }

    @Test
    void a_changed_interval_matters_only_to_a_run_that_it_determined() {
        ScheduleState waiting = ScheduleState.NEW.scheduled(NOW).waiting(HOUR);

        assertThat(waiting.isOutdated(DAY)).isTrue();
        assertThat(waiting.isOutdated(HOUR)).isFalse();
        assertThat(waiting.due().isOutdated(DAY)).isFalse();
        assertThat(waiting.due().scheduled()).isEqualTo(NOW);
        assertThat(ScheduleState.NEW.waiting(HOUR).isOutdated(DAY)).isFalse();
        assertThat(waiting.scheduled(NOW.plus(HOUR)).interval()).isEqualTo(HOUR);
    }

    @Test
    void a_run_that_a_clock_ahead_of_this_one_scheduled_is_recognized() {
        assertThat(ScheduleState.NEW.isScheduledAhead(NOW)).isFalse();
        assertThat(ScheduleState.NEW.scheduled(NOW.plus(Duration.ofMinutes(2))).isScheduledAhead(NOW))
                .isFalse();
        assertThat(ScheduleState.NEW.scheduled(NOW.plus(Duration.ofMinutes(3))).isScheduledAhead(NOW))
                .isTrue();
    }

    @Test
    void a_peer_that_was_never_reconciled_on_the_schedule_shows_no_time() {
        assertThat(ScheduleState.READ_BEFORE.shown(NOW, true)).isEqualTo(new PeerSchedule(NOW, true, 0, null));
        assertThat(reconciled(NOW).failed().shown(NOW, false)).isEqualTo(new PeerSchedule(NOW, false, 1, NOW));
    }
}

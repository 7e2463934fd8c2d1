package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.SettableClock;

/** Tests of the schedule with clocks that are wrong, or are set back. */
@Timeout(60)
class ScheduleClockTest extends ScheduleFixture {

    @Test
    void what_was_decided_on_while_the_clock_was_ahead_is_done_at_once_when_it_is_right_again() {
        Peer peer = add(site);
        Instant ahead = NOON.plus(Duration.ofDays(400));
        at(ahead);
        at(ahead.plusSeconds(60));
        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next().get(peer.id())).isAfter(ahead);

        at(NOON);

        assertThat(runs(peer)).hasSize(2);
        assertThat(schedule.next()).containsEntry(peer.id(), NOON.plus(SIX_HOURS));
        // The reconciliation of the following year does not count for this year.
        assertThat(runs(peer).get(0).since()).isNull();
    }

    @Test
    void a_clock_that_was_ahead_by_less_than_a_wait_is_noticed_too() {
        Peer peer = add(site);
        at(NOON.plus(Duration.ofHours(1)));

        at(NOON);

        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next()).containsEntry(peer.id(), NOON.plus(SIX_HOURS));
    }

    @Test
    void a_time_that_no_wait_leads_to_is_mended_whoever_wrote_it() {
        Peer peer = add(site);
        at(NOON);
        database.execute("update sync_schedule set execution_time = '" + NOON.plus(Duration.ofDays(300)) + "'");

        at(NOON.plusSeconds(30));

        assertThat(runs(peer)).hasSize(1);
        assertThat(schedule.next())
                .containsEntry(peer.id(), NOON.plusSeconds(30).plus(SIX_HOURS));
    }

    @Test
    void a_peer_that_says_it_may_be_asked_in_a_year_is_asked_within_days() {
        site.next(LIST, throttledFor(Duration.ofDays(365)));
        Peer peer = add(site);
        at(NOON);
        Instant first = next(peer);

        assertThat(schedule.next().get(peer.id())).isBetween(first, first.plus(Duration.ofDays(9)));
        at(first.plusSeconds(30));
        assertThat(runs(peer)).hasSize(1);
    }

    @Test
    void a_run_whose_node_died_while_its_clock_was_ahead_is_taken_over() {
        Peer peer = add(site);
        at(NOON);
        database.execute("update sync_schedule set picked = true, picked_by = 'gone', last_heartbeat = '"
                + NOON.plus(Duration.ofDays(400)) + "'");
        at(NOON.plusSeconds(90));

        time.set(NOON.plus(Duration.ofMinutes(6)));
        engine.runDeadExecutionDetection();
        at(time.instant());

        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_run_during_which_the_clock_goes_back_lasts_no_negative_time() {
        site.beforeList(list -> time.set(NOON.minus(Duration.ofHours(3))));
        Peer peer = add(site);
        at(NOON);
        time.set(NOON.plusSeconds(60));
        engine.runAnyDueExecutions();

        SyncLog run = runs(peer).get(0);
        assertThat(run.finished()).isEqualTo(run.started());
    }

    @Test
    void an_engine_goes_on_when_the_clock_goes_back_by_a_year() {
        // The clock advances by itself, because the engine waits by the clock.
        SettableClock clock = new SettableClock(InstantSource.system());
        clock.setAhead(Duration.ofDays(365));
        try (SyncScheduler real = SyncScheduler.builder(storage.connections(), elsewhere, storage)
                .clock(clock)
                .speedUp(100)
                .chance(() -> 0.0)
                .build()) {
            Peer peer = add(site);
            real.start();
            await("it is synced", () -> !runs(peer).isEmpty() && !isPicked());

            clock.setAhead(Duration.ZERO);

            await("it is synced again", () -> runs(peer).size() > 1);
        }
    }

    private boolean isPicked() {
        return !database.texts("select task_instance from sync_schedule where picked")
                .isEmpty();
    }
}

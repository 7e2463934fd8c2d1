package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/** Tests of starting, closing, stalling and dying schedules. */
@Timeout(60)
class ScheduleLifecycleTest extends ScheduleFixture {

    @Test
    void a_run_whose_node_died_is_taken_over() {
        Peer peer = add(site);
        at(NOON);
        database.execute("update sync_schedule set picked = true, picked_by = 'gone', last_heartbeat = '" + NOON + "'");
        at(NOON.plusSeconds(90));
        engine.runDeadExecutionDetection();
        assertThat(runs(peer)).isEmpty();

        time.set(NOON.plus(Duration.ofMinutes(4)));
        engine.runDeadExecutionDetection();
        at(time.instant());
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_schedule_that_stands_still_says_so_and_one_that_nobody_keeps_does_not() {
        // Intervals are a thousandth of the usual ones, and the engine runs only on request.
        SyncScheduler still = manual(elsewhere).speedUp(1_000).build();
        try (still) {
            add(site);
            still.runUpkeep();
            assertThat(still.standstill()).isEmpty();
            still.start();
            assertThat(still.standstill()).isEmpty();

            time.set(NOON.plus(Duration.ofHours(1)));

            await("it stands still", () -> still.standstill().isPresent());
            assertThat(still.standstill()).get().asString().contains("stalled", "no peer is being synced");
        }
        assertThat(still.standstill()).isEmpty();
    }

    @Test
    void it_is_started_once() {
        try (SyncScheduler other = anotherNode().build()) {
            assertThat(other.next()).isEmpty();
            assertThat(other.isStarted()).isFalse();

            other.start();

            assertThat(other.isStarted()).isTrue();
            assertThatIllegalStateException().isThrownBy(other::start);
        }
    }

    @Test
    void it_may_be_closed_whether_started_or_not_and_more_than_once_and_stays_closed() {
        SyncScheduler unstarted = anotherNode().build();
        unstarted.close();
        assertThatIllegalStateException().isThrownBy(unstarted::start);

        SyncScheduler started = anotherNode().build();
        started.start();
        started.close();
        started.close();
        assertThat(started.isStarted()).isFalse();
        assertThatIllegalStateException().isThrownBy(started::start);
        assertThat(started.next()).isEmpty();
    }

    private SyncScheduler.Builder anotherNode() {
        return SyncScheduler.builder(storage.connections(), elsewhere, storage);
    }
}

package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
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
        at(time.now());
        assertThat(runs(peer)).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_schedule_that_stands_still_says_so_and_one_that_nobody_keeps_does_not() {
        // Intervals are a thousandth of the usual ones, and the engine runs only on request.
        Schedule still = new Schedule(
                storage,
                storage.connections(),
                elsewhere,
                new ScheduleClock(),
                new SyncTimetable(SIX_HOURS, 1_000, () -> 0.5),
                (connections, tasks) -> new ManualSchedulerBuilder(connections, tasks).clock(time));
        try (still) {
            add(site);
            still.look();
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
    void it_is_started_once_and_may_be_closed_whether_started_or_not() {
        Schedule other = new Schedule(storage, storage.connections(), sync, new ScheduleClock(), SIX_HOURS);
        assertThat(other.next()).isEmpty();
        other.close();
        other.start();
        assertThatThrownBy(other::start).isInstanceOf(IllegalStateException.class);
        other.close();
        other.close();
        assertThat(other.next()).isEmpty();
    }
}

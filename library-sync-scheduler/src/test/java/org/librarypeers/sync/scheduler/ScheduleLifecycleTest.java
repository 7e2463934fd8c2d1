package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.ScriptedOrbSites;
import org.librarypeers.sync.contract.Samples;

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
    void the_peers_of_a_dead_node_are_taken_over_by_the_others_and_each_by_one() throws Exception {
        int peers = 30;
        try (ScriptedOrbSites sites = new ScriptedOrbSites(peers);
                SyncScheduler second = manual(elsewhere).build();
                SyncScheduler third = manual(sync).build()) {
            List<Peer> all = sites.all().stream().map(this::add).toList();
            at(NOON);
            // A node that has just started a run of each peer, and dies. Its leases end by the clock of the database.
            database.execute(
                    "update sync_schedule set picked = true, picked_by = 'gone', last_heartbeat = '" + NOON + "'");
            database.execute("insert into harvest (peer_id, lease_owner, lease_until)"
                    + " select id, gen_random_uuid(), clock_timestamp() from peer");
            all.forEach(peer ->
                    storage.syncLogs().save(SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, NOON)));
            List<ManualScheduler> others = List.of(engine, engine(second), engine(third));

            // The engine of the tests gives a node six heartbeats of 30 seconds. The real one gives it four.
            time.set(NOON.plusSeconds(179));
            others.forEach(ManualScheduler::runDeadExecutionDetection);
            assertThat(schedule.next()).isEmpty();

            time.set(NOON.plusSeconds(181));
            others.forEach(ManualScheduler::runDeadExecutionDetection);
            assertThat(schedule.next()).hasSize(peers);
            CompletableFuture.allOf(others.stream()
                            .map(each -> CompletableFuture.runAsync(() -> runAll(each)))
                            .toArray(CompletableFuture<?>[]::new))
                    .get(60, TimeUnit.SECONDS);

            assertThat(all)
                    .allSatisfy(peer -> assertThat(runs(peer))
                            .extracting(SyncLog::status)
                            .containsExactly(SyncStatus.SUCCEEDED, SyncStatus.INTERRUPTED));
            assertThat(sites.overlapping()).isEmpty();
            assertThat(sites.requests()).isEqualTo(2 * peers);
            System.out.println(
                    "proof: " + peers + " peers of a dead node were taken over 181 s after its last heartbeat,"
                            + " and none after 179 s (settable clock)");
        }
    }

    private static ManualScheduler engine(SyncScheduler scheduler) {
        return (ManualScheduler) scheduler.engine();
    }

    private void runAll(ManualScheduler node) {
        while (schedule.next().values().stream().anyMatch(due -> !due.isAfter(time.instant()))) {
            node.runAnyDueExecutions();
        }
    }

    @Test
    void nodes_that_start_together_plan_each_first_sync_once_and_spread_the_syncs() {
        int peers = 300;
        storage.inTransaction(() -> {
            for (int i = 0; i < peers; i++) {
                save(Samples.peer(storage.peers().nextId(), "https://peer" + i + ".example")
                        .withSyncsAutomatically(true));
            }
        });
        List<SyncScheduler> nodes = List.of(random().build(), random().build(), random().build());
        CompletableFuture.allOf(nodes.stream()
                        .map(node -> CompletableFuture.runAsync(node::runUpkeep))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        Map<PeerId, Instant> planned = schedule.next();
        nodes.forEach(SyncScheduler::runUpkeep);

        assertThat(planned).hasSize(peers);
        assertThat(schedule.next()).isEqualTo(planned);
        assertThat(planned.values()).allMatch(due -> !due.isBefore(NOON) && !due.isAfter(NOON.plusSeconds(120)));
        // Each quarter of the time has a fair part.
        assertThat(planned.values().stream()
                        .collect(Collectors.groupingBy(
                                due -> Duration.between(NOON, due).toSeconds() / 30, Collectors.counting())))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy((quarter, number) -> assertThat(number).isLessThan(peers / 2));
        nodes.forEach(SyncScheduler::close);
    }

    private SyncScheduler.Builder random() {
        return SyncScheduler.builder(storage.connections(), elsewhere, storage).clock(time);
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

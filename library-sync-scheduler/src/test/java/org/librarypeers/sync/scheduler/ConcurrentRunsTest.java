package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.scheduler.ScheduleFixture.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedOrbSites;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;

/** Tests of the limit that scheduled runs and runs that callers start share. */
@Timeout(60)
class ConcurrentRunsTest {

    private static final int PEERS = 8;

    private final TestDatabase database = TestDatabase.create();
    private final ScriptedOrbSites sites = new ScriptedOrbSites(PEERS);
    private final JpaStorage storage = database.openStorage();
    private final HttpPeerClient client = HttpPeerClient.builder().build();
    private final SyncService sync =
            SyncService.builder().storage(storage).client(client).build();
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @BeforeEach
    void hold() {
        sites.all()
                .forEach(site -> site.beforeList(list -> {
                    most.accumulateAndGet(held.incrementAndGet(), Math::max);
                    awaitOpen();
                    held.decrementAndGet();
                }));
    }

    private void awaitOpen() {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        open.countDown();
        sync.close();
        client.close();
        storage.close();
        sites.close();
    }

    private Peer peer(int number, boolean scheduled) {
        ScriptedOrbSite site = sites.all().get(number);
        Peer peer = site.peer(storage.peers().nextId()).withSyncsAutomatically(scheduled);
        storage.peers().save(peer);
        return peer;
    }

    private SyncScheduler scheduler(int concurrent) {
        return SyncScheduler.builder(storage.connections(), sync, storage)
                .concurrentRuns(concurrent)
                .speedUp(100)
                .build();
    }

    private boolean isSynced(Peer peer) {
        return storage.syncLogs().recent(peer.id(), 1).stream().anyMatch(run -> run.status() == SyncStatus.SUCCEEDED);
    }

    @Test
    void scheduled_runs_leave_one_to_callers_and_all_together_keep_to_the_limit() {
        List<Peer> scheduled = List.of(peer(0, true), peer(1, true), peer(2, true), peer(3, true), peer(4, true));
        try (SyncScheduler scheduler = scheduler(3)) {
            scheduler.start();
            await("two scheduled runs", () -> held.get() == 2);

            assertThat(scheduler.runNow(peer(5, false), SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
            assertThat(scheduler.runNow(peer(6, false), SyncScope.CHANGES)).isEqualTo(new RunStart.Full());
            await("three runs", () -> held.get() == 3);

            open.countDown();
            await("all are synced", () -> scheduled.stream().allMatch(this::isSynced));
            assertThat(most).hasValue(3);
        }
    }

    @Test
    void a_scheduled_run_waits_for_callers_that_use_all_runs() {
        try (SyncScheduler scheduler = scheduler(1)) {
            Peer first = peer(0, false);
            assertThat(scheduler.runNow(first, SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
            Peer scheduled = peer(1, true);
            scheduler.start();
            awaitClaim();
            assertThat(storage.syncLogs().recent(null, PEERS)).hasSize(1);

            open.countDown();

            await("both are synced", () -> isSynced(first) && isSynced(scheduled));
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void a_scheduled_run_that_waits_is_left_to_other_nodes_when_its_node_stops() {
        peer(1, true);
        try (SyncScheduler scheduler = scheduler(1)) {
            assertThat(scheduler.runNow(peer(0, false), SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
            scheduler.start();
            awaitClaim();
        }

        assertThat(database.texts("select picked::text || ' ' || (task_data ->> 'failures') from sync_schedule"))
                .containsOnly("false 0");
        assertThat(storage.syncLogs().recent(null, PEERS))
                .extracting(SyncLog::status)
                .containsExactly(SyncStatus.INTERRUPTED);
    }

    /** Waits until the schedule has claimed a peer, which may also be the one that a caller has synced first. */
    private void awaitClaim() {
        await(
                "a scheduled run is claimed",
                () -> !database.texts("select task_instance from sync_schedule where picked")
                        .isEmpty());
    }
}

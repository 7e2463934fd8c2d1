package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.StorageException;

/** Tests of a scheduler in an application with its own storage, which only has a database for the schedule. */
@Timeout(60)
class SyncSchedulerTest {

    private final TestDatabase database = TestDatabase.createEmpty();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemoryPeerClient client = new InMemoryPeerClient();
    private final SyncService sync =
            SyncService.builder().storage(storage).client(client).build();

    @AfterEach
    void close() {
        sync.close();
    }

    private SyncScheduler.Builder builder() {
        return SyncScheduler.builder(database.connections(), sync, storage);
    }

    private Peer add() {
        PeerId id = storage.peers().nextId();
        Peer peer = Samples.peer(id, "https://peer" + id + ".example").withSyncsAutomatically(true);
        storage.peers().save(peer);
        client.connect(peer.host().orElseThrow(), new InMemoryStorage());
        return peer;
    }

    private boolean isSynced(Peer peer) {
        return storage.syncLogs().recent(peer.id(), 1).stream().anyMatch(run -> run.status() == SyncStatus.SUCCEEDED);
    }

    @Test
    void a_scheduler_on_its_own_table_syncs_a_peer_and_tells_when_it_is_due_again() {
        database.execute("create schema app");
        Peer peer = add();
        try (SyncScheduler scheduler =
                builder().tableName("app.peer_schedule").speedUp(1_000).build()) {
            scheduler.createTableIfMissing();
            scheduler.createTableIfMissing();
            assertThat(scheduler.find(peer.id())).isEmpty();

            scheduler.start();

            ScheduleFixture.await(
                    "the sync of the peer",
                    () -> isSynced(peer)
                            && scheduler
                                    .find(peer.id())
                                    .filter(state -> !state.running() && state.reconciled() != null)
                                    .isPresent());
            PeerSchedule state = scheduler.find(peer.id()).orElseThrow();
            assertThat(state.failures()).isZero();
            // Usually the first run. A node that is slow may lose it to the next one, and then that one reconciles.
            assertThat(storage.syncLogs().recent(peer.id(), 100))
                    .extracting(SyncLog::started)
                    .contains(state.reconciled());
            assertThat(state.due()).isBefore(Instant.now().plus(Duration.ofMinutes(1)));
        }
    }

    @Test
    void a_peer_is_synced_on_request_without_a_schedule() {
        Peer peer = add();
        try (SyncScheduler scheduler = builder().build()) {
            assertThat(scheduler.runNow(peer, SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);

            ScheduleFixture.await("the sync of the peer", () -> isSynced(peer));
        }
    }

    @Test
    void the_table_is_the_same_as_the_one_of_the_storage_on_postgresql() {
        try (SyncScheduler scheduler = builder().build()) {
            scheduler.createTableIfMissing();
        }
        String columns = "select string_agg(column_name || ' ' || data_type || ' ' || is_nullable, ', '"
                + " order by ordinal_position) from information_schema.columns where table_name = 'sync_schedule'";
        String keys = "select indexdef from pg_indexes where tablename = 'sync_schedule'";

        TestDatabase migrated = TestDatabase.create();

        assertThat(database.texts(columns)).isEqualTo(migrated.texts(columns)).doesNotContainNull();
        assertThat(database.texts(keys)).isEqualTo(migrated.texts(keys)).hasSize(1);
    }

    @Test
    void a_missing_table_is_a_failure_of_the_storage() {
        try (SyncScheduler scheduler = builder().build()) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(scheduler::next)
                    .withMessageContaining("sync_schedule");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> scheduler.find(new PeerId(1)))
                    .withMessageContaining("sync_schedule");
        }
    }

    @Test
    void peers_that_are_added_together_are_not_synced_together() {
        for (int i = 0; i < 50; i++) {
            add();
        }
        try (SyncScheduler scheduler = builder().build()) {
            scheduler.createTableIfMissing();
            scheduler.runUpkeep();

            Map<PeerId, Instant> times = scheduler.next();
            assertThat(times).hasSize(50);
            assertThat(times.values().stream().distinct().count()).isGreaterThan(40);
        }
    }

    @Test
    void building_does_no_io() {
        DataSource refusing = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("a connection was requested");
                });

        assertThatNoException()
                .isThrownBy(() ->
                        SyncScheduler.builder(refusing, sync, storage).build().close());
    }

    @Test
    void a_setting_out_of_range_is_refused_with_its_name_and_value() {
        assertRefused(builder -> builder.interval(Duration.ofSeconds(59)), "interval", "PT59S");
        assertRefused(
                builder -> builder.interval(SyncScheduler.MAX_INTERVAL.plusMillis(1)), "interval", "PT168H0.001S");
        assertRefused(builder -> builder.reconciliationInterval(Duration.ZERO), "reconciliationInterval", "PT0S");
        assertRefused(builder -> builder.pollingInterval(Duration.ofSeconds(-1)), "pollingInterval", "PT-1S");
        assertRefused(builder -> builder.heartbeatInterval(Duration.ZERO), "heartbeatInterval", "PT0S");
        assertRefused(builder -> builder.concurrentRuns(0), "concurrentRuns", "0");
        assertRefused(builder -> builder.speedUp(0), "speedUp", "0");
        assertRefused(builder -> builder.tableName("a; drop table b"), "tableName", "a; drop table b");

        builder()
                .interval(SyncScheduler.MAX_INTERVAL)
                .interval(Duration.ofMinutes(1))
                .concurrentRuns(1);
    }

    private void assertRefused(UnaryOperator<SyncScheduler.Builder> setting, String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.apply(builder()))
                .withMessageStartingWith(name)
                .withMessageContaining(value);
    }
}

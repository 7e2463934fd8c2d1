package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.SiteAnswer;
import org.librarypeers.http.SiteFault;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/** A schedule on a real database and with real sites. The tests set the time, and the random values are fixed. */
abstract class ScheduleFixture {

    static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    static final Duration SIX_HOURS = Duration.ofHours(6);
    static final String LIST = "/api/v1/resource/";

    final SettableClock time = new SettableClock(NOON);
    final ScriptedOrbSite site = new ScriptedOrbSite();
    TestDatabase database;
    JpaStorage storage;
    SyncService sync;

    /** The service of another node, which has the right time. */
    SyncService elsewhere;

    /** The peer at which this library fails. */
    PeerId broken;

    /** The failure at that peer. */
    RuntimeException failure = new IllegalStateException("two\nlines");

    SyncScheduler schedule;
    ManualScheduler engine;
    private HttpPeerClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        storage = database.openStorage();
        client = HttpPeerClient.builder()
                .clock(time)
                .pageSize(2)
                .maxWait(Duration.ZERO)
                .build();
        sync = SyncService.builder()
                .storage(storage)
                .client(new Client())
                .clock(time)
                .build();
        elsewhere = SyncService.builder().storage(storage).client(client).build();
        schedule = manual(sync).build();
        engine = (ManualScheduler) schedule.engine();
    }

    /** Returns a builder of a schedule that runs due peers on request only. */
    final SyncScheduler.Builder manual(SyncService service) {
        return SyncScheduler.builder(storage.connections(), service, storage)
                .clock(time)
                .interval(SIX_HOURS)
                .chance(() -> 0.5)
                .engine((connections, tasks) ->
                        new ManualSchedulerBuilder(connections, tasks).clock(new EngineClock()));
    }

    @AfterEach
    void stop() {
        schedule.close();
        site.close();
        client.close();
        storage.close();
    }

    /** The clock of the engine, which shows the time of the tests. The engine's test helper requires this type. */
    private final class EngineClock extends com.github.kagkarlsson.scheduler.testhelper.SettableClock {
        @Override
        public Instant now() {
            return time.instant();
        }
    }

    private final class Client implements PeerClient {
        @Override
        public PeerSession open(Peer peer) {
            if (peer.id().equals(broken)) {
                throw failure;
            }
            return client.open(peer);
        }

        @Override
        public PeerCheck check(Peer peer) {
            return client.check(peer);
        }
    }

    Peer add(ScriptedOrbSite at) {
        Peer peer = at.peer(storage.peers().nextId()).withSyncsAutomatically(true);
        save(peer);
        return peer;
    }

    void save(Peer peer) {
        storage.peers().save(peer);
    }

    void at(Instant instant) {
        time.set(instant);
        schedule.runUpkeep();
        while (schedule.next().values().stream().anyMatch(due -> !due.isAfter(time.instant()))) {
            engine.runAnyDueExecutions();
        }
    }

    /** Sets the time to the peer's next sync, lets it run, and returns that time. */
    Instant next(Peer peer) {
        Instant next = schedule.next().get(peer.id());
        at(next);
        return next;
    }

    List<SyncLog> runs(Peer peer) {
        return storage.syncLogs().recent(peer.id(), 100);
    }

    /** Returns a field of the state that is passed from one run to the next. */
    String state(Peer peer, String field) {
        return database.texts("select task_data ->> '" + field + "' from sync_schedule where task_instance = '"
                        + peer.id() + "'")
                .get(0);
    }

    static SiteFault throttledFor(Duration wait) {
        return right -> SiteAnswer.empty(429).with("Retry-After", String.valueOf(wait.toSeconds()));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}

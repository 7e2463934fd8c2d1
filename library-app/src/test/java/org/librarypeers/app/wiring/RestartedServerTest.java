package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.SyncSettings;
import org.librarypeers.sync.storage.StorageException;

/** Tests of a database server that ends during a run. The next process that opens it starts it again. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RestartedServerTest {

    /** The number of restarts. The proof profile sets a larger one. */
    private static final int RESTARTS = Integer.getInteger("restarts", 1);

    private static final int RESOURCES = 100 * (RESTARTS + 1);
    private static final int PAGE = 5;
    private static final long SEED = Long.getLong("restarts.seed", 1);

    /** On a busy machine, the server may need longer to start than a run retries by default to save its end. */
    private static final SyncSettings PATIENT =
            SyncSettings.builder().endAttempts(200).build();

    @TempDir
    private Path home;

    private Path postgres;

    private Path programs;

    @BeforeEach
    void linkPrograms() {
        programs = HomeServer.linkPrograms(home);
        postgres = programs.getParent();
    }

    @AfterEach
    void deleteLink() throws IOException {
        Files.delete(programs);
    }

    @Test
    void a_run_whose_server_ended_is_reported_and_the_next_one_continues_immediately() throws Exception {
        try (RunningLibrary a = RunningLibrary.start(0);
                HoldingProxy proxy = new HoldingProxy(a.address(), 2);
                Library b = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
            RichResources.publish(a, 3 * PAGE);
            Peer peer = addPeer(b, proxy.address(), a);

            CompletableFuture<SyncReport> run = CompletableFuture.supplyAsync(() -> sync(b, peer));
            proxy.awaitHeld();
            restart("KILL");
            proxy.letThrough();

            // If a heartbeat meets the broken connection first, the run continues with new connections and succeeds.
            if (run.handle((report, failure) -> failure == null).get(60, TimeUnit.SECONDS)) {
                assertThat(run.join().log().tally().added()).isEqualTo(3 * PAGE);
                return;
            }
            assertThatThrownBy(run::get).hasCauseInstanceOf(StorageException.class);
            SyncLog broken = b.storage().syncLogs().recent(peer.id(), 1).get(0);
            assertThat(broken.status()).isEqualTo(SyncStatus.FAILED);
            // Which of the two it is depends on how far the server has started again.
            assertThat(broken.message())
                    .contains("this library failed")
                    .containsAnyOf("the connection to the database was lost", "the database cannot be reached");
            // The second page is requested while the first one is saved.
            assertThat(broken.tally().added()).isIn(0, PAGE);

            SyncLog next = sync(b, peer).log();
            assertThat(next.status()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(next.tally().added()).isEqualTo(3 * PAGE - broken.tally().added());
        }
    }

    @Test
    void a_sync_continues_from_the_committed_state_wherever_the_server_ended() throws Exception {
        System.out.println(RESTARTS + " restarts; again the same: -Drestarts.seed=" + SEED);
        Random random = new Random(SEED);
        try (RunningLibrary a = RunningLibrary.start(0)) {
            RichResources.publish(a, RESOURCES);
            List<String> expected;
            try (RunningLibrary b = RunningLibrary.start(0);
                    Connection connection = b.connect()) {
                b.library().sync().sync(b.addPeer(a), SyncListener.NONE);
                LibraryDump.index(b.library());
                expected = LibraryDump.of(connection);
            }
            try (Library b = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
                Peer peer = addPeer(b, a.address(), a);
                for (int i = 0; i < RESTARTS; i++) {
                    syncAndRestart(b, peer, i % 2 == 0 ? "KILL" : "INT", random.nextInt(20));
                }
                assertThat(syncPatiently(b, peer, SyncListener.NONE).log().status())
                        .isEqualTo(SyncStatus.SUCCEEDED);

                List<SyncLog> runs = b.storage().syncLogs().recent(peer.id(), RESTARTS + 2);
                assertThat(runs.stream().mapToInt(run -> run.tally().added()).sum())
                        .isEqualTo(RESOURCES);
                assertThat(runs).noneMatch(run -> run.status() == SyncStatus.RUNNING);
                LibraryDump.index(b);
            }
            try (EmbeddedPostgres server = EmbeddedPostgres.open(postgres);
                    Connection connection =
                            DriverManager.getConnection(server.jdbcUrl("library"), server.user(), server.password())) {
                LibraryDump.assertSame(expected, LibraryDump.of(connection));
            }
        }
    }

    @Test
    void the_ids_of_runs_and_peers_have_no_gap_after_a_server_crash() throws Exception {
        try (RunningLibrary a = RunningLibrary.start(0);
                Library b = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
            Peer peer = addPeer(b, a.address(), a);
            assertThat(sync(b, peer).log().id().value()).isEqualTo(1);
            restart("KILL");

            assertThat(syncAfterCrash(b, peer).id().value()).isEqualTo(2);
            assertThat(b.storage().peers().nextId().value()).isEqualTo(peer.id().value() + 1);
        }
    }

    /**
     * Syncs and repeats the sync once on failure, since the first use of a broken connection fails before a run begins.
     */
    private static SyncLog syncAfterCrash(Library b, Peer peer) {
        try {
            return sync(b, peer).log();
        } catch (StorageException e) {
            return sync(b, peer).log();
        }
    }

    /** Starts a run and restarts the server after the given number of pages. */
    private void syncAndRestart(Library b, Peer peer, String signal, int pages) throws Exception {
        CountDownLatch committed = new CountDownLatch(pages);
        CompletableFuture<SyncReport> run = CompletableFuture.supplyAsync(
                () -> syncPatiently(b, peer, SyncListener.onProgress(progress -> committed.countDown())));
        while (!run.isDone() && !committed.await(1, TimeUnit.MILLISECONDS)) {
            // Waits for more pages.
        }
        restart(signal);
        try {
            SyncLog log = run.get(60, TimeUnit.SECONDS).log();
            assertThat(log.status()).as(log.message()).isEqualTo(SyncStatus.SUCCEEDED);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(StorageException.class);
        }
    }

    private void restart(String signal) throws Exception {
        DatabaseProcess before = DatabaseProcess.in(postgres);
        before.signal(signal);
        EmbeddedPostgres.open(postgres).close();
        assertThat(DatabaseProcess.in(postgres).pid()).isNotEqualTo(before.pid());
    }

    private static Peer addPeer(Library b, String address, RunningLibrary a) {
        Peer peer = Peer.builder()
                .id(b.storage().peers().nextId())
                .name("Peer at " + a.address())
                .host(PeerHost.of(address))
                .credentials(RunningLibrary.READER.value(), a.key(RunningLibrary.READER))
                .build();
        b.storage().peers().save(peer);
        return peer;
    }

    private static SyncReport sync(Library b, Peer peer) {
        return sync(b, peer, SyncListener.NONE);
    }

    private static SyncReport sync(Library b, Peer peer, SyncListener listener) {
        try (HttpPeerClient client = HttpPeerClient.builder().pageSize(PAGE).build()) {
            return SyncService.builder()
                    .storage(b.storage())
                    .client(client)
                    .clock(b.clock())
                    .settings(PATIENT)
                    .build()
                    .sync(peer, listener);
        }
    }

    /**
     * Syncs and retries while the peer is busy, since a run that could not release its lease holds it for some seconds.
     */
    private static SyncReport syncPatiently(Library b, Peer peer, SyncListener listener) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return sync(b, peer, listener);
            } catch (PeerBusyException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }
}

package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of a run whose connection to the database breaks when a commit was done, but before the run learned that. */
@Timeout(300)
class UnconfirmedCommitTest {

    private static final int PAGE = 5;
    private static final int RESOURCES = 4 * PAGE;

    private static RunningLibrary source;
    private static List<String> expected;

    @TempDir
    private Path home;

    @BeforeAll
    static void publish() throws Exception {
        source = RunningLibrary.start(0);
        RichResources.publish(source, RESOURCES);
        try (RunningLibrary undisturbed = RunningLibrary.start(0);
                Connection connection = undisturbed.connect()) {
            undisturbed.library().sync().sync(undisturbed.addPeer(source), SyncListener.NONE);
            LibraryDump.index(undisturbed.library());
            expected = LibraryDump.of(connection);
        }
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void nothing_is_lost_or_doubled_whichever_commit_is_not_confirmed(int commits) throws Exception {
        try (RunningLibrary database = RunningLibrary.start(0);
                Connection connection = database.connect();
                CommitCutter cutter = new CommitCutter(port(database));
                Library library = openThrough(cutter, database)) {
            Peer peer = database.addPeer(source);
            cutter.cutAfter(commits);

            if (syncFails(library, peer)) {
                assertThat(syncFails(library, peer)).isFalse();
            }

            List<SyncLog> runs = library.storage().syncLogs().recent(peer.id(), 10);
            assertThat(runs).extracting(SyncLog::status).doesNotContain(SyncStatus.RUNNING);
            assertThat(runs.get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(runs.stream().mapToInt(run -> run.tally().added()).sum()).isEqualTo(RESOURCES);
            LibraryDump.index(library);
            LibraryDump.assertSame(expected, LibraryDump.of(connection));
            assertThat(cutter.hasCut()).isTrue();
        }
    }

    private static int port(RunningLibrary database) {
        return URI.create(database.database().url().substring("jdbc:".length())).getPort();
    }

    private Library openThrough(CommitCutter cutter, RunningLibrary database) throws Exception {
        Files.copy(database.home().resolve("secret.key"), home.resolve("secret.key"));
        String path = URI.create(database.database().url().substring("jdbc:".length()))
                .getPath();
        return Library.open(LibrarySettings.in(home)
                .with(Settings.DB_URL, "jdbc:postgresql://127.0.0.1:" + cutter.port() + path)
                .with(Settings.DB_USER, String.valueOf(database.database().user()))
                .with(Settings.DB_PASSWORD, String.valueOf(database.database().password()))
                .with(Settings.LANGUAGES, "en"));
    }

    /** Syncs, and returns whether that failed. Waits for a lease that could not be released. */
    private static boolean syncFails(Library library, Peer peer) {
        try (HttpPeerClient client = HttpPeerClient.builder().pageSize(PAGE).build()) {
            SyncService sync = SyncService.builder()
                    .storage(library.storage())
                    .client(client)
                    .clock(library.clock())
                    .build();
            while (true) {
                try {
                    sync.sync(peer, SyncListener.NONE);
                    return false;
                } catch (StorageUnavailableException e) {
                    return true;
                } catch (PeerBusyException e) {
                    LockSupport.parkNanos(100_000_000);
                }
            }
        }
    }
}

package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncListener;

/** Tests of a syncing process that is killed at random moments, again and again while it resumes. */
class KilledSyncTest {

    /** The number of kills. The proof profile sets more kills and more resources. */
    private static final int KILLS = Integer.getInteger("kills", 2);

    private static final int RESOURCES = Integer.getInteger("kills.resources", 1_600);
    private static final int PAGES = (RESOURCES + 499) / 500;
    private static final long SEED = Long.getLong("kills.seed", 1);

    private final Random random = new Random(SEED);
    private Duration undisturbed = Duration.ZERO;
    private int kills;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_sync_that_is_killed_repeatedly_ends_like_an_undisturbed_one() throws Exception {
        System.out.println(KILLS + " kills, " + RESOURCES + " resources; again the same: -Dkills.seed=" + SEED);
        try (RunningLibrary a = RunningLibrary.start(0)) {
            RichResources.publish(a, RESOURCES);
            List<String> expected;
            try (RunningLibrary b = RunningLibrary.start(0);
                    Connection connection = b.connect()) {
                SyncLog log =
                        b.library().sync().sync(b.addPeer(a), SyncListener.NONE).log();
                assertThat(log.tally().added()).isEqualTo(RESOURCES);
                undisturbed = Duration.between(log.started(), log.finished());
                LibraryDump.index(b.library());
                expected = LibraryDump.of(connection);
            }
            // A run that finishes before all kills is too early, so the test goes on with another library.
            while (kills < KILLS) {
                try (RunningLibrary b = RunningLibrary.start(0);
                        Connection connection = b.connect()) {
                    Peer peer = b.addPeer(a);
                    syncBetweenKills(b, peer, connection);
                    LibraryDump.index(b.library());
                    LibraryDump.assertSame(expected, LibraryDump.of(connection));
                    assertLogged(runs(b, peer, KILLS + 2));
                }
            }
        }
    }

    private void syncBetweenKills(RunningLibrary b, Peer peer, Connection connection) throws Exception {
        while (true) {
            long last =
                    runs(b, peer, 1).stream().mapToLong(run -> run.id().value()).sum();
            try (SyncProcess sync = SyncProcess.start(b.home(), b.environment())) {
                if (kills == KILLS || !livesLongEnough(sync, b, peer, last)) {
                    assertThat(sync.exitCode()).isZero();
                    return;
                }
                sync.kill();
            }
            kills++;
            if (kills < KILLS) {
                lapse(connection);
            }
        }
    }

    /** Waits until the run has read some pages and some time has passed. Returns false if the process ended before. */
    private boolean livesLongEnough(SyncProcess sync, RunningLibrary b, Peer peer, long lastRun) throws Exception {
        // The first process is killed after its first page, so that the next run has a cursor to resume from.
        int pages = kills == 0 ? 1 : random.nextInt(Math.max(1, 2 * PAGES / (KILLS + 1)));
        long nanos = random.nextLong(undisturbed.toNanos() / PAGES);
        while (runs(b, peer, 1).stream().noneMatch(run -> run.id().value() > lastRun && run.requests() >= pages)) {
            if (sync.endsWithin(Duration.ofMillis(2))) {
                return false;
            }
        }
        return !sync.endsWithin(Duration.ofNanos(nanos));
    }

    private static List<SyncLog> runs(RunningLibrary b, Peer peer, int most) {
        return b.library().storage().syncLogs().recent(peer.id(), most);
    }

    /** Expires the lease of the killed process. After the last kill, the test waits until it expires. */
    private static void lapse(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update harvest set lease_until = clock_timestamp()");
        }
    }

    /**
     * Asserts that every run was logged and no item was added twice. A process may also be killed after its run has
     * ended.
     */
    private static void assertLogged(List<SyncLog> runs) {
        assertThat(runs.get(0).status()).isEqualTo(SyncStatus.SUCCEEDED);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).status()).isIn(SyncStatus.INTERRUPTED, SyncStatus.SUCCEEDED);
            if (runs.get(i).status() == SyncStatus.INTERRUPTED) {
                assertThat(runs.get(i).message())
                        .contains("run " + runs.get(i - 1).id() + " continues");
            }
        }
        assertThat(runs.stream().mapToInt(run -> run.tally().added()).sum()).isEqualTo(RESOURCES);
        assertThat(runs.stream().mapToInt(run -> run.tally().updated()).sum()).isZero();
        System.out.println("added per run, the last first: "
                + runs.stream().map(run -> run.tally().added()).toList());
    }
}

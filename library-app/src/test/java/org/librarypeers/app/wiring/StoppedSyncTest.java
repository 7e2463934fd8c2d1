package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;

/** Tests of a sync command that is stopped from another process or by a termination signal. */
@Timeout(120)
class StoppedSyncTest {

    private static final String HELD = "/api/v1/resource/60/";

    private final ScriptedOrbSite site = new ScriptedOrbSite();
    private final CountDownLatch open = new CountDownLatch(1);
    private RunningLibrary library;
    private Peer peer;

    @BeforeEach
    void start() {
        library = RunningLibrary.start(0);
        for (int i = 0; i < 70; i++) {
            site.add("Resource " + i);
        }
        // Fifty resources are saved when the sixtieth is requested.
        site.always(HELD, right -> {
            await(open);
            return right.get();
        });
        peer = site.peer(library.library().storage().peers().nextId());
        library.library().storage().peers().save(peer);
    }

    @AfterEach
    void stop() {
        open.countDown();
        library.close();
        site.close();
    }

    private SyncProcess held() throws Exception {
        SyncProcess sync = SyncProcess.start(
                library.home(), library.environment(), peer.id().toString());
        await("the peer receives a request", () -> site.requests(HELD) > 0);
        return sync;
    }

    private SyncLog onlyRun() {
        assertThat(library.library().storage().syncLogs().recent(peer.id(), 10)).hasSize(1);
        return library.library().storage().syncLogs().recent(peer.id(), 1).get(0);
    }

    @Test
    void a_cancelled_run_of_another_process_does_not_block_the_next_and_its_late_end_changes_nothing()
            throws Exception {
        try (SyncProcess sync = held()) {
            assertThat(library.library().sync().cancel(peer.id(), new UserName("amina")))
                    .isTrue();
            SyncLog cancelled = onlyRun();
            assertThat(cancelled.status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(cancelled.message()).isEqualTo("cancelled by amina");
            assertThat(cancelled.tally().added()).isEqualTo(50);

            site.mend();
            SyncLog next =
                    library.library().sync().sync(peer, SyncListener.NONE).log();
            assertThat(next.status()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(next.tally().added()).isEqualTo(20);

            open.countDown();
            assertThat(sync.exitCode()).isEqualTo(1);
            assertThat(library.library().storage().syncLogs().recent(peer.id(), 10))
                    .containsExactly(next, cancelled);
            assertThat(sync.printed()).contains("interrupted: cancelled by amina");
        }
    }

    @Test
    void a_stopped_command_ends_soon_and_its_log_says_so() throws Exception {
        try (SyncProcess sync = held()) {
            sync.tellToEnd();

            assertThat(sync.endsWithin(Duration.ofSeconds(10))).isTrue();

            SyncLog stopped = onlyRun();
            assertThat(stopped.status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(stopped.message()).isEqualTo("its process was stopped; the next run continues from there");
            // All resources before the held one are saved, except those that other connections were still handling.
            assertThat(stopped.tally().added()).isBetween(56, 59);
            site.mend();
            assertThat(library.library()
                            .sync()
                            .sync(peer, SyncListener.NONE)
                            .log()
                            .tally()
                            .added())
                    .isEqualTo(70 - stopped.tally().added());
        }
    }
}

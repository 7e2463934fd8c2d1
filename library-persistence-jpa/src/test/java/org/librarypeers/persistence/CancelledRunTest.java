package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Tests of a run that waits for its peer while another node on the same database cancels it. */
@Timeout(60)
class CancelledRunTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    @Test
    void a_run_that_is_cancelled_by_another_node_stops_asking_at_the_next_heartbeat() throws Exception {
        TestDatabase.sharedStorage();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (JpaStorage here =
                        DATABASE.storage().leaseTime(Duration.ofMillis(400)).build();
                JpaStorage there = DATABASE.storage().build()) {
            Peer peer = Samples.peer(here.peers().nextId(), "https://a.example.org");
            here.peers().save(peer);
            StallingPeer stalling = new StallingPeer();
            SyncService running =
                    SyncService.builder().storage(here).client(stalling).build();
            SyncService cancelling =
                    SyncService.builder().storage(there).client(stalling).build();
            Future<SyncReport> run = threads.submit(() -> running.sync(peer, SyncListener.NONE));
            assertThat(stalling.asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(cancelling.cancel(peer.id(), new UserName("amina"))).isTrue();

            SyncLog log = run.get(30, TimeUnit.SECONDS).log();
            assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(log.message()).isEqualTo("cancelled by amina");
            assertThat(there.syncLogs().recent(peer.id(), 10)).containsExactly(log);
            assertThat(there.harvest().claim(peer.id())).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A peer that does not answer until it is stopped. */
    private static final class StallingPeer implements PeerClient, PeerSession {
        final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public PeerSession open(Peer peer) {
            return this;
        }

        @Override
        public PeerCheck check(Peer peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChangePage changes(@Nullable Cursor after) {
            asked.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new PeerException(PeerTrouble.STOPPED, "stopped", null);
        }

        @Override
        public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
            // This peer never lists an item.
        }

        @Override
        public int requests() {
            return 1;
        }

        @Override
        public Optional<Duration> timeFor(int requests) {
            return Optional.empty();
        }

        @Override
        public void stop() {
            stopped.countDown();
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}

package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.librarypeers.sync.contract.Await.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.PeerLease;

/** Tests of syncs in the background, on a real database and with real sites. */
@Timeout(120)
class BackgroundRunsTest {

    private final TestDatabase database = TestDatabase.create();
    private final Node here = new Node();
    private final SyncScheduler runs = here.runs;
    private final List<ScriptedOrbSite> sites = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void close() {
        open.countDown();
        here.close();
        sites.forEach(ScriptedOrbSite::close);
    }

    /**
     * Adds a peer with three resources. The site holds back the details of the first until the test opens the latch.
     */
    private Peer heldPeer() {
        ScriptedOrbSite site = new ScriptedOrbSite();
        sites.add(site);
        for (int i = 0; i < 3; i++) {
            site.add("Resource " + i);
        }
        site.always("/api/v1/resource/1/", right -> {
            await(open);
            return right.get();
        });
        Peer peer = site.peer(here.storage.peers().nextId());
        here.storage.peers().save(peer);
        return peer;
    }

    private SyncLog last(PeerId peer) {
        return here.storage.syncLogs().recent(peer, 1).get(0);
    }

    /** A node on the database. */
    private final class Node implements AutoCloseable {
        final JpaStorage storage = database.openStorage();
        final HttpPeerClient client = HttpPeerClient.builder().build();
        final SyncService sync =
                SyncService.builder().storage(storage).client(client).build();
        final SyncScheduler runs =
                SyncScheduler.builder(storage.connections(), sync, storage).build();

        @Override
        public void close() {
            runs.close();
            sync.close();
            client.close();
            storage.close();
        }
    }

    @Test
    void a_run_is_in_the_log_when_start_returns_and_tells_how_far_it_is_until_it_has_ended() {
        Peer peer = heldPeer();
        assertThat(runs.progress(peer.id())).isEmpty();

        SyncLog begun = ((RunStart.Started) runs.runNow(peer, SyncScope.CHANGES)).run();

        assertThat(last(peer.id()).id()).isEqualTo(begun.id());
        assertThat(last(peer.id()).status()).isEqualTo(SyncStatus.RUNNING);
        RunProgress under = runs.progress(peer.id()).orElseThrow();
        assertThat(under.run().id()).isEqualTo(begun.id());
        assertThat(under.live()).extracting(SyncProgress::peer).isEqualTo(peer);
        try (Node other = new Node()) {
            RunProgress seenThere = other.runs.progress(peer.id()).orElseThrow();
            assertThat(seenThere.run().id()).isEqualTo(begun.id());
            assertThat(seenThere.run().status()).isEqualTo(SyncStatus.RUNNING);
            assertThat(seenThere.live()).isNull();
        }
        open.countDown();
        await("its end", () -> last(peer.id()).status() == SyncStatus.SUCCEEDED);
        await(
                "it is forgotten here",
                () -> runs.progress(peer.id()).orElseThrow().live() == null);
        assertThat(runs.progress(peer.id()).orElseThrow().run()).isEqualTo(last(peer.id()));
        assertThat(last(peer.id()).tally().added()).isEqualTo(3);
    }

    @Test
    void where_another_run_has_the_peer_none_begins() {
        Peer peer = heldPeer();
        PeerLease elsewhere = here.storage.harvest().claim(peer.id()).orElseThrow();

        assertThat(runs.runNow(peer, SyncScope.CHANGES)).isEqualTo(new RunStart.Busy());

        elsewhere.close();
        assertThat(runs.progress(peer.id())).isEmpty();
    }

    @Test
    void no_more_than_a_few_run_at_once_and_the_next_may_when_one_has_ended() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(heldPeer());
        }
        peers.subList(0, 4)
                .forEach(
                        peer -> assertThat(runs.runNow(peer, SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class));

        assertThat(runs.runNow(peers.get(4), SyncScope.CHANGES)).isEqualTo(new RunStart.Full());

        here.sync.cancel(peers.get(0).id(), new UserName("amina"));
        await("there is room", () -> runs.runNow(peers.get(4), SyncScope.CHANGES) instanceof RunStart.Started);
        open.countDown();
        await(
                "all have ended",
                () -> peers.stream().allMatch(peer -> last(peer.id()).status() != SyncStatus.RUNNING));
    }

    @Test
    void a_run_that_is_cancelled_stops_though_its_peer_stalls() {
        Peer peer = heldPeer();
        SyncLog begun = ((RunStart.Started) runs.runNow(peer, SyncScope.CHANGES)).run();
        await("the peer is asked", () -> sites.get(0).requests("/api/v1/resource/1/") > 0);

        assertThat(here.sync.cancel(peer.id(), new UserName("amina"))).isTrue();

        await("it has stopped", () -> here.sync.progress(peer.id()).isEmpty());
        SyncLog ended = here.storage.syncLogs().find(begun.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(ended.message()).isEqualTo("cancelled by amina");
        assertThat(here.storage.resources().counts()).isEmpty();
        assertThat(runs.progress(peer.id()).orElseThrow()).isEqualTo(new RunProgress(ended, null));
        open.countDown();
        assertThat(runs.runNow(peer, SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
        await("the next run", () -> last(peer.id()).status() == SyncStatus.SUCCEEDED);
    }

    @Test
    void closing_a_library_ends_its_runs_as_interrupted_though_a_peer_stalls_and_begins_none() {
        Peer peer = heldPeer();
        Node node = new Node();
        assertThat(node.runs.runNow(peer, SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
        await("the peer is asked", () -> sites.get(0).requests("/api/v1/resource/1/") > 0);

        node.close();

        assertThat(last(peer.id()).status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(last(peer.id()).message()).contains("stopped before its end");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("background-run");
        assertThatIllegalStateException().isThrownBy(() -> node.runs.runNow(peer, SyncScope.CHANGES));
        here.storage.harvest().claim(peer.id()).orElseThrow().close();
    }

    @Test
    void a_peer_that_is_not_queryable_is_refused() {
        Peer inactive = heldPeer().withActive(false);

        assertThatIllegalArgumentException().isThrownBy(() -> runs.runNow(inactive, SyncScope.CHANGES));
        open.countDown();
        assertThat(runs.runNow(inactive.withActive(true), SyncScope.CHANGES)).isInstanceOf(RunStart.Started.class);
        await("its end", () -> last(inactive.id()).status() == SyncStatus.SUCCEEDED);
    }
}

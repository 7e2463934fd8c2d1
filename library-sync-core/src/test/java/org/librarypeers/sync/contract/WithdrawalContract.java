package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.LeaseLostException;
import org.librarypeers.sync.port.PeerLease;

/** What {@link org.librarypeers.sync.port.HarvestRepository} promises of what a peer offers and withdraws. */
@Timeout(60)
public abstract class WithdrawalContract extends StorageContract {

    private Guid first = Guid.random();
    private Guid second = Guid.random();
    private Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = peer;

    @BeforeEach
    void twoFromAPeerOneFromAnotherAndOneOfOurOwn() {
        peer = savedPeer("https://a.example.org");
        other = savedPeer("https://b.example.org");
        first = adopted("First", peer);
        second = adopted("Second", peer);
        adopted("Elsewhere", other);
        saved(Samples.local("Ours"));
    }

    private Guid adopted(String title, Peer from) {
        SyncLogId run = storage.syncLogs().nextId();
        storage.syncLogs().save(SyncLog.start(run, from.id(), null, Samples.NOON));
        Guid guid = Guid.random();
        Received received =
                Resource.adopt(Samples.incoming(guid, Samples.titled(title)), new Delivery(from, run, Samples.NOON));
        saved(((Received.New) received).resource());
        return guid;
    }

    private PeerLease claimed() {
        return storage.harvest().claim(peer.id()).orElseThrow();
    }

    private void withdraw(Set<Guid> gone, Set<Guid> back) {
        try (PeerLease lease = claimed()) {
            storage.harvest().withdraw(lease, gone, back, Samples.NOON);
        }
    }

    private void take(Guid guid, String version) {
        try (PeerLease lease = claimed()) {
            storage.harvest().commit(lease, new HarvestProgress(null, Map.of(guid, version), List.of(), Set.of()));
        }
    }

    @Test
    void a_peer_offers_what_is_followed_at_it_until_it_withdraws_it() {
        take(first, "v1");
        assertThat(storage.harvest().offered(peer.id())).containsExactlyInAnyOrder(first, second);

        withdraw(Set.of(first, second), Set.of());

        assertThat(storage.harvest().offered(peer.id())).isEmpty();
        assertThat(storage.harvest().withdrawn(peer.id())).isEqualTo(Map.of(first, Samples.NOON, second, Samples.NOON));
        assertThat(storage.harvest().withdrawn(other.id())).isEmpty();
        assertThat(storage.harvest().offered(other.id())).hasSize(1);
        assertThat(storage.harvest().versionsTaken(peer.id(), List.of(first))).isEqualTo(Map.of(first, "v1"));
    }

    @Test
    void a_withdrawal_is_over_when_the_peer_offers_it_again() {
        withdraw(Set.of(first, second), Set.of());
        withdraw(Set.of(), Set.of(first));

        assertThat(storage.harvest().offered(peer.id())).containsExactly(first);
        assertThat(storage.harvest().withdrawn(peer.id())).containsOnlyKeys(second);
    }

    @Test
    void a_withdrawal_is_over_when_a_version_is_taken_again_even_the_same() {
        take(first, "v1");
        withdraw(Set.of(first), Set.of());
        take(first, "v1");

        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
        assertThat(storage.harvest().offered(peer.id())).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void who_lost_the_lease_withdraws_nothing() {
        PeerLease lost = claimed();
        lost.close();

        assertThatThrownBy(() -> storage.harvest().withdraw(lost, Set.of(first), Set.of(), Samples.NOON))
                .isInstanceOf(LeaseLostException.class);
        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
    }
}

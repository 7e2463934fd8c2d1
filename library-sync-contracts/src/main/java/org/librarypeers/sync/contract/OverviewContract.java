package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.catalogue.OriginCount;

/** Contract tests of the overview of origins in {@link org.librarypeers.sync.catalogue.Catalogue}. */
@Timeout(60)
abstract class OverviewContract extends LibraryContract {

    private static final String HOST = "https://one.example.org";

    private Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = peer;
    private SyncLogId run = new SyncLogId(1);

    @BeforeEach
    void twoPeers() {
        peer = savedPeer("https://a.example.org");
        other = savedPeer("https://b.example.org");
        run = storage.syncLogs().nextId();
    }

    @Test
    void origins_are_counted_by_peer_and_maker() {
        assertThat(storage.catalogue().origins()).isEmpty();
        approved(Samples.local("Ours"));
        saved(Samples.local("Pending"));
        approved(sent(other, "مكتبة 💧", HOST));
        approved(sent(peer, "مكتبة 💧", HOST));
        saved(sent(peer, "مكتبة 💧", HOST).reject(Samples.NOON));
        saved(sent(peer, "Another name", HOST));
        saved(sent(peer, "Another name", "https://a.example.org"));

        assertThat(storage.catalogue().origins())
                .containsExactly(
                        new OriginCount(null, null, null, 1, 2),
                        new OriginCount(peer.id(), "Another name", "https://a.example.org", 0, 1),
                        new OriginCount(peer.id(), "Another name", HOST, 0, 1),
                        new OriginCount(peer.id(), "مكتبة 💧", HOST, 1, 2),
                        new OriginCount(other.id(), "مكتبة 💧", HOST, 1, 1));
    }

    @Test
    void resources_of_a_removed_peer_are_counted() {
        approved(sent(peer, "Maker", HOST));

        storage.peers().remove(peer.id());

        assertThat(storage.catalogue().origins()).containsExactly(new OriginCount(peer.id(), "Maker", HOST, 1, 1));
    }

    private Resource sent(Peer from, String makerName, String makerHost) {
        ResourceContent content = ResourceContent.titled(hostileTitle()).build();
        IncomingResource incoming = new IncomingResource(Guid.random(), content, makerName, makerHost, null);
        return Samples.adopted(incoming, Samples.delivery(storage, from, run));
    }

    private static LocalizedText hostileTitle() {
        return Samples.hostile().title();
    }
}

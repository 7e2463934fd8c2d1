package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.SyncStorage;

/** Helper methods of the contracts about what waits for a reviewer. */
abstract class WaitingOfferContract<S extends SyncStorage> extends OfferContract<S> {

    Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    Peer other = peer;

    @BeforeEach
    void twoPeers() {
        peer = savedPeer("https://a.example.org");
        other = savedPeer("https://b.example.org");
    }

    final void assertWaits(InboxFilter filter, List<Guid> pending, long changed, long withdrawn) {
        assertThat(inbox(Kind.PENDING, filter)).isSorted().containsExactlyInAnyOrderElementsOf(pending);
        assertThat(inbox(Kind.CHANGED_UPSTREAM, filter)).hasSize((int) changed);
        assertThat(inbox(Kind.WITHDRAWN, filter)).hasSize((int) withdrawn);
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        counts.put(Kind.PENDING, (long) pending.size());
        counts.put(Kind.CHANGED_UPSTREAM, changed);
        counts.put(Kind.WITHDRAWN, withdrawn);
        assertThat(counts(filter)).isEqualTo(counts);
    }

    /** Returns a new resource from this peer, not saved. */
    final Resource sent(Peer from, String title) {
        return received(from, Guid.random(), Samples.titled(title));
    }

    final Resource received(Peer from, Guid guid, ResourceContent content) {
        return Samples.adopted(
                Samples.incoming(guid, content),
                Samples.delivery(storage, from, storage.syncLogs().nextId()));
    }

    /** Saves a changed version from the resource's source, and returns the GUID. */
    final Guid changed(Resource resource) {
        Peer source = peer.id().equals(source(resource)) ? peer : other;
        IncomingResource incoming = Samples.incoming(
                resource.guid(), Samples.titled("Changed " + resource.content().title()));
        Received received = resource.receive(
                incoming, Samples.delivery(storage, source, storage.syncLogs().nextId()));
        storage.resources().save(((Received.Updated) received).resource());
        return resource.guid();
    }

    static @Nullable PeerId source(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer from ? from.peer() : null;
    }

    final List<Guid> inbox(Kind kind, InboxFilter filter) {
        return storage.reviewQueue().page(kind, filter, null, 100);
    }

    final Map<Kind, Long> counts(InboxFilter filter) {
        return storage.reviewQueue().counts(filter);
    }
}

package org.librarypeers.app.staff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.port.PeerRepository;

/** Says where resources come from. For one thread. */
final class Sources {

    private final PeerRepository repository;
    private final List<Peer> all;
    private final Map<PeerId, Peer> known = new HashMap<>();

    Sources(PeerRepository repository) {
        this.repository = repository;
        this.all = repository.all();
        all.forEach(peer -> known.put(peer.id(), peer));
    }

    /** The peers that there are. */
    List<Peer> all() {
        return all;
    }

    /** Through whom that resource comes. */
    String name(Visit visit, Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return visit.say("review.here");
        }
        Peer peer = find(from.peer());
        return peer == null ? from.sourceName() : peer.name();
    }

    /** Who made it, if that is somebody else; null if not. */
    @Nullable
    String maker(Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return null;
        }
        Peer peer = find(from.peer());
        PeerHost host = peer == null ? null : peer.host();
        return host != null && host.isSameAs(from.sourceHost()) ? null : from.sourceName();
    }

    /** Of removed peers too: what they brought is still here. */
    private @Nullable Peer find(PeerId id) {
        return known.computeIfAbsent(
                id, removed -> repository.findEvenRemoved(removed).orElse(null));
    }
}

package org.librarypeers.app.review;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.storage.PeerRepository;

/** The peers that resources follow, and the names of these peers and of the makers. Not thread-safe. */
final class SourceNames {

    private final Map<PeerId, Peer> known = new HashMap<>();

    /**
     * Loads the peers of the resources, including removed ones, whose resources are still here.
     *
     * @param peers the peers that are already loaded
     */
    SourceNames(PeerRepository repository, Collection<Peer> peers, Collection<Resource> resources) {
        peers.forEach(peer -> known.put(peer.id(), peer));
        known.putAll(repository.findIncludingRemoved(resources.stream()
                .map(Resource::origin)
                .filter(Origin.FromPeer.class::isInstance)
                .map(origin -> ((Origin.FromPeer) origin).peer())
                .filter(peer -> !known.containsKey(peer))
                .collect(Collectors.toSet())));
    }

    /** Returns the name of the peer that the resource came through. */
    String name(Visit visit, Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return visit.say("review.here");
        }
        Peer peer = known.get(from.peer());
        return peer == null ? from.sourceName() : peer.name();
    }

    /** Returns the peer that the resource follows; null if it was made here. */
    @Nullable
    Peer peer(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer from ? known.get(from.peer()) : null;
    }

    /** Returns the name of the library that made the resource, if that is not the peer; null otherwise. */
    @Nullable
    String maker(Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return null;
        }
        Peer peer = known.get(from.peer());
        return peer != null && peer.access().isAt(from.sourceHost()) ? null : from.sourceName();
    }
}

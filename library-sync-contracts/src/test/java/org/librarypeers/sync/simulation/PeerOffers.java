package org.librarypeers.sync.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Selection;
import org.librarypeers.sync.storage.AcceptedItem;

/** The resources that the peers of a world offer, seen from outside. */
record PeerOffers(World world) {

    /** Returns everything that a peer offers, as the peer would send it. */
    List<IncomingResource> of(Peer peer) {
        SimSite site = world.site(peer.host().orElseThrow());
        if (site != null) {
            return site.rows.stream()
                    .filter(row -> row.approved)
                    .map(SimSite::incoming)
                    .toList();
        }
        SimLibrary server = world.library(peer.host().orElseThrow());
        return server.storage.catalogue().changes(0, Integer.MAX_VALUE).stream()
                .map(entry -> IncomingResource.from(entry.resource(), server.storage.id()))
                .toList();
    }

    /** Returns what a peer offers under a GUID. Null if it offers nothing. */
    @Nullable
    IncomingResource of(Peer peer, Guid guid) {
        return of(peer).stream()
                .filter(incoming -> incoming.guid().equals(guid))
                .findFirst()
                .orElse(null);
    }

    /** Returns the resource under the remote id that the library accepted, or else under any remote id. */
    @Nullable
    IncomingResource accepted(SimLibrary library, Peer peer, Guid guid) {
        SimSite site = world.site(peer.host().orElseThrow());
        String remoteId = acceptedAs(library, peer, guid);
        return site == null || remoteId == null
                ? of(peer, guid)
                : site.rows(guid).stream()
                        .filter(row -> row.approved && row.hasId(remoteId))
                        .findFirst()
                        .map(SimSite::incoming)
                        .orElseGet(() -> of(peer, guid));
    }

    /** Returns whether the library takes whatever the peer offers under this GUID. */
    boolean isTaken(SimLibrary library, Peer peer, Guid guid) {
        Selection selection = library.storage.selections().state(peer).of(peer);
        return of(peer).stream()
                .filter(incoming -> incoming.guid().equals(guid))
                .allMatch(incoming -> selection.result(guid, OfferFacts.of(incoming)) == Selection.Result.TAKEN);
    }

    /** Returns the remote id under which the library accepted a resource. Null if it did not. */
    static @Nullable String acceptedAs(SimLibrary library, Peer peer, Guid guid) {
        AcceptedItem taken =
                library.storage.harvest().accepted(peer.id(), List.of(guid)).get(guid);
        return taken == null ? null : taken.remoteId();
    }
}

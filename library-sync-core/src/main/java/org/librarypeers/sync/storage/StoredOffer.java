package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.sync.peer.ChangePage;

/**
 * An offer of a peer as it was last read. The peer has not withdrawn it.
 *
 * @param guid the GUID of the resource
 * @param remoteId the id by which the peer returns it
 * @param version the version that was last read
 * @param facts the facts of the offer; null if they are not known
 * @param leftOut whether it was left out by rule
 * @param followed whether the resource is in this library and has this peer as its source
 */
public record StoredOffer(
        Guid guid,
        String remoteId,
        String version,
        @Nullable OfferFacts facts,
        boolean leftOut,
        boolean followed) {

    /** Returns the item with the version that was last read, without a body. */
    public ChangePage.Item item() {
        return new ChangePage.Item(remoteId, guid, version, null);
    }
}

package org.librarypeers.sync.bundles;

import java.util.Collection;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;

/**
 * Deletions that bundles carried although the peer was not read up to them yet. An older bundle may still bring these resources. Once the
 * cursor has passed a deletion, an older bundle takes only what the peer is known to offer, so the deletion is forgotten.
 */
public interface EarlyDeletionRepository {

    /**
     * Remembers that a peer deleted resources. If a deletion of the same resource was remembered before, the higher position counts.
     *
     * @param position a feed position of the peer that is not before the deletions: the one at which the part with them ends
     */
    void remember(PeerId peer, Collection<Guid> deleted, long position);

    /** Returns the positions at which these resources were deleted. Resources without a remembered deletion are left out. */
    Map<Guid, Long> positions(PeerId peer, Collection<Guid> resources);

    /** Forgets the deletions of a peer up to a position, which is included. */
    void forget(PeerId peer, long upTo);
}

package org.librarypeers.sync.storage;

import java.util.Set;
import org.librarypeers.domain.Guid;

/**
 * The facts about resources that follow a peer, which a run needs when the peer says that some of them were deleted. If
 * none of the given resources follows the peer, the numbers are not needed, and may be 0.
 *
 * @param followed those of the given resources that have the peer as their source and that it is not known to have withdrawn
 * @param alsoOffered those of the given resources that the peer is known to offer and that are local or have another source
 * @param count the number of all resources that have the peer as their source and that it is not known to have withdrawn
 * @param withdrawn the number of resources that have the peer as their source and that were found withdrawn since the given time
 */
public record Followers(Set<Guid> followed, Set<Guid> alsoOffered, int count, int withdrawn) {

    /** Copies the sets. */
    public Followers {
        followed = Set.copyOf(followed);
        alsoOffered = Set.copyOf(alsoOffered);
    }
}

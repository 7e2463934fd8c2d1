package org.librarypeers.sync.storage;

import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Selection;
import org.librarypeers.domain.SelectionRule;

/**
 * The state of the selection of a peer, which a run needs to know.
 *
 * @param applied the selection rule that was last applied to all offers of the peer
 * @param hasDue whether offers are {@linkplain SelectionRepository#due due}
 * @param refused the resources that are never taken
 */
public record SelectionState(SelectionRule applied, boolean hasDue, Set<Guid> refused) {

    /** Copies the set. */
    public SelectionState {
        refused = Set.copyOf(refused);
    }

    /** Returns the state of a peer whose rule was applied already, without refusals. */
    public static SelectionState settled(Peer peer) {
        return new SelectionState(peer.selection(), false, Set.of());
    }

    /** Returns the selection of the peer. */
    public Selection of(Peer peer) {
        return new Selection(peer.selection(), refused);
    }
}

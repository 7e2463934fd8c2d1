package org.librarypeers.app.peers;

import java.util.List;
import org.librarypeers.domain.Peer;

/**
 * The consequences of removing a peer for its resources. All of them are kept.
 *
 * @param total the number of resources that follow the peer
 * @param approved the number of approved ones
 * @param successors the possible successors
 * @param alone the number of resources without a successor
 */
public record PeerRemoval(Peer peer, long total, long approved, List<Successor> successors, long alone) {

    /** Creates a removal with a copy of the list. */
    public PeerRemoval {
        successors = List.copyOf(successors);
    }

    /** A successor, and the number of resources that it takes over. */
    public record Successor(Peer peer, long resources) {}
}

package org.librarypeers.sync.port;

import org.librarypeers.domain.Peer;

/** Asks peers for their resources. Safe for use by many threads. */
public interface PeerClient {

    /**
     * Begins to ask a peer. Does no I/O: what is wrong with the peer shows with the first question.
     *
     * @param peer a queryable one
     * @throws IllegalArgumentException if the peer is not queryable
     */
    PeerSession open(Peer peer);
}

package org.librarypeers.sync.peer;

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

    /**
     * Begins to ask a peer that has been read before. Differs from {@link #open} in what is said about failures only: whatever the
     * peer answers, it is a library, and its address is right.
     *
     * @param peer a queryable one
     * @throws IllegalArgumentException if the peer is not queryable
     */
    default PeerSession reopen(Peer peer) {
        return open(peer);
    }

    /**
     * Finds out whether a peer can be read: asks it once or twice, without patience, and is back within 15 seconds.
     *
     * @param peer with user and key; active or not, and saved or not
     * @throws PeerException if it cannot be read: the reason and the detail say what is wrong; a
     *     {@link PeerThrottledException} also until when
     * @throws IllegalArgumentException if user or key are missing
     */
    PeerCheck check(Peer peer);
}

package org.librarypeers.sync.peer;

import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;

/** A client that reads resources from peers. Thread-safe. */
public interface PeerClient {

    /**
     * Opens a session with a peer. Does no I/O; problems of the peer appear with the first request.
     *
     * @param peer a queryable peer
     * @throws IllegalArgumentException if the peer is not queryable
     */
    PeerSession open(Peer peer);

    /**
     * Opens a session with a peer that was read successfully before. Differs from {@link #open} only in the failures
     * that it reports: the peer is known to be a library at the right address.
     *
     * @param peer a queryable peer
     * @throws IllegalArgumentException if the peer is not queryable
     */
    default PeerSession reopen(Peer peer) {
        return open(peer);
    }

    /**
     * Returns whether the peer probably answers {@link PeerSession#summaries}, as far as its cursor shows. Does no I/O. By default,
     * no peer does.
     *
     * @param peer a queryable peer
     * @param cursor the cursor to which the peer was read
     */
    default boolean summarizes(Peer peer, Cursor cursor) {
        return false;
    }

    /**
     * Returns whether this client can read every detail of a peer again. Otherwise an unfinished
     * {@linkplain org.librarypeers.sync.SyncScope#EVERY_DETAIL request to do so} waits for a run with another client. By default, it can.
     */
    default boolean readsEveryDetail() {
        return true;
    }

    /**
     * Checks whether a peer can be read. Sends one or two requests, does not wait for rate limits, and takes at most 15
     * seconds.
     *
     * @param peer a peer with API user and API key; it may be inactive or unsaved
     * @throws PeerException if the peer cannot be read; reason and detail say why. A {@link PeerThrottledException}
     *     also says until when.
     * @throws IllegalArgumentException if API user or API key is missing
     */
    PeerCheck check(Peer peer);
}

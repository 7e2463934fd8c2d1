package org.librarypeers.sync;

import org.librarypeers.domain.Peer;

/** Somebody else is syncing that peer. Trying again later helps. */
public class PeerBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The peer is being synced. */
    public PeerBusyException(Peer peer) {
        super("peer " + peer + " is being synced by another run; wait for it to end, or see it with: sync_log "
                + peer.id());
    }
}

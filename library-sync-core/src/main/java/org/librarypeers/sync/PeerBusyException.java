package org.librarypeers.sync;

import org.librarypeers.domain.Peer;

/** Thrown to indicate that another run is syncing the peer. Retry later. */
public class PeerBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this peer. */
    public PeerBusyException(Peer peer) {
        super("peer " + peer + " is being synced by another run; wait for it to end, or show it with: sync_log "
                + peer.id());
    }
}

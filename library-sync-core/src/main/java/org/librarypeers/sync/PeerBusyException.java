package org.librarypeers.sync;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;

/** Thrown to indicate that another run is syncing the peer. Retry later. */
public class PeerBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this peer. */
    public PeerBusyException(Peer peer) {
        this(peer.id(), peer.toString());
    }

    /** Creates an exception for the peer with this id. */
    public PeerBusyException(PeerId peer) {
        this(peer, "[" + peer + "]");
    }

    private PeerBusyException(PeerId peer, String shown) {
        super("peer " + shown + " is being synced by another run; wait for it to end, or show it with: sync_log "
                + peer);
    }
}

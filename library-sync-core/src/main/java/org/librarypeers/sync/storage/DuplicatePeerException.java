package org.librarypeers.sync.storage;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;

/** Thrown to indicate that another peer has this host or this bundle key already. Nothing was saved. */
public class DuplicatePeerException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this host. */
    public DuplicatePeerException(PeerHost host) {
        super("a peer at " + host + " already exists", null);
    }

    /** Creates an exception for a peer whose host or bundle key another peer has. */
    public DuplicatePeerException(Peer peer) {
        super("another peer is at " + peer.address() + " or has the same bundle key", null);
    }
}

package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerHost;

/** Thrown to indicate that another peer has this host already. Nothing was saved. */
public class DuplicatePeerException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this host. */
    public DuplicatePeerException(PeerHost host) {
        super("a peer at " + host + " already exists", null);
    }
}

package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerHost;

/** There is a peer at that host already; nothing was saved. */
public class DuplicatePeerException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The host is that of another peer. */
    public DuplicatePeerException(PeerHost host) {
        super("there is a peer at " + host + " already", null);
    }
}

package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerId;

/** Thrown to indicate that a run no longer holds the lease of its peer. Nothing was saved. The run must stop. */
public class LeaseLostException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for this peer. */
    public LeaseLostException(PeerId peer) {
        super("another process has taken over the sync of peer " + peer + "; this run saved nothing more", null);
    }
}

package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerId;

/** Somebody else syncs the peer now; nothing was saved. The run must stop. */
public class LeaseLostException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The lease on that peer is not ours any more. */
    public LeaseLostException(PeerId peer) {
        super("another process has taken over the sync of peer " + peer + "; nothing more was saved here", null);
    }
}

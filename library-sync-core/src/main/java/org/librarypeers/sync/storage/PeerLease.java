package org.librarypeers.sync.storage;

import java.util.UUID;
import org.librarypeers.domain.PeerId;

/** The right of one run to sync one peer. */
public interface PeerLease extends AutoCloseable {

    /** Returns the peer. */
    PeerId peer();

    /** Returns the unique id of the holder. */
    UUID owner();

    /**
     * Registers a callback for the loss of the lease. The storage calls it on its own thread when it notices the loss,
     * which may be never. Do not rely on it for correctness: a run without its lease cannot commit anyway.
     */
    void onLost(Runnable callback);

    /** Releases the lease if this holder still has it. Idempotent; never throws. */
    @Override
    void close();
}

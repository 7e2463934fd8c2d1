package org.librarypeers.sync.port;

import java.util.UUID;
import org.librarypeers.domain.PeerId;

/** The right to sync one peer, held by one run. */
public interface PeerLease extends AutoCloseable {

    /** The peer. */
    PeerId peer();

    /** Tells this holder from all others. */
    UUID owner();

    /** Gives the peer free, if it is still ours; never throws, and calling it again does nothing. */
    @Override
    void close();
}

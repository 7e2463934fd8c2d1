package org.librarypeers.sync.storage;

import java.util.UUID;
import org.librarypeers.domain.PeerId;

/** The right to sync one peer, held by one run. */
public interface PeerLease extends AutoCloseable {

    /** The peer. */
    PeerId peer();

    /** Tells this holder from all others. */
    UUID owner();

    /**
     * Who is to be told when the peer was taken away. The storage tells it on a thread of its own as soon as it notices, which
     * may be never; what can be relied on is that nothing is committed any more.
     */
    void onLost(Runnable told);

    /** Gives the peer free, if it is still ours; never throws, and calling it again does nothing. */
    @Override
    void close();
}

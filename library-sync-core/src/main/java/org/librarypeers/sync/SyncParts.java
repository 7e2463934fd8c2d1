package org.librarypeers.sync;

import java.time.Clock;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The parts that the runs of a service share.
 *
 * @param listener the listener of the service, which {@link #saveEnd} calls
 */
record SyncParts(PeerClient client, SyncStorage storage, Clock clock, SyncSettings settings, SyncListener listener) {

    /** Saves the log of a run that has ended, and tells the listener of the service, in the transaction of the caller. */
    void saveEnd(SyncLog end) {
        storage.syncLogs().save(end);
        listener.ending(end);
    }
}

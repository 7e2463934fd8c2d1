package org.librarypeers.sync;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/**
 * What a run, or a preview of one, came to.
 *
 * @param peer the peer that was asked
 * @param log the run; of a preview, what the run would have logged, which is not saved
 * @param preview whether nothing was changed because nothing was meant to be
 */
public record SyncReport(Peer peer, SyncLog log, boolean preview) {

    /** Whether the peer was read to its end. */
    public boolean succeeded() {
        return log.status() == SyncStatus.SUCCEEDED;
    }
}

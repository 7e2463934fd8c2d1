package org.librarypeers.sync;

import java.util.List;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/**
 * The result of a sync or a preview.
 *
 * @param peer the peer
 * @param log the log of the run; for a preview, the log that a sync would have written, which is not saved
 * @param preview whether this was a preview, which changes nothing
 * @param remarked the items that were accepted with remarks, in the order in which they were read; only the first
 *     {@value #MAX_REMARKED}, while the tally of the log counts all
 */
public record SyncReport(Peer peer, SyncLog log, boolean preview, List<Outcome> remarked) {

    /** The maximum number of items with remarks in one report, so that a peer cannot exhaust the memory. */
    public static final int MAX_REMARKED = 1_000;

    /** Copies the items. */
    public SyncReport {
        remarked = List.copyOf(remarked);
    }

    /** Returns whether the run succeeded, see {@link SyncStatus#SUCCEEDED}. */
    public boolean succeeded() {
        return log.status() == SyncStatus.SUCCEEDED;
    }
}

package org.librarypeers.sync;

import java.util.List;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.storage.Outcome;

/**
 * What a run, or a preview of one, came to.
 *
 * @param peer the peer that was asked
 * @param log the run; of a preview, what the run would have logged, which is not saved
 * @param preview whether nothing was changed because nothing was meant to be
 * @param remarked items that were accepted with remarks, in the order in which they were read; only the first
 *     {@value #MAX_REMARKED}, the tally of the log counts them all
 */
public record SyncReport(Peer peer, SyncLog log, boolean preview, List<Outcome> remarked) {

    /** The most items with remarks in one report, so that a peer cannot fill the memory. */
    public static final int MAX_REMARKED = 1_000;

    /** Keeps a copy of the items. */
    public SyncReport {
        remarked = List.copyOf(remarked);
    }

    /** Whether the peer was read to its end. */
    public boolean succeeded() {
        return log.status() == SyncStatus.SUCCEEDED;
    }
}

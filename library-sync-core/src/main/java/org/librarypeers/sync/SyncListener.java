package org.librarypeers.sync;

import org.librarypeers.domain.SyncLog;

/** Receives progress events of a sync, on the syncing thread. An exception aborts the run. */
@FunctionalInterface
public interface SyncListener {

    /** A listener that does nothing. */
    SyncListener NONE = progress -> {};

    /** Called when the run has started and is logged. Not called for a preview. */
    default void started(SyncLog run) {
        // Optional, because most listeners only need the progress.
    }

    /** Called after each saved batch. For a preview, called after each decided batch. */
    void progressed(SyncProgress progress);
}

package org.librarypeers.sync;

import org.librarypeers.domain.SyncLog;

/** Is told how a sync gets on. Called on the thread that syncs; what it throws ends the run. */
@FunctionalInterface
public interface SyncListener {

    /** Listens to nothing. */
    SyncListener NONE = progress -> {};

    /** The run has begun and is in the log. Not called for a preview. */
    default void started(SyncLog run) {
        // Most listeners want to know what is done only.
    }

    /** Something was done since the last call. */
    void progressed(SyncProgress progress);
}

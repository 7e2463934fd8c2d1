package org.librarypeers.sync;

/** Is told how a sync gets on. Called on the thread that syncs; what it throws ends the run. */
@FunctionalInterface
public interface SyncListener {

    /** Listens to nothing. */
    SyncListener NONE = progress -> {};

    /** Something was done since the last call. */
    void progressed(SyncProgress progress);
}

package org.librarypeers.sync;

/** The part of a peer's resources that a run reads. */
public enum SyncScope {
    /** The resources that changed since the last run. */
    CHANGES,
    /**
     * All resources of the peer: a reconciliation. It also receives what earlier runs missed, and reads items again
     * that may have changed without a new date. Resources that the peer no longer offers are marked as withdrawn,
     * unless more are missing than {@link SyncSettings#withdrawalGuard} allows.
     */
    EVERYTHING,
    /**
     * All resources, like {@link #EVERYTHING}, and every detail again, however recently it was read. If the peer's rate
     * limit stops the run, later runs of any scope read the remaining details.
     */
    EVERY_DETAIL;

    /** Returns whether the whole list is read. */
    public boolean isWhole() {
        return this != CHANGES;
    }
}

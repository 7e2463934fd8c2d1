package org.librarypeers.sync;

/** How much of a peer a run reads. */
public enum SyncScope {
    /** What changed since the last run. */
    CHANGES,
    /**
     * Everything that the peer offers: a reconciliation. It also takes what earlier runs missed, reads again what may have
     * changed without a new date, and marks what the peer offers no longer as withdrawn, unless that is more than a fifth of
     * what is here from it.
     */
    EVERYTHING,
    /**
     * As {@link #EVERYTHING}, as a person asks for it: it also reads every detail again, however lately it was read. Where the peer
     * allows only some of them, later runs go on with the rest, whatever they were to read.
     */
    EVERY_DETAIL;

    /** Returns whether the whole list is read. */
    public boolean isWhole() {
        return this != CHANGES;
    }
}

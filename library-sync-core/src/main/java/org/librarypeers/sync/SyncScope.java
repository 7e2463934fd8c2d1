package org.librarypeers.sync;

/** The part of a peer's resources that a run reads. */
public enum SyncScope {
    /** The resources that changed since the last run. */
    CHANGES,
    /**
     * All resources of the peer: a reconciliation. It also receives what earlier runs missed, and reads items again
     * that may have changed without a new date. Resources that the peer no longer offers are marked as withdrawn,
     * unless more are missing than {@link SyncSettings#withdrawalGuard} allows.
     *
     * <p>If the peer answers {@linkplain org.librarypeers.sync.peer.PeerSession#summaries digests}, the run reads the
     * changes, compares digests, and requests the resources that differ. It reads the whole list only if more differs
     * than {@link SyncSettings#differences}, or if the digests cannot be used.
     */
    EVERYTHING,
    /**
     * All resources, like {@link #EVERYTHING}, and every detail again, however recently it was read. If the peer's rate
     * limit stops the run, later runs of any scope read the remaining details.
     */
    EVERY_DETAIL,
    /**
     * The resources that differ from the {@linkplain org.librarypeers.sync.peer.PeerSession#summaries digests} of the peer. No list is
     * read, and the cursor stays. The run fails if the peer answers no digests.
     */
    DIFFERENCES;

    /** Returns whether this is a reconciliation, which reads the whole list unless digests replace it. */
    public boolean isWhole() {
        return this == EVERYTHING || this == EVERY_DETAIL;
    }
}

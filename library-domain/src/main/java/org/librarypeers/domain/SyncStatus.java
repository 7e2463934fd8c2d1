package org.librarypeers.domain;

/** The state of a run. */
public enum SyncStatus {
    /** The run is in progress. */
    RUNNING,
    /** The peer's list was read completely. */
    SUCCEEDED,
    /** The run was aborted, or more items failed than succeeded. The message says why. */
    FAILED,
    /** The peer's rate limit stopped the run. A later run continues where this one ended. */
    THROTTLED,
    /** The run was cancelled, or its process died or lost the lease. A later run continues where this one ended. */
    INTERRUPTED;

    /** Returns the lower-case name. */
    public String word() {
        return EnumWord.of(this);
    }
}

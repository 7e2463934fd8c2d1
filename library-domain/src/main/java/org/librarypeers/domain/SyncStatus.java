package org.librarypeers.domain;

import java.util.Locale;

/** How a run stands, or ended. */
public enum SyncStatus {
    /** It is under way. */
    RUNNING,
    /** The peer was read to its end. */
    SUCCEEDED,
    /** It broke off, or more was bad than good; the message says why. */
    FAILED,
    /** The peer wants to be left alone for a while; a later run goes on from here. */
    THROTTLED,
    /** Whoever ran it vanished or lost the lease; a later run goes on from here. */
    INTERRUPTED;

    /** The word for it: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

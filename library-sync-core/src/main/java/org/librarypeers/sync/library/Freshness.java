package org.librarypeers.sync.library;

/** The degrees to which reads must include the latest changes. */
public enum Freshness {

    /** Every change that was committed before the first read is visible. */
    CURRENT,

    /** A change may become visible later, within a limit that the storage states. */
    RECENT
}

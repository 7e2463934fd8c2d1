package org.librarypeers.sync.storage;

/** The order of a list of waiting resources. Resources that are equal in it are ordered by GUID. */
public enum InboxOrder {
    /** By GUID. */
    GUID,
    /** By the time at which the revision to review was made, the newest first. */
    NEWEST,
    /** By the number of the source peer. Local resources come last. */
    SOURCE,
    /**
     * By the English title of the current revision, in the order of Unicode code points. Resources without an English
     * title come first.
     */
    TITLE
}

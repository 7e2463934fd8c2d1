package org.librarypeers.domain;

import java.util.Optional;

/** The status of a resource in this library. */
public enum Status {
    /** The resource waits for a reviewer. */
    PENDING,
    /** The resource is public and is served to peers. Resources with any other status are not. */
    APPROVED,
    /** A reviewer rejected the resource. */
    REJECTED,
    /** The resource was public and is now hidden. */
    ARCHIVED;

    /** Returns the lower-case name, which is used in storage and JSON. */
    public String word() {
        return EnumWord.of(this);
    }

    /** Returns the status with this {@link #word}. Empty if there is no such status. */
    public static Optional<Status> ofWord(String word) {
        return EnumWord.find(Status.class, word);
    }
}

package org.librarypeers.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a resource stands in this library. */
public enum Status {
    /** Waits for a reviewer. */
    PENDING,
    /** Public, and served to peers. The only status that is. */
    APPROVED,
    /** A reviewer said no. */
    REJECTED,
    /** Was public, and is kept out of sight. */
    ARCHIVED;

    /** The word that travels: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word, if it is one. */
    public static Optional<Status> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}

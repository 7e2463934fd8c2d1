package org.librarypeers.domain;

import java.util.UUID;

/**
 * The id of a library, independent of its name and address. Each library generates its own id once.
 *
 * <p>The order is arbitrary but the same in all libraries. It determines which of several libraries leaves a cycle.
 *
 * @param value the UUID
 */
public record LibraryId(UUID value) implements Comparable<LibraryId> {

    /** Returns a new random id. */
    public static LibraryId random() {
        return new LibraryId(UUID.randomUUID());
    }

    /**
     * Parses the output of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static LibraryId of(String text) {
        return new LibraryId(Guid.of(text).value());
    }

    @Override
    public int compareTo(LibraryId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

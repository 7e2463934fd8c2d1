package org.librarypeers.domain;

import java.util.UUID;

/**
 * Tells one library from all others, whatever it is called and wherever it answers. Each draws its own, once.
 *
 * <p>Ordered, in whatever way, so that of several libraries in the same position one can step back.
 *
 * @param value the number
 */
public record LibraryId(UUID value) implements Comparable<LibraryId> {

    /** One that nobody has. */
    public static LibraryId random() {
        return new LibraryId(UUID.randomUUID());
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is no UUID
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

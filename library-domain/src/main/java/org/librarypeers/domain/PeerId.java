package org.librarypeers.domain;

/**
 * The number of a peer in this library. It has no meaning in other libraries.
 *
 * @param value the number, from 1
 */
public record PeerId(long value) implements Comparable<PeerId> {

    /**
     * Validates the number.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public PeerId {
        Checks.atLeast("peer id", 1L, value);
    }

    @Override
    public int compareTo(PeerId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

package org.librarypeers.domain;

/**
 * The number by which this library knows a peer; it means nothing elsewhere.
 *
 * @param value from 1
 */
public record PeerId(long value) implements Comparable<PeerId> {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
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

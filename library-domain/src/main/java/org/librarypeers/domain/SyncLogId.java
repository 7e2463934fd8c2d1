package org.librarypeers.domain;

/**
 * The number of a run.
 *
 * @param value the number, from 1; later runs have higher numbers
 */
public record SyncLogId(long value) implements Comparable<SyncLogId> {

    /** A placeholder for runs that are not logged: a preview, or a run that could not start. */
    public static final SyncLogId NONE = new SyncLogId(Long.MAX_VALUE);

    /**
     * Validates the number.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public SyncLogId {
        Checks.atLeast("run", 1L, value);
    }

    @Override
    public int compareTo(SyncLogId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

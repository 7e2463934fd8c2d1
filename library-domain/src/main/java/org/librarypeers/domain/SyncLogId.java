package org.librarypeers.domain;

/**
 * The number of a run.
 *
 * @param value from 1; a later run has a higher one
 */
public record SyncLogId(long value) implements Comparable<SyncLogId> {

    /** What is no run, but like one: a preview, or one that could not begin. */
    public static final SyncLogId NONE = new SyncLogId(Long.MAX_VALUE);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
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

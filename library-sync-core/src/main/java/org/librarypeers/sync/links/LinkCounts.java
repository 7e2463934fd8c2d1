package org.librarypeers.sync.links;

/**
 * The number of links by state; each at most {@link #MAX}.
 *
 * @param unchecked those that were never checked
 * @param working those that worked when they were last checked, or whose host refuses programs
 * @param failing those that failed, but are not dead yet
 * @param dead those that are dead
 */
public record LinkCounts(long unchecked, long working, long failing, long dead) {

    /** The highest number that is counted: 100,000. */
    public static final int MAX = 100_000;
}

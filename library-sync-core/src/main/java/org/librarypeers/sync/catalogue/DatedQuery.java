package org.librarypeers.sync.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for entries of the {@link DatedFeed}.
 *
 * @param from the earliest datestamp, inclusive; null for no limit
 * @param until the latest datestamp, inclusive; null for no limit
 * @param set the set to which the entries belong
 * @param after 0 for the first page, then the feed position of the last entry of the previous page
 */
public record DatedQuery(@Nullable Instant from, @Nullable Instant until, DatedSet set, long after) {

    /** A query for all entries. */
    public static final DatedQuery ALL = new DatedQuery(null, null, DatedSet.ALL, 0);

    /** Returns this query for the entries after a position. */
    public DatedQuery after(long position) {
        return new DatedQuery(from, until, set, position);
    }

    /** Returns whether a datestamp is within the limits. */
    public boolean includes(Instant datestamp) {
        return (from == null || !datestamp.isBefore(from)) && (until == null || !datestamp.isAfter(until));
    }
}

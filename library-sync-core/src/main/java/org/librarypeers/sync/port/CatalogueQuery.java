package org.librarypeers.sync.port;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;

/**
 * Which entries, and in what order.
 *
 * @param statuses only of these
 * @param updatedFrom only those that changed then or later; null for all
 * @param updatedTo only those that changed then or earlier; null for all
 * @param order by what; ties by number
 * @param language for the order by title: in this language, else in any
 * @param offset how many to pass over, from 0
 * @param limit at most so many, from 1
 */
public record CatalogueQuery(
        Set<Status> statuses,
        @Nullable Instant updatedFrom,
        @Nullable Instant updatedTo,
        Order order,
        String language,
        int offset,
        int limit) {

    /** By what entries are ordered. */
    public enum Order {
        /** By title, in the order of its characters. */
        TITLE,
        /** By update date. */
        OLDEST_FIRST,
        /** By update date, backwards. */
        NEWEST_FIRST
    }

    /** Keeps a copy. */
    public CatalogueQuery {
        statuses = Set.copyOf(statuses);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset is " + offset + " and limit " + limit);
        }
    }
}

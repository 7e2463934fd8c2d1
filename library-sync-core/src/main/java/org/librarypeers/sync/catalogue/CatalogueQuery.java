package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;

/**
 * Which entries, and in what order.
 *
 * @param viewer only those that this one sees
 * @param statuses only of these
 * @param updatedFrom only those that changed then or later; null for all
 * @param updatedTo only those that changed then or earlier; null for all
 * @param order by what; ties by number
 * @param language for the order by title
 * @param after only those behind that place in the order; null for all
 * @param offset how many of these to pass over, from 0
 * @param limit at most so many, from 1
 */
public record CatalogueQuery(
        Viewer viewer,
        Set<Status> statuses,
        @Nullable Instant updatedFrom,
        @Nullable Instant updatedTo,
        Order order,
        String language,
        @Nullable Place after,
        int offset,
        int limit) {

    /** By what entries are ordered. */
    public enum Order {
        /** By the characters of the title in the language; those that have none in it first. */
        TITLE,
        /** By update date. */
        OLDEST_FIRST,
        /** By update date, backwards. */
        NEWEST_FIRST
    }

    /**
     * Where an entry stands in an order. A list that is continued behind a place costs the same at any depth, and misses no
     * entry that keeps its place while others change.
     *
     * @param title the entry's title in the language, empty if it has none; for the order by title
     * @param updated the entry's update date; for the other orders
     * @param id the entry's number
     */
    public record Place(String title, Instant updated, long id) {

        /** The place of that entry. */
        public static Place of(CatalogueEntry entry, String language) {
            String title = entry.resource().content().title().in(language).orElse("");
            return new Place(title, entry.resource().updated(), entry.id());
        }
    }

    /** Keeps a copy. */
    public CatalogueQuery {
        statuses = Set.copyOf(statuses);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset is " + offset + " and limit " + limit);
        }
    }
}

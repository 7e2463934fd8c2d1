package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;

/**
 * A query for a list of entries.
 *
 * @param viewer the viewer; only entries that are visible to the viewer are found
 * @param statuses the accepted statuses
 * @param updatedFrom the earliest update date, inclusive; null for no limit
 * @param updatedTo the latest update date, inclusive; null for no limit
 * @param order the order; ties are ordered by number
 * @param language the language for the order by title
 * @param after the place in the order after which the list starts; null for the beginning
 * @param offset the number of entries to skip, from 0
 * @param limit the maximum number of entries, from 1
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

    /** The order of the entries. */
    public enum Order {
        /**
         * By the code points of the title in the language. Entries without a title in this language come first. A storage
         * may compare only the first 500 characters.
         */
        TITLE,
        /** By ascending update date. */
        OLDEST_FIRST,
        /** By descending update date. */
        NEWEST_FIRST
    }

    /**
     * The place of an entry in an order. The cost of continuing a list after a place does not depend on the place. No
     * entry that keeps its place is missed when other entries change.
     *
     * @param title the entry's title in the language, empty if it has none; used for the order by title
     * @param updated the entry's update date; used for the other orders
     * @param id the number of the entry
     */
    public record Place(String title, Instant updated, long id) {

        /** Returns the place of a resource. */
        public static Place of(ListedResource resource, String language) {
            String title = resource.content().title().in(language).orElse("");
            return new Place(title, resource.updated(), resource.id());
        }
    }

    /**
     * Copies the statuses and validates the numbers.
     *
     * @throws IllegalArgumentException if the offset is negative or the limit is below 1
     */
    public CatalogueQuery {
        statuses = Set.copyOf(statuses);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset is " + offset + " and limit is " + limit
                    + "; the offset must be at least 0 and the limit at least 1");
        }
    }
}

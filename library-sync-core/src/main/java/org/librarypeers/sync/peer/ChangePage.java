package org.librarypeers.sync.peer;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;

/**
 * A page of a peer's change feed.
 *
 * @param items the changed items, in the order of the peer; may be empty
 * @param deleted the resources that the peer says that it no longer offers; may contain ones that it never offered to this library,
 *     and may repeat earlier pages. A page that lists a resource does not also say that it is deleted: the later of the two counts.
 * @param next the cursor after this page, from which the next page or a later run continues; null only if the peer has
 *     no resources at all
 * @param last whether this is the last page
 * @param total the number of items from the start of the session, as the peer reports it; -1 if it does not
 * @param completeness whether the list is complete as far as this session has read it, including this page. While it is
 *     a {@link Shortfall}, the stored cursor is not moved. If it is still one at the last page, the run fails, unless
 *     an earlier run met the same shortfall.
 * @param remarks remarks about this page for the run's message, as English clauses without a full stop; may be empty
 */
public record ChangePage(
        List<Item> items,
        Set<Guid> deleted,
        @Nullable Cursor next,
        boolean last,
        int total,
        Completeness completeness,
        List<String> remarks) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if this is not the last page and the cursor is null, or if a deleted resource is also listed
     */
    public ChangePage {
        items = List.copyOf(items);
        deleted = Set.copyOf(deleted);
        Set<Guid> both = items.stream()
                .map(Item::guid)
                .filter(Objects::nonNull)
                .filter(deleted::contains)
                .collect(Collectors.toSet());
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("page lists resources and says that they are deleted: " + both);
        }
        remarks = List.copyOf(remarks);
        if (!last && next == null) {
            throw new IllegalArgumentException("page is not the last one, but has no cursor");
        }
    }

    /** Creates a page without deletions. */
    public ChangePage(
            List<Item> items,
            @Nullable Cursor next,
            boolean last,
            int total,
            Completeness completeness,
            List<String> remarks) {
        this(items, Set.of(), next, last, total, completeness, remarks);
    }

    /** Creates a page of a list that is complete so far, without deletions and remarks. */
    public ChangePage(List<Item> items, @Nullable Cursor next, boolean last, int total) {
        this(items, next, last, total, new Completeness.Complete(), List.of());
    }

    /**
     * An item of the list.
     *
     * @param remoteId the id by which the peer returns the item; if it starts with {@value #ROW}, the item cannot be
     *     fetched
     * @param guid the GUID of the resource; null if the list does not contain a valid one
     * @param version a token that changes whenever the peer changes the resource, such as its update date; only
     *     compared for equality
     * @param body the answer for this item if the list contains it; null if it must be fetched
     */
    public record Item(
            String remoteId,
            @Nullable Guid guid,
            String version,
            @Nullable Fetched body) {

        /**
         * The prefix of the remote id of a row without an id. Such an item cannot be fetched, and only the whole list
         * shows whether it still exists.
         */
        public static final String ROW = "row ";

        private static final String UNREADABLE = "unreadable ";

        /**
         * Creates the item of a row without an id.
         *
         * @param row the part of the remote id after {@link #ROW}
         * @param guid the GUID of the resource; null if unknown
         * @param version the version token
         * @param body the answer for this item; null if it is missing
         */
        public static Item row(String row, @Nullable Guid guid, String version, @Nullable Fetched body) {
            return new Item(ROW + row, guid, version, body);
        }

        /**
         * Creates the item of an unreadable row.
         *
         * @param place the position of the row, in words that are the same in later runs
         * @param digest a hash of the row as it was sent
         * @param reason why the row is unreadable, and how the administrator finds it
         */
        public static Item unreadableRow(String place, String digest, String reason) {
            return row(place, null, UNREADABLE + digest, new Fetched.Unreadable(reason));
        }

        /** Returns whether the row was unreadable, so that only its position is known. */
        public boolean isUnreadableRow() {
            return !isFetchable() && version.startsWith(UNREADABLE);
        }

        /** Returns whether the item can be fetched. */
        public boolean isFetchable() {
            return isFetchable(remoteId);
        }

        /** Returns whether an item with this remote id can be fetched. */
        public static boolean isFetchable(String remoteId) {
            return !remoteId.startsWith(ROW);
        }
    }
}

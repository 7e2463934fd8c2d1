package org.librarypeers.sync.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;

/**
 * A page of a peer's change feed.
 *
 * @param items the changed items, in the order of the peer; may be empty
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
        @Nullable Cursor next,
        boolean last,
        int total,
        Completeness completeness,
        List<String> remarks) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if this is not the last page and the cursor is null
     */
    public ChangePage {
        items = List.copyOf(items);
        remarks = List.copyOf(remarks);
        if (!last && next == null) {
            throw new IllegalArgumentException("page is not the last one, but has no cursor");
        }
    }

    /** Creates a page of a list that is complete so far, without remarks. */
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
         * @param body the answer for this item; null if there is none
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

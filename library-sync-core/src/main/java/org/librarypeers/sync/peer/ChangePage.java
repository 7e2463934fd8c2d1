package org.librarypeers.sync.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;

/**
 * A page of a peer's changes.
 *
 * @param items what changed, in the order of the peer; may be empty
 * @param next where the next page begins, or, after the last, where a later run begins; null only if the peer has
 *     nothing at all
 * @param last whether the peer has nothing more now
 * @param total how many items the peer says there are in all from where the session began, or -1 if it does not say
 * @param completeness whether the list is complete as far as this session has read it, this page included. While it is a
 *     {@link Shortfall}, the page does not move the stored cursor; if it still is one with the last page, the run fails,
 *     unless an earlier run met the same
 * @param remarks what the run should tell about this page, as English clauses without a full stop; may be empty
 */
public record ChangePage(
        List<Item> items,
        @Nullable Cursor next,
        boolean last,
        int total,
        Completeness completeness,
        List<String> remarks) {

    /**
     * Keeps copies of the lists.
     *
     * @throws IllegalArgumentException if there is more to come but no cursor
     */
    public ChangePage {
        items = List.copyOf(items);
        remarks = List.copyOf(remarks);
        if (!last && next == null) {
            throw new IllegalArgumentException("page has a successor but no cursor");
        }
    }

    /** A page of a list that is complete as far as it was read, without remarks. */
    public ChangePage(List<Item> items, @Nullable Cursor next, boolean last, int total) {
        this(items, next, last, total, new Completeness.Complete(), List.of());
    }

    /**
     * One item of the list.
     *
     * @param remoteId by which the peer fetches it; if it begins with {@value #ROW}, the peer cannot
     * @param guid which resource it is; null if the list does not say so legibly
     * @param version changes whenever the peer changes the resource, for example its update date; compared for equality
     *     only
     * @param body what the list said of it already; null if it is to be fetched
     */
    public record Item(
            String remoteId,
            @Nullable Guid guid,
            String version,
            @Nullable Fetched body) {

        /**
         * Begins the remote id of a row that shows no id. Such an item is known by its row only: nobody can fetch it, and only the
         * peer's whole list can tell whether it is still there.
         */
        public static final String ROW = "row ";

        private static final String UNREADABLE = "unreadable ";

        /** Creates the item of a row of the list that shows no id; the row is what the remote id holds behind {@link #ROW}. */
        public static Item row(String row, @Nullable Guid guid, String version, @Nullable Fetched body) {
            return new Item(ROW + row, guid, version, body);
        }

        /**
         * Creates the item of a row of the list that cannot be read.
         *
         * @param place where the row stands, in words that are the same when a later run finds it there
         * @param digest of what was sent for it
         * @param reason why it cannot be read, and how the administrator finds it
         */
        public static Item unreadableRow(String place, String digest, String reason) {
            return row(place, null, UNREADABLE + digest, new Fetched.Unreadable(reason));
        }

        /** Returns whether nothing could be read of it but its place. */
        public boolean isUnreadableRow() {
            return !isFetchable() && version.startsWith(UNREADABLE);
        }

        /** Returns whether the peer can be asked for it. */
        public boolean isFetchable() {
            return isFetchable(remoteId);
        }

        /** Returns whether a peer can be asked for what has that remote id. */
        public static boolean isFetchable(String remoteId) {
            return !remoteId.startsWith(ROW);
        }
    }
}

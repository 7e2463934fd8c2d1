package org.librarypeers.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Completeness;
import org.librarypeers.sync.port.Shortfall;

/**
 * A page of a peer's list, as it was answered.
 *
 * @param objects what it lists
 * @param next what the peer says comes next; null on the last page
 * @param saysNext whether the peer says what comes next, or that nothing does
 * @param after where the full feed goes on; null if the peer has none
 * @param limit how many objects the peer says a page has; 0 if it does not say
 * @param total how many there are in all; -1 if the peer does not say
 * @param unreadable why the row behind the objects cannot be parsed, and with it the rest of the answer; null if all was read
 */
record Listing(
        List<Listed> objects,
        @Nullable String next,
        boolean saysNext,
        @Nullable Long after,
        int limit,
        int total,
        @Nullable Unreadable unreadable) {

    /** Stands for the address of the next page where the peer did not get to say it. */
    private static final String SOME_NEXT = "";

    /**
     * A row that cannot be parsed.
     *
     * @param why what is wrong with it, and where in the answer
     * @param digest of the answer from where the row begins, which is the same wherever the row stands, if it is the last one
     */
    record Unreadable(String why, String digest) {}

    /**
     * One object of the list.
     *
     * @param item what becomes of it
     * @param updated its update date; null if it has none that can be understood
     * @param approved whether it is approved, or does not say what it is
     * @param complete whether it came with its tags, links and files
     */
    record Listed(ChangePage.Item item, @Nullable PeerTime updated, boolean approved, boolean complete) {

        /** Creates a row that could not be read: nothing is known of it but its place. */
        static Listed unreadable(String place, String digest, String reason) {
            return new Listed(ChangePage.Item.unreadableRow(place, digest, reason), null, true, true);
        }

        /** Returns what tells this row from others wherever it stands. */
        String identity() {
            return isReadable() ? item.remoteId() : item.version();
        }

        boolean isReadable() {
            return !item.isUnreadableRow();
        }
    }

    /** Returns this answer as a whole one that ends behind those rows. */
    Listing endingBehind(List<Listed> rows) {
        return new Listing(rows, next == null ? SOME_NEXT : next, true, after, rows.size(), total, null);
    }

    /** Returns whether that one row was read, or none if it is null. */
    boolean shows(@Nullable Listed row) {
        List<String> ids =
                objects.stream().map(listed -> listed.item().remoteId()).toList();
        return ids.equals(row == null ? List.of() : List.of(row.item().remoteId()));
    }

    /** Returns whether that row is the first; true if there is none to look for. */
    boolean startsWith(@Nullable Listed row) {
        return row == null
                || (!objects.isEmpty()
                        && objects.get(0).item().remoteId().equals(row.item().remoteId()));
    }

    /** Returns this answer with those rows, all of which could be dealt with. */
    Listing with(List<Listed> rows) {
        return new Listing(rows, next, saysNext, after, limit, total, null);
    }

    /** Returns whether the peer says that nothing comes behind this page. Never true if it could not be read to its end. */
    boolean isLast() {
        return next == null && unreadable == null;
    }

    /**
     * Decides whether this answer holds as many resources as the peer says: an answer that is not the last holds
     * {@code meta.limit}, and up to the end of the last there are at least {@code meta.total_count}. More is harmless.
     *
     * @param before how many resources of the list come before this answer
     * @param asked how many resources a page was to hold
     */
    Completeness completeness(int before, int asked) {
        if (!isLast()) {
            int announced = Math.min(limit, asked);
            return limit > 0
                    ? comparing(announced, objects.size())
                    : unknown("how many resources a page has (meta.limit)");
        }
        if (total < 0) {
            return unknown("how many resources its list has (meta.total_count)");
        }
        Completeness count = comparing(total, before + objects.size());
        return saysNext || count instanceof Shortfall ? count : unknown("whether its list goes on (meta.next)");
    }

    private static Completeness comparing(int announced, int received) {
        return received < announced ? new Shortfall(announced, received) : new Completeness.Complete();
    }

    private static Completeness unknown(String what) {
        return new Completeness.Unknown("the peer does not say " + what + ", so that the list may be incomplete");
    }

    /** Whether one of our own libraries answered with its full feed. */
    boolean isFull() {
        return after != null && objects.stream().allMatch(Listed::complete);
    }

    /** What of it is offered to everybody. */
    List<ChangePage.Item> approved() {
        return objects.stream().filter(Listed::approved).map(Listed::item).toList();
    }
}

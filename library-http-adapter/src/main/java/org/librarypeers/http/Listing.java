package org.librarypeers.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.Shortfall;

/**
 * A page of a peer's list, as it was answered.
 *
 * @param objects what it lists
 * @param next what the peer says comes next; null on the last page
 * @param saysNext whether the peer says what comes next, or that nothing does
 * @param after where the full feed goes on; null if the peer has none
 * @param limit how many objects the peer says a page has; 0 if it does not say
 * @param total how many there are in all; -1 if the peer does not say
 */
record Listing(
        List<Listed> objects,
        @Nullable String next,
        boolean saysNext,
        @Nullable Long after,
        int limit,
        int total) {

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

        /** Returns this unreadable row with more words about it. */
        private Listed because(String more) {
            String reason = item.body() instanceof Fetched.Unreadable known ? known.reason() + more : more;
            ChangePage.Item told =
                    new ChangePage.Item(item.remoteId(), item.guid(), item.version(), new Fetched.Unreadable(reason));
            return new Listed(told, updated, approved, complete);
        }
    }

    /** Returns this answer with the request in what is said of rows that cannot be read, so that an administrator can repeat it. */
    Listing to(String request) {
        List<Listed> told = objects.stream()
                .map(row -> row.isReadable() ? row : row.because(" of " + request))
                .toList();
        return new Listing(told, next, saysNext, after, limit, total);
    }

    /** Returns whether the peer says that nothing comes behind this page. */
    boolean isLast() {
        return next == null;
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

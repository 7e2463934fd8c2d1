package org.librarypeers.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.ChangePage;

/**
 * A page of a peer's list, as it was answered.
 *
 * @param objects what it lists
 * @param next what the peer says comes next; null on the last page
 * @param after where the full feed goes on; null if the peer has none
 * @param limit how many objects the peer says a page has; 0 if it does not say
 * @param total how many there are in all; -1 if the peer does not say
 */
record Listing(
        List<Listed> objects,
        @Nullable String next,
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
    record Listed(ChangePage.Item item, @Nullable PeerTime updated, boolean approved, boolean complete) {}

    boolean isLast() {
        return next == null;
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

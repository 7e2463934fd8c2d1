package org.librarypeers.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.Shortfall;

/**
 * A page of a peer's list, as the peer sent it.
 *
 * @param objects the rows, in the order of the page
 * @param next the address of the next page; null on the last page
 * @param saysNext whether the peer states either the next page or that there is none
 * @param after the feed position after which the full feed continues; null if the peer has no full feed
 * @param limit the page size that the peer states; 0 if it states none
 * @param total the number of resources that the peer states; -1 if it states none
 */
record Listing(
        List<Listed> objects,
        @Nullable String next,
        boolean saysNext,
        @Nullable Long after,
        int limit,
        int total) {

    /**
     * One row of the list.
     *
     * @param item the row as an item of the change feed
     * @param updated the update date; null if it is missing or cannot be parsed
     * @param approved whether the resource is approved or has no status
     * @param complete whether the row includes tags, links and files
     * @param deleted whether the row says that the peer no longer serves the resource; its GUID is known then
     */
    record Listed(
            ChangePage.Item item, @Nullable PeerTime updated, boolean approved, boolean complete, boolean deleted) {

        /** Creates the row of a resource. */
        Listed(ChangePage.Item item, @Nullable PeerTime updated, boolean approved, boolean complete) {
            this(item, updated, approved, complete, false);
        }

        /** Creates the row of a deletion. */
        static Listed deletion(Guid guid, String version, @Nullable PeerTime at) {
            return new Listed(ChangePage.Item.row("deletion of " + guid, guid, version, null), at, false, true, true);
        }

        /** Creates a row that could not be read. Only its place and its digest are known. */
        static Listed unreadable(String place, String digest, String reason) {
            return new Listed(ChangePage.Item.unreadableRow(place, digest, reason), null, true, true);
        }

        /** Returns an identifier of this row that does not depend on its place. */
        String identity() {
            return isReadable() ? item.remoteId() : item.version();
        }

        boolean isReadable() {
            return !item.isUnreadableRow();
        }

        /** Returns this unreadable row with text appended to its reason. */
        private Listed because(String more) {
            String reason = item.body() instanceof Fetched.Unreadable known
                    ? known.reason().detail() + more
                    : more;
            ChangePage.Item told =
                    new ChangePage.Item(item.remoteId(), item.guid(), item.version(), new Fetched.Unreadable(reason));
            return new Listed(told, updated, approved, complete, deleted);
        }
    }

    /**
     * Returns this page with the request appended to the reasons of unreadable rows, so that an administrator can repeat the
     * request.
     */
    Listing to(String request) {
        List<Listed> told = objects.stream()
                .map(row -> row.isReadable() ? row : row.because("; request: " + request))
                .toList();
        return new Listing(told, next, saysNext, after, limit, total);
    }

    /** Returns whether no page follows this one. */
    boolean isLast() {
        return next == null;
    }

    /** Returns the number of resources on the page, without deletions. */
    int resources() {
        return (int) objects.stream().filter(row -> !row.deleted()).count();
    }

    /**
     * Compares the number of resources with what the peer states. Each page before the last one should have
     * {@code meta.limit} rows, and all pages together at least {@code meta.total_count}. More resources are
     * harmless.
     *
     * @param before how many resources of the list precede this page
     * @param asked the requested page size
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
        Completeness count = comparing(total, before + resources());
        return saysNext || count instanceof Shortfall ? count : unknown("whether its list continues (meta.next)");
    }

    private static Completeness comparing(int announced, int received) {
        return received < announced ? new Shortfall(announced, received) : new Completeness.Complete();
    }

    private static Completeness unknown(String what) {
        return new Completeness.Unknown("the peer does not state " + what + ", so the list may be incomplete");
    }

    /** Returns whether this is a page of a full feed, as a peer that runs this software sends it. */
    boolean isFull() {
        return after != null && objects.stream().allMatch(Listed::complete);
    }

    /** Returns the items of the approved resources. */
    List<ChangePage.Item> approved() {
        return objects.stream().filter(Listed::approved).map(Listed::item).toList();
    }

    /** Returns the deleted resources. If a resource has several rows, the last one counts. */
    Set<Guid> deleted() {
        Set<Guid> deleted = new HashSet<>();
        for (Listed row : objects) {
            Guid guid = row.item().guid();
            if (guid != null && row.deleted()) {
                deleted.add(guid);
            } else if (guid != null && row.approved()) {
                deleted.remove(guid);
            }
        }
        return deleted;
    }
}

package org.librarypeers.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.ChangePage;

/**
 * Reads the rows around one that cannot be parsed, which spoils its whole page: the rows before it were read, those behind it
 * are requested anew, and the row itself is requested once more, which shows that it is still unreadable and stands where it
 * stood. The row then appears in the page as an item without an id.
 *
 * <pre>
 *   offset 0, limit 5:  a b #           the rows before it
 *   offset 3, limit 2:  d e             those behind it
 *   offset 1, limit 2:  b #             it still stands behind b, so that none was missed between the requests
 *   page:               a b # d e
 * </pre>
 *
 * <p>For one session. The number of these requests is limited: a peer may have nothing but unreadable rows.
 */
final class UnreadableRows {

    /** Enough for 25 rows a run, and a small part of the 1000 requests that existing sites allow in an hour. */
    static final int MAX_EXTRA_REQUESTS = 50;

    private final Failures failures;

    /** How the rows are named that were found, by their digests. */
    private final Map<String, String> names = new HashMap<>();

    private int extraRequests;
    private @Nullable String exhausted;

    /** The place of an unreadable row that stood elsewhere when it was requested once more. */
    private @Nullable String unconfirmed;

    UnreadableRows(Failures failures) {
        this.failures = failures;
    }

    /** Requests a part of the list. */
    interface Lister<P> {
        Listing list(P from, int limit);
    }

    /** Throws if the session may not go on, because too many rows are unreadable. */
    void requireNotExhausted() {
        String place = exhausted;
        if (place != null) {
            throw failures.tooManyUnreadableRows(extraRequests, place);
        }
    }

    /**
     * Completes an answer of an ORB v1 list.
     *
     * @param limit how many rows were asked for
     * @return the page; if the list moved meanwhile, only the rows before the unreadable one, with more to come
     */
    Listing completed(Position.Orb asked, int limit, Listing answer, Lister<Position.Orb> lister) {
        List<Listing.Listed> rows = new ArrayList<>(answer.objects());
        Listing page = answer;
        Listing first = answer;
        while (page.unreadable() != null) {
            int row = rows.size();
            String place = place(asked, rows);
            if (!spend(2, place + why(page))) {
                if (lastReadable(rows) < 0) {
                    throw failures.tooManyUnreadableRows(extraRequests, place + why(page));
                }
                return first.endingBehind(rows);
            }
            Listing behind = lister.list(asked.plus(row + 1), Math.max(1, limit - row - 1));
            Listing.Listed before = row > 0 && rows.get(row - 1).isReadable() ? rows.get(row - 1) : null;
            Listing again = before == null ? lister.list(asked.plus(row), 1) : lister.list(asked.plus(row - 1), 2);
            Listing.Unreadable found = again.shows(before) ? again.unreadable() : null;
            List<Listing.Listed> more = found == null ? List.of() : more(asked, rows, found, behind);
            if (found == null || !areDistinct(rows, more)) {
                boolean canBeRead = again.unreadable() == null && again.startsWith(before);
                unconfirmed = canBeRead ? unconfirmed : place;
                if (rows.isEmpty()) {
                    return again;
                }
                if (lastReadable(rows) >= 0) {
                    return first.endingBehind(rows);
                }
                // Nothing but unreadable rows: they moved, or the site answers this to everything.
                if (!spend(1, place + why(page))) {
                    throw failures.tooManyUnreadableRows(extraRequests, place + why(page));
                }
                first = lister.list(asked, limit);
                rows = new ArrayList<>(first.objects());
                page = first;
                continue;
            }
            unconfirmed = null;
            rows.addAll(more);
            page = behind;
        }
        return page.with(rows);
    }

    private static String why(Listing page) {
        return page.unreadable() == null ? "" : ": " + page.unreadable().why();
    }

    /** Returns the unreadable row and those behind it. */
    private List<Listing.Listed> more(
            Position.Orb asked, List<Listing.Listed> rows, Listing.Unreadable found, Listing behind) {
        String name = names.computeIfAbsent(found.digest(), unnamed -> name(asked, rows, behind));
        String path = OrbFeed.path(asked.plus(rows.size()), 1);
        List<Listing.Listed> more = new ArrayList<>();
        more.add(Listing.Listed.unreadable(name, found.digest(), reason(place(asked, rows), path, found)));
        more.addAll(behind.objects());
        return more;
    }

    /** Returns whether no row was met twice. Where rows of one date change their places, another one was then missed. */
    private static boolean areDistinct(List<Listing.Listed> rows, List<Listing.Listed> more) {
        Set<String> identities = new HashSet<>();
        return Stream.concat(rows.stream(), more.stream()).allMatch(row -> identities.add(row.identity()));
    }

    /**
     * Completes an answer of the full feed, which has no offset: asks for no more rows than can be read, or for the unreadable one
     * alone, since the answer says before its rows where the feed goes on behind them.
     */
    Listing completed(Position.Full asked, Listing answer, Lister<Position.Full> lister) {
        Listing page = answer;
        boolean alone = false;
        String place = "behind position " + asked.after();
        while (page.unreadable() != null) {
            int readable = page.objects().size();
            Listing.Unreadable found = page.unreadable();
            if (found != null && alone && readable == 0 && page.after() != null && page.after() > asked.after()) {
                String reason = reason("the row " + place, FullFeed.path(asked, 1), found);
                return page.with(List.of(Listing.Listed.unreadable(place, found.digest(), reason)));
            }
            // What is left of the page is another request.
            if ((alone && readable == 0) || !spend(2, "the row " + place + why(page))) {
                throw failures.tooManyUnreadableRows(extraRequests, "the row " + place + why(page));
            }
            alone = readable <= 1;
            page = lister.list(asked, Math.max(1, readable));
        }
        return page;
    }

    /**
     * Returns the last page of the list, with one more item if an unreadable row was met and never found again: a site may show rows of
     * one date in another order each time.
     */
    ChangePage last(ChangePage page) {
        String place = unconfirmed;
        if (place == null) {
            return page;
        }
        List<ChangePage.Item> items = new ArrayList<>(page.items());
        items.add(ChangePage.Item.unreadableRow(
                "without a place",
                "",
                place + " of the list cannot be read, and stood elsewhere when it was requested again"));
        return new ChangePage(items, page.next(), true, page.total(), page.completeness(), page.remarks());
    }

    private boolean spend(int requests, String place) {
        if (extraRequests + requests > MAX_EXTRA_REQUESTS) {
            exhausted = place;
            return false;
        }
        extraRequests += requests;
        return true;
    }

    /** Names the row by the readable one before it, since offsets move; else by the one behind it. */
    private static String name(Position.Orb asked, List<Listing.Listed> rows, Listing behind) {
        int last = lastReadable(rows);
        if (last >= 0) {
            int distance = rows.size() - last;
            return (distance == 1 ? "" : distance + " ") + "after " + id(rows.get(last));
        }
        if (!behind.objects().isEmpty()) {
            return "before " + id(behind.objects().get(0));
        }
        return "at " + asked.plus(rows.size()).token();
    }

    /** Says where the row stands, for an administrator. */
    private static String place(Position.Orb asked, List<Listing.Listed> rows) {
        int last = lastReadable(rows);
        String before = last < 0 ? "" : " behind resource " + id(rows.get(last));
        String from =
                asked.time() == null ? "" : " from update date " + asked.time().literal();
        return "the row at offset " + (asked.offset() + rows.size()) + from + before;
    }

    private static int lastReadable(List<Listing.Listed> rows) {
        int last = rows.size() - 1;
        while (last >= 0 && !rows.get(last).isReadable()) {
            last--;
        }
        return last;
    }

    private static String id(Listing.Listed row) {
        return row.item().remoteId();
    }

    private static String reason(String place, String path, Listing.Unreadable found) {
        return place + " of the list cannot be read: " + found.why() + " of " + path;
    }
}

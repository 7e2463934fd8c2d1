package org.librarypeers.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;

/**
 * The change feed of a peer that runs this software. It is read by feed position, which no two rows share, and it includes the
 * bodies and the deletions.
 */
final class FullFeed {

    private final PeerFailures failures;
    private final int pageSize;
    private final ListTally tally = new ListTally();
    private Position.@Nullable Full stuckAt;

    /** The resources seen since the start of the feed; null if this session did not start there. */
    private @Nullable Set<String> seen;

    FullFeed(PeerFailures failures, int pageSize) {
        this.failures = failures;
        this.pageSize = pageSize;
    }

    static String path(Position.Full from, int limit) {
        return "/api/v1/resource/?full=true&status=approved&limit=" + limit + "&after=" + from.after();
    }

    /** Returns the path without the parameters that only this software understands. Some sites reject unknown parameters. */
    static String withoutParameters(String path) {
        return path.replace("&full=true", "").replace("full=true&", "").replaceAll("&after=\\d+", "");
    }

    /** Converts an answer of the full feed into a page. */
    ChangePage page(Position.Full asked, @Nullable Cursor before, Listing listing, int total) {
        if (asked.after() == 0) {
            seen = new HashSet<>();
        }
        if (tally.isToBeAskedAgain(asked, completeness(listing), false)) {
            return page(listing, asked.cursor(before == null ? null : before.upTo()), false, total);
        }
        long after = listing.after() == null ? asked.after() : listing.after();
        if (!listing.isLast() && after <= asked.after()) {
            if (asked.equals(stuckAt)) {
                throw failures.noProgress("announced twice that more follows after feed position " + asked.after()
                        + ", but sent nothing");
            }
            stuckAt = asked;
        }
        // A position before the requested one would cause an endless loop.
        Position.Full next = new Position.Full(Math.max(after, asked.after()));
        List<Listing.Listed> objects = listing.objects();
        PeerTime newest =
                objects.isEmpty() ? null : objects.get(objects.size() - 1).updated();
        String upTo = newest != null ? newest.literal() : before == null ? null : before.upTo();
        return page(listing, next.cursor(upTo), listing.isLast(), total);
    }

    private ChangePage page(Listing listing, Cursor next, boolean last, int total) {
        Set<Guid> deleted = listing.deleted();
        List<ChangePage.Item> items = listing.approved().stream()
                .filter(item -> item.guid() == null || !deleted.contains(item.guid()))
                .toList();
        return new ChangePage(items, deleted, next, last, total, tally.completeness(), List.of());
    }

    /**
     * Returns the completeness of the list, as far as it was read. {@code meta.total_count} of the full feed counts all
     * resources, so it can be compared only if the feed is read from its start.
     */
    private Completeness completeness(Listing listing) {
        int before = 0;
        if (seen != null) {
            listing.objects().stream()
                    .filter(row -> !row.deleted())
                    .forEach(row -> seen.add(row.item().remoteId()));
            before = seen.size() - listing.resources();
        } else if (listing.isLast()) {
            return new Completeness.Complete();
        }
        return listing.completeness(before, pageSize);
    }
}

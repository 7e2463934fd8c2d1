package org.librarypeers.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;

/** Goes through the feed of one of our own libraries: by a position that no two resources share, bodies included. */
final class FullFeed {

    private final PeerFailures failures;
    private final int pageSize;
    private final ListTally tally = new ListTally();
    private Position.@Nullable Full stuckAt;

    /** The resources seen since the beginning of the feed; null if it was not read from there. */
    private @Nullable Set<String> seen;

    FullFeed(PeerFailures failures, int pageSize) {
        this.failures = failures;
        this.pageSize = pageSize;
    }

    static String path(Position.Full from, int limit) {
        return "/api/v1/resource/?full=true&status=approved&limit=" + limit + "&after=" + from.after();
    }

    /** Returns that path without what only our own libraries understand: there are sites that refuse parameters they do not know. */
    static String withoutParameters(String path) {
        return path.replace("&full=true", "").replace("full=true&", "").replaceAll("&after=\\d+", "");
    }

    /** Makes a page of an answer that is a full one. */
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
                throw failures.noProgress(
                        "says twice that there is more after " + asked.after() + " and gives nothing");
            }
            stuckAt = asked;
        }
        // A position before the one asked for would go in circles.
        Position.Full next = new Position.Full(Math.max(after, asked.after()));
        List<Listing.Listed> objects = listing.objects();
        PeerTime newest =
                objects.isEmpty() ? null : objects.get(objects.size() - 1).updated();
        String upTo = newest != null ? newest.literal() : before == null ? null : before.upTo();
        return page(listing, next.cursor(upTo), listing.isLast(), total);
    }

    private ChangePage page(Listing listing, Cursor next, boolean last, int total) {
        return new ChangePage(listing.approved(), next, last, total, tally.completeness(), List.of());
    }

    /** The count of a full feed is that of all resources, so that it says something of reads from the beginning only. */
    private Completeness completeness(Listing listing) {
        int before = 0;
        if (seen != null) {
            listing.objects().forEach(object -> seen.add(object.item().remoteId()));
            before = seen.size() - listing.objects().size();
        } else if (listing.isLast()) {
            return new Completeness.Complete();
        }
        return listing.completeness(before, pageSize);
    }
}

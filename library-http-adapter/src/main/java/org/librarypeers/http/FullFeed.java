package org.librarypeers.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.port.ChangePage;

/** Goes through the feed of one of our own libraries: by a position that no two resources share, bodies included. */
final class FullFeed {

    private final Failures failures;
    private Position.@Nullable Full stuckAt;

    FullFeed(Failures failures) {
        this.failures = failures;
    }

    static String path(Position.Full from, int limit) {
        return "/api/v1/resource/?full=true&status=approved&limit=" + limit + "&after=" + from.after();
    }

    /** Makes a page of an answer that is a full one. */
    ChangePage page(Position.Full asked, @Nullable Cursor before, Listing listing, int total) {
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
        return new ChangePage(listing.approved(), next.cursor(upTo), listing.isLast(), total);
    }
}

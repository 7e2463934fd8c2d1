package org.librarypeers.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.port.ChangePage;

/**
 * Goes through the list of an ORB v1 site without missing what changes meanwhile.
 *
 * <p>The list is ordered by update date, and what is changed moves to its end. So each page begins at the last date of the
 * page before, that date included: what moved away moved to where it is still to be read. Only within resources that share
 * one date, when they fill a page, an offset is used; then each page begins with the last resource of the page before, and
 * if it does not, something moved, and those resources are read once more.
 *
 * <pre>
 *   from T1:  a@T1 b@T2 c@T3            next from T3
 *   from T3:  c@T3 d@T3 e@T3            all of T3: next from T3, offset 2
 *   offset 2: e@T3 f@T3 g@T4            begins with e as it should: next from T4
 * </pre>
 */
final class OrbFeed {

    /** How far a session looks back, for what was dated before and committed after the session before it read on. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    private static final int MAX_RESTARTS = 3;
    private static final int MAX_GROUP = 1_000_000;

    private final Failures failures;

    /** The date of the cursor with which the session began; null if it began at the beginning. */
    private @Nullable PeerTime floor;

    private @Nullable Group group;
    private int idle;

    OrbFeed(Failures failures) {
        this.failures = failures;
    }

    /** What is known of the resources from one date on that are read by offset. */
    private static final class Group {
        final @Nullable PeerTime time;
        final Set<String> ids = new HashSet<>();
        int furthest;
        int restarts;

        @Nullable
        String expected;

        /** Whether the site shows older ones than it was asked for, so that asking by date leads nowhere. */
        boolean isUnfiltered;

        Group(@Nullable PeerTime time) {
            this.time = time;
        }
    }

    static String path(Position.Orb from, int limit) {
        String time = from.time() == null
                ? ""
                : "&update_date__gte="
                        + from.time().literal().replace("+", "%2B").replace(" ", "%20");
        String offset = from.offset() == 0 ? "" : "&offset=" + from.offset();
        return "/api/v1/resource/?order_by=update_date&status=approved&full=true&limit=" + limit + time + offset;
    }

    /** Where a session begins that was given that position. */
    Position.Orb begin(Position.Orb cursor) {
        floor = cursor.time();
        return floor == null ? Position.Orb.START : new Position.Orb(floor.minus(LOOK_BACK), 0);
    }

    /** Makes a page of an answer, and decides where to go on. */
    ChangePage page(Position.Orb asked, Listing listing, int total) {
        boolean moved = hasMoved(asked, listing);
        PeerTime end = end(listing.objects());
        Position.Orb next;
        if (moved) {
            next = new Position.Orb(asked.time(), 0);
        } else if (listing.isLast()) {
            Cursor rest = rest(asked, listing, end);
            group = null;
            return new ChangePage(listing.approved(), rest, true, total);
        } else {
            next = next(asked, listing, end);
        }
        PeerTime upTo = end == null ? asked.time() : end;
        return new ChangePage(listing.approved(), next.cursor(upTo == null ? null : upTo.literal()), false, total);
    }

    private Position.Orb next(Position.Orb asked, Listing listing, @Nullable PeerTime end) {
        List<Listing.Listed> objects = listing.objects();
        if (objects.isEmpty()) {
            idle("answers two empty pages in a row and says that there is more");
            return new Position.Orb(asked.time(), asked.offset() + Math.max(1, listing.limit()));
        }
        Group current = groupOf(asked);
        if (asked.offset() == 0) {
            PeerTime first = objects.get(0).updated();
            current.isUnfiltered = asked.time() != null && first != null && first.isBefore(asked.time());
        }
        if (end != null && !current.isUnfiltered && isBefore(asked.time(), end)) {
            idle = 0;
            group = null;
            return new Position.Orb(end, 0);
        }
        return withinGroup(current, asked, objects);
    }

    /** Whether the dates have moved on; from no date, they have. */
    private static boolean isBefore(@Nullable PeerTime one, PeerTime other) {
        return one == null || one.isBefore(other);
    }

    private Position.Orb withinGroup(Group current, Position.Orb asked, List<Listing.Listed> objects) {
        int reached = asked.offset() + objects.size();
        boolean news = false;
        for (Listing.Listed object : objects) {
            news |= current.ids.add(object.item().remoteId());
        }
        if (current.ids.size() > MAX_GROUP) {
            throw failures.noProgress("lists more than " + MAX_GROUP + " resources with one update date");
        }
        if (!news && reached >= current.furthest) {
            idle("answers the same resources again and says that there is more");
        } else {
            idle = 0;
        }
        current.furthest = Math.max(current.furthest, reached);
        if (objects.size() == 1) {
            current.expected = null;
            return new Position.Orb(asked.time(), reached);
        }
        current.expected = objects.get(objects.size() - 1).item().remoteId();
        return new Position.Orb(asked.time(), reached - 1);
    }

    /** Whether a page by offset does not begin where the page before ended. A site with no set order may do so forever. */
    private boolean hasMoved(Position.Orb asked, Listing listing) {
        Group current = groupOf(asked);
        String expected = asked.offset() == 0 ? null : current.expected;
        List<Listing.Listed> objects = listing.objects();
        boolean moved = expected != null
                && (objects.isEmpty() || !objects.get(0).item().remoteId().equals(expected));
        if (!moved || current.restarts == MAX_RESTARTS) {
            return false;
        }
        current.restarts++;
        current.expected = null;
        return true;
    }

    private Group groupOf(Position.Orb asked) {
        Group current = group;
        if (current == null || !Objects.equals(current.time, asked.time())) {
            current = new Group(asked.time());
            group = current;
        }
        return current;
    }

    /** Where a later session begins: at the last date, or, where dates are of no use, where this one did. */
    private @Nullable Cursor rest(Position.Orb asked, Listing listing, @Nullable PeerTime end) {
        if (end != null) {
            return new Position.Orb(end, 0).cursor(end.literal());
        }
        PeerTime time = floor;
        if (listing.objects().isEmpty()) {
            if (asked.time() == null && asked.offset() == 0) {
                return null;
            }
            boolean further = asked.time() != null && (floor == null || floor.isBefore(asked.time()));
            time = further ? asked.time() : floor;
        }
        return new Position.Orb(time, 0).cursor(time == null ? null : time.literal());
    }

    /** The last date of the page; null if one is missing, or they are not in order. */
    private static @Nullable PeerTime end(List<Listing.Listed> objects) {
        PeerTime end = null;
        for (Listing.Listed object : objects) {
            PeerTime time = object.updated();
            if (time == null || (end != null && time.isBefore(end))) {
                return null;
            }
            end = time;
        }
        return end;
    }

    private void idle(String what) {
        idle++;
        if (idle == 2) {
            throw failures.noProgress(what);
        }
    }
}

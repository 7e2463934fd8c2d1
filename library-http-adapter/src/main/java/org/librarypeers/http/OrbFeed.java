package org.librarypeers.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.peer.ChangePage;

/**
 * Goes through the list of an ORB v1 site without missing what changes meanwhile.
 *
 * <p>The list is ordered by update date, and what is changed moves to its end. So each page begins at the last date of the
 * page before, that date included: what moved away moved to where it is still to be read. Only within resources that share
 * one date, when they fill a page, an offset is used; then each page begins with the last resource of the page before. If
 * it does not, something moved, or the site shows them in another order for each page: then they are read again, until as
 * many were seen as there are. An answer that holds fewer resources than the site says, or none though there is more, is asked
 * for once more. A cursor never has a date that the site's own clock has not reached; the session goes on from it all the same.
 *
 * <pre>
 *   from T1:  a@T1 b@T2 c@T3            next from T3
 *   from T3:  c@T3 d@T3 e@T3            all of T3: next from T3, offset 2
 *   offset 2: e@T3 f@T3 g@T4            begins with e as it should: next from T4
 * </pre>
 */
final class OrbFeed {

    /**
     * How far a session looks back, for what was dated before and committed after the session before it read on. It looks
     * back further by as long as that session took, since what was dated before may have been committed behind each of its
     * pages.
     */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /** Two pages, each asked for twice. */
    private static final int EMPTY_ANSWERS = 4;

    /** Small pages in an order of their own each may show nothing new a few times by chance. */
    private static final int SAME_PAGES = 10;

    private static final int MAX_GROUP = 1_000_000;

    private static final int LONGEST_BACK = 999_999_999;

    private final PeerFailures failures;
    private final int pageSize;
    private final Clock clock;
    private final PeerClock peerClock;
    private final ListTally tally = new ListTally();
    private @Nullable Instant begun;

    /** The date of the cursor with which the session began; null if it began at the beginning. */
    private @Nullable PeerTime floor;

    /** The latest date that was read and that a cursor may have; the cursor's own if there is none later. */
    private @Nullable PeerTime settled;

    /** The cursor with which the session began. */
    private Position.Orb stored = Position.Orb.START;

    /** Where the session goes on, and the cursor that was given for it, whose date may be an earlier one. */
    private Position.Orb next = Position.Orb.START;

    private @Nullable Cursor given;

    private @Nullable DateGroup group;
    private int idle;

    OrbFeed(PeerFailures failures, int pageSize, Clock clock, Supplier<@Nullable Instant> peerClock) {
        this.failures = failures;
        this.pageSize = pageSize;
        this.clock = clock;
        this.peerClock = new PeerClock(peerClock, LOOK_BACK);
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
        stored = cursor;
        floor = cursor.time();
        settled = floor;
        begun = clock.instant();
        return lookingBack();
    }

    private Position.Orb lookingBack() {
        return floor == null
                ? Position.Orb.START
                : new Position.Orb(floor.minus(LOOK_BACK.plusMinutes(wholeMinutes(stored.back()))), 0);
    }

    /**
     * Returns where the session begins instead, once its first answer told the peer's clock. A cursor that is ahead of that clock
     * comes from a time when the clock was wrong or not told: everything since the list was last read to its end is read again,
     * or, if it is not known when that was, everything.
     *
     * @param begin where it began
     */
    Position.Orb corrected(Position.Orb begin) {
        PeerTime cursor = floor;
        Instant now = peerClock.now();
        if (cursor == null || now == null || !cursor.isAfter(now)) {
            return begin;
        }
        Instant read = stored.clock();
        floor = read == null || read.isAfter(now) ? null : PeerClock.since(read, cursor);
        settled = floor;
        Position.Orb earlier = lookingBack();
        peerClock.corrected(cursor, earlier.time());
        return earlier;
    }

    /** Returns where a session goes on that was given that cursor, which is at that position. */
    Position.Orb following(@Nullable Cursor cursor, Position.Orb position) {
        return cursor != null && cursor.equals(given) ? next : position.inSession();
    }

    private static int wholeMinutes(int seconds) {
        return (seconds + 59) / 60;
    }

    private Cursor cursor(Position.Orb reached, @Nullable PeerTime upTo) {
        return cursor(reached, upTo, stored.clock());
    }

    /** Makes a cursor that is not beyond the peer's clock, and remembers what it stands for in this session. */
    private Cursor cursor(Position.Orb reached, @Nullable PeerTime upTo, @Nullable Instant readToEnd) {
        long seconds =
                begun == null ? 0 : Duration.between(begun, clock.instant()).toSeconds();
        boolean beyond = reached.time() != null && peerClock.isBeyond(reached.time());
        PeerTime shown = upTo != null && peerClock.isBeyond(upTo) ? settled : upTo;
        next = reached;
        given = (beyond ? new Position.Orb(settled, 0) : reached)
                .reachedAfter((int) Math.max(0, Math.min(LONGEST_BACK, seconds)), readToEnd)
                .cursor(shown == null ? null : shown.literal());
        return given;
    }

    /** Takes note of the dates of a page that are in order. */
    private void settle(List<Listing.Listed> objects) {
        for (Listing.Listed object : objects) {
            PeerTime date = object.updated();
            if (date != null && !peerClock.isBeyond(date) && (settled == null || settled.isBefore(date))) {
                settled = date;
            }
        }
    }

    /** Makes a page of an answer, and decides where to go on. */
    ChangePage page(Position.Orb asked, Listing listing, int total) {
        List<Listing.Listed> objects = listing.objects();
        peerClock.read(objects);
        PeerTime end = end(objects);
        if (end != null) {
            settle(objects);
        }
        PeerTime upTo = end == null ? asked.time() : end;
        boolean stalls = objects.isEmpty() && !listing.isLast();
        if (stalls) {
            idle(EMPTY_ANSWERS, "answers two empty pages in a row and says that there is more");
        }
        if (tally.isToBeAskedAgain(asked, listing.completeness(asked.offset(), pageSize), stalls)) {
            return page(listing, cursor(asked, upTo), false, total);
        }
        DateGroup current = groupOf(asked);
        current.arrived(asked.offset(), objects);
        PeerTime reached = current.isUnfiltered() || end == null ? null : reached(asked, objects, end);
        boolean further = reached != null && isBefore(asked.time(), reached);
        if ((further || listing.isLast()) && asked.offset() > 0) {
            if (lacksSome(current, asked, reached != null, objects)) {
                idle = 0;
                tally.forget(
                        position -> position instanceof Position.Orb orb && Objects.equals(orb.time(), asked.time()));
                return page(listing, cursor(new Position.Orb(asked.time(), 0), upTo), false, total);
            }
            if (current.isUncertain()) {
                tally.doubt(
                        asked, "the list repeats resources or changes while it is read, so that it may be incomplete");
            }
        }
        if (listing.isLast()) {
            group = null;
            return page(listing, rest(asked, listing, end), true, total);
        }
        if (further) {
            idle = 0;
            group = null;
            return page(listing, cursor(new Position.Orb(reached, 0), upTo), false, total);
        }
        int offset = offsetWithin(current, asked, listing);
        return page(listing, cursor(new Position.Orb(asked.time(), offset), upTo), false, total);
    }

    private ChangePage page(Listing listing, @Nullable Cursor cursor, boolean last, int total) {
        return new ChangePage(
                listing.approved(), cursor, last, total, tally.completeness(), last ? peerClock.remarks() : List.of());
    }

    /** Whether the dates have moved on; from no date, they have. */
    private static boolean isBefore(@Nullable PeerTime one, PeerTime other) {
        return one == null || one.isBefore(other);
    }

    /** Whether a group that took more than one page, and ends on this one, has to be read again. */
    private static boolean lacksSome(
            DateGroup current, Position.Orb asked, boolean dated, List<Listing.Listed> objects) {
        PeerTime time = asked.time();
        List<Listing.Listed> members = !dated || time == null
                ? objects
                : objects.stream().takeWhile(object -> isWithin(time, object)).toList();
        return current.lacksSome(asked.offset(), members);
    }

    private static boolean isWithin(PeerTime time, Listing.Listed object) {
        return object.updated() == null || !time.isBefore(object.updated());
    }

    /**
     * Returns the date from which the next page is asked for: the last one of the page. But a page that was reached by an offset, and
     * begins behind the date it was asked for, may not show all rows of its first date.
     */
    private static @Nullable PeerTime reached(Position.Orb asked, List<Listing.Listed> objects, PeerTime end) {
        PeerTime time = asked.time();
        Listing.Listed first = objects.get(0);
        if (asked.offset() == 0 || time == null || (first.isReadable() && isWithin(time, first))) {
            return end;
        }
        return objects.stream()
                .filter(Listing.Listed::isReadable)
                .findFirst()
                .map(Listing.Listed::updated)
                .orElse(null);
    }

    private int offsetWithin(DateGroup current, Position.Orb asked, Listing listing) {
        List<Listing.Listed> objects = listing.objects();
        if (objects.isEmpty()) {
            // It was asked for twice: the resources on it may be lost, those behind it are not.
            return asked.offset() + Math.max(1, listing.limit());
        }
        if (current.isIdle(asked.offset(), objects)) {
            idle(SAME_PAGES, "answers the same resources again and says that there is more");
        } else {
            idle = 0;
        }
        int next = current.nextOffset(asked.offset(), objects);
        if (current.seen() > MAX_GROUP) {
            throw failures.noProgress("lists more than " + MAX_GROUP + " resources with one update date");
        }
        return next;
    }

    private DateGroup groupOf(Position.Orb asked) {
        DateGroup current = group;
        if (current == null || !Objects.equals(current.time, asked.time())) {
            current = new DateGroup(asked.time());
            group = current;
        }
        return current;
    }

    /** Where a later session begins: at the last date, or, where dates are of no use, where this one did. */
    private @Nullable Cursor rest(Position.Orb asked, Listing listing, @Nullable PeerTime end) {
        if (end != null) {
            return atEnd(end);
        }
        PeerTime time = floor;
        if (listing.objects().stream().noneMatch(Listing.Listed::isReadable)) {
            if (asked.time() == null && asked.offset() == 0) {
                return null;
            }
            boolean further = asked.time() != null && (floor == null || floor.isBefore(asked.time()));
            time = further ? asked.time() : floor;
        }
        return atEnd(time);
    }

    /** The cursor of a list that was read to its end; it holds the peer's clock at that time, or the last that was told. */
    private Cursor atEnd(@Nullable PeerTime time) {
        Instant now = peerClock.now();
        return cursor(new Position.Orb(time, 0), time, now == null ? stored.clock() : now);
    }

    /**
     * The last date of the page; null if one is missing, or they are not in order. A row that could not be read stands between its
     * neighbours, whose dates are enough.
     */
    private static @Nullable PeerTime end(List<Listing.Listed> objects) {
        PeerTime end = null;
        for (Listing.Listed object : objects) {
            PeerTime time = object.updated();
            if (!object.isReadable()) {
                continue;
            }
            if (time == null || (end != null && time.isBefore(end))) {
                return null;
            }
            end = time;
        }
        return end;
    }

    private void idle(int most, String what) {
        idle++;
        if (idle >= most) {
            throw failures.noProgress(what);
        }
    }
}

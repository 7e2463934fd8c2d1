package org.librarypeers.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Cursor;
import org.librarypeers.sync.peer.ChangePage;

/**
 * The change feed of an ORB v1 site. It misses no change that is made while the list is being read.
 *
 * <p>The list is ordered by update date, and a changed resource moves to its end. Each page therefore begins at the last date
 * of the page before, inclusive: a resource that moved is still ahead. An offset is used only within resources that share one
 * date and fill a page. Each page then begins with the last resource of the page before. If it does not, a resource moved, or
 * the site orders each page differently. The resources of that date are then read again, until all of them were seen. An answer
 * with fewer resources than the site states, or with none although the list continues, is requested once more. A cursor never
 * has a date that the site's own clock has not reached. Within the session, reading continues beyond such a date.
 *
 * <pre>
 *   from T1:  a@T1 b@T2 c@T3            next from T3
 *   from T3:  c@T3 d@T3 e@T3            all of T3: next from T3, offset 2
 *   offset 2: e@T3 f@T3 g@T4            begins with e as expected: next from T4
 * </pre>
 */
final class OrbFeed {

    /**
     * The time that a session goes back from its cursor. A resource may be committed after the previous session has read past
     * its date. The session also goes back by the duration of the previous session, because that can happen after each of its
     * pages.
     */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /** Two pages, each requested twice. */
    private static final int EMPTY_ANSWERS = 4;

    /**
     * The number of consecutive pages without a new resource after which the run fails. Small pages in varying order may repeat
     * resources a few times by chance.
     */
    private static final int SAME_PAGES = 10;

    private static final int MAX_GROUP = 1_000_000;

    private static final int LONGEST_BACK = 999_999_999;

    private final PeerFailures failures;
    private final int pageSize;
    private final Clock clock;
    private final PeerClock peerClock;
    private final ListTally tally = new ListTally();
    private @Nullable Instant begun;

    /** The date of the cursor with which the session started; null if it started at the beginning of the list. */
    private @Nullable PeerTime floor;

    /** The latest date that was read and that a cursor may have; the date of the first cursor if there is no later one. */
    private @Nullable PeerTime settled;

    /** The cursor with which the session started. */
    private Position.Orb stored = Position.Orb.START;

    /** The position at which the session continues. The cursor given for it may have an earlier date. */
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

    /** Starts a session at a position, and returns the first position to read. */
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
     * Returns the position at which the session starts instead, once the first answer has shown the peer's clock. A cursor that
     * is ahead of that clock was written when the clock was wrong or unknown. In that case, everything since the list was last
     * read to its end is read again, or the whole list if that time is unknown.
     *
     * @param begin the position at which the session started
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

    /**
     * Returns the position at which a session continues for the given cursor.
     *
     * @param position the position that the cursor holds
     */
    Position.Orb following(@Nullable Cursor cursor, Position.Orb position) {
        return cursor != null && cursor.equals(given) ? next : position.inSession();
    }

    private static int wholeMinutes(int seconds) {
        return (seconds + 59) / 60;
    }

    private Cursor cursor(Position.Orb reached, @Nullable PeerTime upTo) {
        return cursor(reached, upTo, stored.clock());
    }

    /**
     * Creates a cursor that is not ahead of the peer's clock, and remembers the position that it stands for in this session.
     */
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

    /** Records the dates of a page whose dates are in order. */
    private void settle(List<Listing.Listed> objects) {
        for (Listing.Listed object : objects) {
            PeerTime date = object.updated();
            if (date != null && !peerClock.isBeyond(date) && (settled == null || settled.isBefore(date))) {
                settled = date;
            }
        }
    }

    /** Converts an answer into a page, and decides which position comes next. */
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
            idle(EMPTY_ANSWERS, "sent two empty pages in a row, but announced more");
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
                tally.doubt(asked, "the list repeats resources or changes while it is read, so it may be incomplete");
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

    /** Returns whether the second date is later than the first. Every date is later than null. */
    private static boolean isBefore(@Nullable PeerTime one, PeerTime other) {
        return one == null || one.isBefore(other);
    }

    /** Returns whether a group that takes more than one page and ends on this one has to be read again. */
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
     * Returns the date from which the next page is requested: the last date of this page. A page that was requested by offset
     * may begin after the requested date. Rows of its first date may then be missing, so the next page is requested from that
     * date.
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
            // The page was requested twice. Its resources may be lost, but those after it are not.
            return asked.offset() + Math.max(1, listing.limit());
        }
        if (current.isIdle(asked.offset(), objects)) {
            idle(SAME_PAGES, "sent the same resources again, but announced more");
        } else {
            idle = 0;
        }
        int next = current.nextOffset(asked.offset(), objects);
        if (current.seen() > MAX_GROUP) {
            throw failures.noProgress(
                    "lists more than " + Count.of(MAX_GROUP, "resource") + " with the same update date");
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

    /**
     * Returns the cursor at which a later session starts: the last date of the page, or the start of this session if the dates
     * are unusable; null if the whole list has no readable row.
     */
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

    /**
     * Returns the cursor of a list that was read to its end. It holds the peer's clock at that time, or the last known time of
     * that clock.
     */
    private Cursor atEnd(@Nullable PeerTime time) {
        Instant now = peerClock.now();
        return cursor(new Position.Orb(time, 0), time, now == null ? stored.clock() : now);
    }

    /**
     * Returns the last date of the page; null if a date is missing or the dates are not in order. Unreadable rows are ignored,
     * because the dates of their neighbours are sufficient.
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

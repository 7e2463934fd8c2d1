package org.librarypeers.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;

/** How much of a run is still to do, and how long it takes at the peer's pace. */
final class RunEstimate {

    /** So many of what was not read for long are read again by a run: half of what existing sites allow to be asked in an hour. */
    static final int AGAIN_AT_ONCE = 500;

    /** So many of what is bad are tried again by a run: each may cost two questions. */
    static final int BAD_AT_ONCE = 250;

    /** What was read since is not read again by a run that comes every day, a little early maybe. */
    static final Duration READ_AGAIN_AFTER = Duration.ofHours(20);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private int total = -1;
    private int pageSize = 1;
    private boolean asksForEach;
    private int listed;
    private int wanted;
    private int open;
    private @Nullable Duration remaining;

    void read(ChangePage page) {
        total = Math.max(total, page.total());
        pageSize = Math.max(pageSize, page.items().size());
        asksForEach |= page.items().stream().anyMatch(item -> item.body() == null);
    }

    /** So many were listed anew, and so many of them are to be read: the rest of the list is taken to be alike. */
    void wants(int more, int toRead) {
        listed += more;
        wanted += toRead;
    }

    /** These are asked for now, as far as the list does not bring them, and none else before them. */
    void open(List<ChangePage.Item> items) {
        open = bare(items);
    }

    /** These have been answered. */
    void done(List<ChangePage.Item> items) {
        open -= bare(items);
    }

    private static int bare(List<ChangePage.Item> items) {
        return Math.toIntExact(
                items.stream().filter(item -> item.body() == null).count());
    }

    /** Whether the list does not bring the bodies, so that each is a request. */
    boolean asksForEach() {
        return asksForEach;
    }

    /** How many resources the peer says it lists, or -1 if it does not say. */
    int total() {
        return total;
    }

    /** How long the rest takes, as far as that is known. */
    @Nullable
    Duration remaining() {
        return remaining;
    }

    void learn(PeerSession session) {
        int requests = open + requests(Math.max(0, total - listed));
        Optional<Duration> time = requests == 0 ? Optional.empty() : session.timeFor(requests);
        remaining = time.orElse(null);
    }

    private int requests(int resources) {
        int pages = (resources + pageSize - 1) / pageSize;
        if (!asksForEach) {
            return pages;
        }
        return listed == 0 ? resources : Math.toIntExact(Math.max(pages, (long) resources * wanted / listed));
    }

    /** Why a run ended that the peer wants to go on later, and how much longer it will take. */
    String throttled(PeerThrottledException reason, SyncLog log, Instant now) {
        int left = total - log.tally().total();
        if (left <= 0) {
            return reason.getMessage();
        }
        String rest = reason.getMessage() + "; " + left + " of " + total + " resources are left";
        Duration time = remaining;
        if (time == null) {
            return rest;
        }
        Instant end = now.plus(time).isAfter(reason.until()) ? now.plus(time) : reason.until();
        return rest + ", at this peer's pace " + words(time) + ", until " + MINUTE.format(end);
    }

    /** A length of time as one says it. */
    static String words(Duration time) {
        long minutes = Math.max(1, time.plusSeconds(59).toMinutes());
        return minutes < 90 ? "about " + minutes + " min" : "about " + (minutes + 30) / 60 + " h";
    }
}

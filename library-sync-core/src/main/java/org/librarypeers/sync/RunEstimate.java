package org.librarypeers.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Estimates the remaining work and time of a run at the peer's pace. */
final class RunEstimate {

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

    /**
     * Records how many items were newly listed, and how many of them are to be read. The rest of the list is assumed to
     * have the same ratio.
     */
    void wants(int more, int toRead) {
        listed += more;
        wanted += toRead;
    }

    /** Records the items that are to be requested next. Items with a body need no request. */
    void open(List<ChangePage.Item> items) {
        open = bare(items);
    }

    /** Returns whether items are to be requested. */
    boolean isOpen() {
        return open > 0;
    }

    /** Records that these items were answered. */
    void done(List<ChangePage.Item> items) {
        open -= bare(items);
    }

    private static int bare(List<ChangePage.Item> items) {
        return Math.toIntExact(
                items.stream().filter(item -> item.body() == null).count());
    }

    /** Returns whether the list does not contain bodies, so that each resource needs a request. */
    boolean asksForEach() {
        return asksForEach;
    }

    /** Returns the number of resources in the peer's list; -1 if the peer does not send it. */
    int total() {
        return total;
    }

    /** Returns the remaining time. Null if it is unknown. */
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

    /** Returns the message for a throttled run: the reason, and how much is left. */
    String throttled(PeerThrottledException reason, SyncLog log, Instant now) {
        int left = total - log.tally().total();
        if (left <= 0) {
            return reason.getMessage();
        }
        String rest = reason.getMessage()
                + String.format(Locale.ROOT, "; %,d of ", left)
                + Count.of(total, "resource")
                + (left == 1 ? " remains" : " remain");
        Duration time = remaining;
        if (time == null) {
            return rest;
        }
        Instant end = now.plus(time).isAfter(reason.until()) ? now.plus(time) : reason.until();
        return rest + " (" + words(time) + " at this peer's pace, until " + MINUTE.format(end) + ")";
    }

    /** Returns a duration in words, such as {@code about 3 h}. */
    static String words(Duration time) {
        long minutes = Math.max(1, time.plusSeconds(59).toMinutes());
        return minutes < 90 ? "about " + minutes + " min" : "about " + (minutes + 30) / 60 + " h";
    }
}

package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An estimate of the requests that a peer allows one account in an hour. Existing sites count requests but do not state the
 * limit.
 *
 * <p>The limit is learned when the peer throttles: it is the number of answers within the hour before. If that is the usual
 * limit of existing sites, or the peer has throttled at the same number before, the estimate is valid for a day. Otherwise the
 * peer may have counted other requests too, such as those of another program with the same account. The estimate is then valid
 * for an hour, after which one more request is tried. If the peer answers it, the estimate is dropped; if not, it is confirmed.
 *
 * <p>Not safe for use by multiple threads.
 */
final class RequestQuota {

    /**
     * The length of the window. Sites count in whole seconds, and this class counts a request when it is answered, so a little
     * more than an hour is safe.
     */
    private static final Duration WINDOW = Duration.ofHours(1).plusSeconds(2);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * The smallest number that counts as the usual limit. Existing sites allow 1,000; some of the last answers may not have
     * been awaited.
     */
    private static final int USUAL = 950;

    /** The maximum number of answers remembered. A peer that answers more in an hour has no such quota. */
    private static final int MOST_REMEMBERED = 10_000;

    /** The accepted difference between the peer's calculation and ours, because answers take time to arrive. */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    /** The times of the answers within the window that the peer may have counted. */
    private final Deque<Instant> counted = new ArrayDeque<>();

    /** The estimated limit; 0 if unknown. */
    private int limit;

    private boolean confirmed;
    private Instant throttledAt = Instant.MIN;

    /** Records an answer. */
    void answered(Instant now) {
        boolean isBelieved = isBelieved(now);
        count(now);
        if (limit > 0 && counted.size() > limit) {
            // Requests that were in progress when the peer throttled were still within its quota.
            limit = isBelieved ? limit + 1 : 0;
        }
    }

    /** Records a request without an answer. The peer may have counted it. */
    void lost(Instant now) {
        count(now);
    }

    private void count(Instant now) {
        forget(now);
        if (counted.size() == MOST_REMEMBERED) {
            counted.remove();
        }
        counted.add(now);
    }

    /** Records that the peer throttled because of the requests of the last hour. */
    void throttled(Instant now) {
        int used = used(now);
        if (used == 0) {
            return;
        }
        confirmed = used == limit;
        limit = used;
        throttledAt = now;
    }

    /** Returns how many answers count now. */
    int used(Instant now) {
        forget(now);
        return counted.size();
    }

    private void forget(Instant now) {
        if (!counted.isEmpty() && counted.getLast().isAfter(now)) {
            // This library's clock was set back.
            counted.clear();
            limit = 0;
        }
        while (!counted.isEmpty() && !counted.getFirst().plus(WINDOW).isAfter(now)) {
            counted.remove();
        }
    }

    /** Returns the number of requests allowed in an hour if it is reliable; otherwise 0. */
    int known(Instant now) {
        return isBelieved(now) && isFirm() ? limit : 0;
    }

    private boolean isFirm() {
        return confirmed || limit >= USUAL;
    }

    private boolean isBelieved(Instant now) {
        return limit > 0 && now.isBefore(throttledAt.plus(isFirm() ? DAY : WINDOW));
    }

    /** Returns whether the estimated limit has been reached. */
    boolean isUsedUp(Instant now) {
        return limit > 0 && used(now) >= limit;
    }

    /** Returns how many requests may be in progress now; 0 if the next request has to wait. */
    int room(Instant now) {
        int used = used(now);
        if (limit == 0) {
            return Integer.MAX_VALUE;
        }
        int left = Math.max(0, limit - used);
        return left == 0 && !isBelieved(now) ? 1 : left;
    }

    /** Returns when the oldest answer stops counting; {@code now} if it is missing. */
    Instant nextFree(Instant now) {
        return free(used(now) == 0 ? 0 : 1, now);
    }

    /** Returns when the next request is allowed. */
    Instant next(Instant now) {
        return room(now) > 0 ? now : free(counted.size() - limit + 1, now);
    }

    /**
     * Returns when a run is worthwhile again after throttling: when half of the quota is free, or all of it if it is not known
     * what the peer counted.
     */
    Instant worthwhile(Instant now) {
        if (!isUsedUp(now)) {
            return now.plus(HOUR);
        }
        return known(now) > 0 ? free(used(now) - limit / 2, now) : throttledAt.plus(WINDOW);
    }

    /** Returns when that many answers have stopped counting. */
    private Instant free(int answers, Instant now) {
        return answers <= 0
                ? now
                : counted.stream().skip(answers - 1L).findFirst().orElse(now).plus(WINDOW);
    }

    /** Returns whether the wait that the peer states means that the hour is full. */
    boolean explains(Duration wait, Instant now) {
        return used(now) > 0
                && Duration.between(now, nextFree(now)).minus(wait).abs().compareTo(TOLERANCE) <= 0;
    }

    /** Returns how long the quota delays the last of a number of requests. */
    Duration wait(int requests, Instant now) {
        int known = known(now);
        if (requests <= 0) {
            return Duration.ZERO;
        } else if (known == 0) {
            return Duration.between(now, next(now));
        }
        int fullHours = (requests - 1) / known;
        int toFree = used(now) + lastHour(requests, now) - known;
        return WINDOW.multipliedBy(fullHours).plus(Duration.between(now, free(toFree, now)));
    }

    /** Returns how many of a number of requests are sent after the last wait. */
    int lastHour(int requests, Instant now) {
        int known = known(now);
        return requests <= 0 || known == 0 ? requests : (requests - 1) % known + 1;
    }
}

package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much a peer answers one account in any hour, as far as it was found out: existing sites count, and do not say.
 *
 * <p>It is learned where the peer refuses: so many as were answered within the hour before. If that is the number of
 * existing sites, or the peer refused at it before, it is believed for a day. Else something unknown may have been counted
 * too, such as what another program asked with the same account: then it holds for this hour, and after that one question
 * more is tried. If that is answered, what was learned is forgotten; if not, it is believed.
 *
 * <p>For one thread at a time.
 */
final class RequestQuota {

    /** Sites count whole seconds, and ours are counted when the answer is here: a little longer than an hour is safe. */
    private static final Duration WINDOW = Duration.ofHours(1).plusSeconds(2);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Existing sites allow 1,000; some of their last answers may not have been waited for. */
    private static final int USUAL = 950;

    /** A peer that answers more in an hour has no such budget. */
    private static final int MOST_REMEMBERED = 10_000;

    /** How far a peer's reckoning may be from ours: its answers take time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    /** When what the peer may have counted was answered, within the window. */
    private final Deque<Instant> counted = new ArrayDeque<>();

    /** 0 if unknown. */
    private int limit;

    private boolean confirmed;
    private Instant refused = Instant.MIN;

    /** The peer answered a question. */
    void answered(Instant now) {
        boolean isBelieved = isBelieved(now);
        count(now);
        if (limit > 0 && counted.size() > limit) {
            // What was on its way when the peer refused was still within its budget.
            limit = isBelieved ? limit + 1 : 0;
        }
    }

    /** A question went out and no answer came; the peer may have counted it. */
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

    /** The peer answered no more because of what it was asked in the last hour. */
    void refused(Instant now) {
        int used = used(now);
        if (used == 0) {
            return;
        }
        confirmed = used == limit;
        limit = used;
        refused = now;
    }

    /** How many answers count now. */
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

    /** What is allowed in an hour, if it is known well enough to be told; else 0. */
    int known(Instant now) {
        return isBelieved(now) && isFirm() ? limit : 0;
    }

    private boolean isFirm() {
        return confirmed || limit >= USUAL;
    }

    private boolean isBelieved(Instant now) {
        return limit > 0 && now.isBefore(refused.plus(isFirm() ? DAY : WINDOW));
    }

    /** Whether as much was answered as was learned to be allowed. */
    boolean isUsedUp(Instant now) {
        return limit > 0 && used(now) >= limit;
    }

    /** How many questions may be on their way now; 0 if it is to be waited for. */
    int room(Instant now) {
        int used = used(now);
        if (limit == 0) {
            return Integer.MAX_VALUE;
        }
        int left = Math.max(0, limit - used);
        return left == 0 && !isBelieved(now) ? 1 : left;
    }

    /** When the oldest answer counts no more; now if there is none. */
    Instant nextFree(Instant now) {
        return free(used(now) == 0 ? 0 : 1, now);
    }

    /** When one more may be asked. */
    Instant next(Instant now) {
        return room(now) > 0 ? now : free(counted.size() - limit + 1, now);
    }

    /**
     * From when on a refused run comes to something: with half of the budget free again, or, where it is not known what the
     * peer counted, with all.
     */
    Instant worthwhile(Instant now) {
        if (!isUsedUp(now)) {
            return now.plus(HOUR);
        }
        return known(now) > 0 ? free(used(now) - limit / 2, now) : refused.plus(WINDOW);
    }

    /** When that many answers count no more. */
    private Instant free(int answers, Instant now) {
        return answers <= 0
                ? now
                : counted.stream().skip(answers - 1L).findFirst().orElse(now).plus(WINDOW);
    }

    /** Whether a peer that wants to be left alone for that long says that the hour is full. */
    boolean explains(Duration told, Instant now) {
        return used(now) > 0
                && Duration.between(now, nextFree(now)).minus(told).abs().compareTo(TOLERANCE) <= 0;
    }

    /** How long the budget keeps the last of so many questions waiting. */
    Duration wait(int questions, Instant now) {
        int known = known(now);
        if (questions <= 0) {
            return Duration.ZERO;
        } else if (known == 0) {
            return Duration.between(now, next(now));
        }
        int fullHours = (questions - 1) / known;
        int toFree = used(now) + lastHour(questions, now) - known;
        return WINDOW.multipliedBy(fullHours).plus(Duration.between(now, free(toFree, now)));
    }

    /** How many of so many questions come last, after all waiting. */
    int lastHour(int questions, Instant now) {
        int known = known(now);
        return questions <= 0 || known == 0 ? questions : (questions - 1) % known + 1;
    }
}

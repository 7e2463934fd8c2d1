package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The requests that a {@link ScriptedOrbSite} answers within an hour. Not thread-safe. */
final class ScriptedQuota {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Deque<Instant> counted = new ArrayDeque<>();
    private int perHour = 1_000;
    private boolean saysRetryAfter = true;

    void perHour(int requests) {
        perHour = requests;
    }

    void withoutRetryAfter() {
        saysRetryAfter = false;
    }

    /** Counts a request that is answered at this time. */
    void count(Instant now) {
        counted.add(now);
    }

    /** Returns the answer to a request that exceeds the quota, or null if the quota allows the request. */
    SiteAnswer throttled(Instant now) {
        while (!counted.isEmpty() && !counted.peek().isAfter(now.minus(WINDOW))) {
            counted.remove();
        }
        if (counted.size() < perHour) {
            return null;
        }
        Duration wait = Duration.between(now, counted.element().plus(WINDOW));
        SiteAnswer throttled = SiteAnswer.empty(429);
        return saysRetryAfter ? throttled.with("Retry-After", String.valueOf(wait.toSeconds())) : throttled;
    }
}

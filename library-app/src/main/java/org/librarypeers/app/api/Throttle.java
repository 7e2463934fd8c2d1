package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.Account;
import org.librarypeers.sync.accounts.RequestLog;

/** A quota of requests per account and hour, across all nodes of a library. */
final class Throttle {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final RequestLog requests;
    private final Clock clock;
    private final int limit;

    /**
     * Creates a throttle.
     *
     * @param limit the maximum number of requests per hour; 0 for no limit
     */
    Throttle(RequestLog requests, Clock clock, int limit) {
        this.requests = requests;
        this.clock = clock;
        this.limit = limit;
    }

    /** Returns whether the account has reached its quota. If it has, also sends the 429 response. */
    boolean refuses(Context ctx, Account account) {
        if (limit == 0) {
            return false;
        }
        Instant now = clock.instant();
        // Entries more than an hour in the future were recorded while a clock was wrong.
        List<Instant> asked = requests.times(account.name(), now.minus(WINDOW), limit).stream()
                .filter(time -> time.isBefore(now.plus(WINDOW)))
                .toList();
        if (asked.size() < limit) {
            return false;
        }
        Duration wait = Duration.between(now, asked.get(0).plus(WINDOW));
        OrbResponses.throttled(ctx, Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
        return true;
    }

    /** Counts a request of the account. */
    void count(Account account) {
        if (limit != 0) {
            Instant now = clock.instant();
            requests.add(account.name(), now, now.minus(WINDOW));
        }
    }
}

package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.Account;
import org.librarypeers.sync.accounts.RequestLog;

/** Lets each account ask so much in any hour, over all nodes of a library. */
final class Throttle {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final RequestLog requests;
    private final Clock clock;
    private final int limit;

    /**
     * A throttle.
     *
     * @param limit requests in an hour; 0 for any number
     */
    Throttle(RequestLog requests, Clock clock, int limit) {
        this.requests = requests;
        this.clock = clock;
        this.limit = limit;
    }

    /** Whether the account has asked enough for now; then that is the answer. */
    boolean refuses(Context ctx, Account account) {
        if (limit == 0) {
            return false;
        }
        Instant now = clock.instant();
        // What lies ahead was noted while a clock was wrong.
        List<Instant> asked = requests.times(account.name(), now.minus(WINDOW), limit).stream()
                .filter(time -> time.isBefore(now.plus(WINDOW)))
                .toList();
        if (asked.size() < limit) {
            return false;
        }
        Duration wait = Duration.between(now, asked.get(0).plus(WINDOW));
        Answers.throttled(ctx, Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
        return true;
    }

    /** Counts a request that got an answer of its own. */
    void count(Account account) {
        if (limit != 0) {
            Instant now = clock.instant();
            requests.add(account.name(), now, now.minus(WINDOW));
        }
    }
}

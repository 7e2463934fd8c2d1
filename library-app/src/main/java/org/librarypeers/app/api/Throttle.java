package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.RateLimit;

/** A quota of requests per account and hour, across all nodes of a library. */
final class Throttle {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final EventCounter events;
    private final Clock clock;
    private final @Nullable RateLimit limit;

    /**
     * Creates a throttle.
     *
     * @param requests the maximum number of requests per hour; 0 for no limit
     */
    Throttle(EventCounter events, Clock clock, int requests) {
        this.events = events;
        this.clock = clock;
        this.limit = requests == 0 ? null : RateLimit.refusing(requests, WINDOW);
    }

    /** A request that was counted towards the quota. */
    interface Counted {

        /** Removes the request from the count. */
        void takeBack();
    }

    /**
     * Counts a request of the account. The request is counted before it is handled, so that concurrent requests cannot exceed the
     * quota together. If the account has reached its quota, sends the 429 response and returns an empty
     * {@code Optional}.
     */
    Optional<Counted> count(Context ctx, Account account) {
        if (limit == null) {
            return Optional.of(() -> {});
        }
        String subject = "API request of " + account.name();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Instant> later = events.admit(subject, limit, now);
        if (later.isPresent()) {
            Duration wait = Duration.between(now, later.get());
            OrbResponses.throttled(ctx, Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
            return Optional.empty();
        }
        return Optional.of(() -> events.forget(subject, now));
    }
}

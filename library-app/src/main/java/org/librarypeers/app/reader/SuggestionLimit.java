package org.librarypeers.app.reader;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how often one address, or one IPv6 network, asks for suggestions. Each node counts in its own memory: counting
 * a request in the database would cost more than the suggestions. Thread-safe.
 */
final class SuggestionLimit {

    /** The time for which requests are counted. */
    static final Duration WINDOW = Duration.ofSeconds(10);

    /** The number of requests of an address in this time. A clinic may share one address; a person types about 5 letters a second. */
    static final int MOST = 200;

    /** The number of addresses beyond which no further address gets suggestions in this time. */
    private static final int MOST_ADDRESSES = 20_000;

    private final Clock clock;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private volatile Instant ends = Instant.MIN;

    SuggestionLimit(Clock clock) {
        this.clock = clock;
    }

    /** Counts a request, and returns whether it may be answered. */
    boolean permits(String address) {
        Instant now = clock.instant();
        if (!now.isBefore(ends)) {
            counts.clear();
            ends = now.plus(WINDOW);
        }
        if (counts.size() >= MOST_ADDRESSES && !counts.containsKey(address)) {
            return false;
        }
        return counts.merge(address, 1, Integer::sum) <= MOST;
    }
}

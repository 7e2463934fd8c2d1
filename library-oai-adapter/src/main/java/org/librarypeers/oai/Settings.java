package org.librarypeers.oai;

import java.time.Clock;
import java.time.Duration;

/**
 * The settings of a client.
 *
 * @param clock the clock of this library, for the time until which a repository throttles
 * @param requestTimeout the time limit for one request and its whole answer
 * @param maxBodyBytes the largest answer, in bytes after decompression
 * @param maxWait the longest wait that a repository may demand within a run
 * @param attempts the maximum number of attempts for a request whose failure may be temporary
 * @param backoff the wait before the first retry; further retries wait longer
 */
record Settings(
        Clock clock, Duration requestTimeout, long maxBodyBytes, Duration maxWait, int attempts, Duration backoff) {

    /** Returns these settings for a request that must end within a time limit and is not retried. */
    Settings hurried(Duration within) {
        Duration limit = requestTimeout.compareTo(within) < 0 ? requestTimeout : within;
        return new Settings(clock, limit, maxBodyBytes, Duration.ZERO, 1, backoff);
    }
}

package org.librarypeers.http;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How peers are asked.
 *
 * @param clock this library's time
 * @param userAgent what this library calls itself
 * @param contact where whoever runs this library is reached; null if not set
 * @param connectTimeout until a connection stands
 * @param requestTimeout for one question and its whole answer
 * @param maxBodyBytes the longest answer, unpacked
 * @param pageSize how many objects are asked for at once
 * @param maxWait the longest a peer that wants to be left alone is waited for in one go
 * @param detailConnections how many resources are asked for at the same time
 * @param attempts how often a question is asked that may be answered next time
 * @param backoff the wait before it is asked again; longer each time
 * @param sleeper what waits
 */
record Settings(
        Clock clock,
        String userAgent,
        @Nullable String contact,
        Duration connectTimeout,
        Duration requestTimeout,
        long maxBodyBytes,
        int pageSize,
        Duration maxWait,
        int detailConnections,
        int attempts,
        Duration backoff,
        Sleeper sleeper) {

    /** The same for one question, which is to be answered within that time, once. */
    Settings hurried(Duration within) {
        return new Settings(
                clock,
                userAgent,
                contact,
                connectTimeout,
                requestTimeout.compareTo(within) < 0 ? requestTimeout : within,
                maxBodyBytes,
                pageSize,
                Duration.ZERO,
                1,
                1,
                backoff,
                sleeper);
    }

    /** Waits; tests let time pass instead. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }
}

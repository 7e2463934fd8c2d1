package org.librarypeers.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param clock the clock of this library
 * @param userAgent the name of this library in the {@code User-Agent} header
 * @param contact returns how to reach the operator of this library; null if not set
 * @param connectTimeout the time limit for establishing a connection
 * @param requestTimeout the time limit for one request and its whole answer
 * @param maxBodyBytes the largest answer, in bytes after decompression
 * @param pageSize how many resources are requested per page
 * @param maxWait the longest continuous wait while a peer throttles
 * @param detailConnections how many resources are requested concurrently
 * @param attempts the maximum number of attempts for a request whose failure may be temporary
 * @param backoff the wait before the first retry; further retries wait longer
 * @param sleeper waits for a duration
 * @param listener receives the requests that have ended
 * @param proxy the proxy through which peers are reached; null for direct connections
 */
record Settings(
        Clock clock,
        String userAgent,
        Contact contact,
        Duration connectTimeout,
        Duration requestTimeout,
        long maxBodyBytes,
        int pageSize,
        Duration maxWait,
        int detailConnections,
        int attempts,
        Duration backoff,
        Sleeper sleeper,
        RequestListener listener,
        @Nullable ProxyRoute proxy) {

    /** Characters that are not allowed in a comment of a header. */
    private static final Pattern NOT_IN_A_COMMENT = Pattern.compile("[^ -~]|[()\\\\]");

    /** Returns these settings for a request that must end within a time limit and is not retried. */
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
                sleeper,
                listener,
                proxy);
    }

    /**
     * Returns the {@code User-Agent} with the program and a contact, so that administrators who see the requests can ask before they
     * block them.
     *
     * @param otherwise how to recognize this library if no contact is set
     */
    String userAgent(String otherwise) {
        String address = contact.address();
        String shown = address == null ? otherwise : "+" + address;
        return userAgent + " (" + NOT_IN_A_COMMENT.matcher(shown).replaceAll("?") + ")";
    }

    /** Returns the proxy through which an address is reached; null if it is reached directly. */
    @Nullable
    ProxyRoute proxyFor(URI uri) {
        return proxy != null && proxy.isUsedFor(uri) ? proxy : null;
    }

    /** A function that returns how to reach the operator of this library. */
    interface Contact {
        /** Returns an e-mail or web address; null if not set. */
        @Nullable
        String address();
    }

    /** A function that waits. Tests replace it to avoid real waits. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Requests through a pacer to a peer without a connection. The peer answers as a test says, and otherwise with success. */
final class PacedRequests {

    final Time time = new Time();
    final RequestPacer pacer;
    private final Deque<Throwable> failures = new ArrayDeque<>();

    /** The number of requests that reached the peer. */
    int sent;

    PacedRequests(Duration maxWait, int connections, int attempts) {
        Settings settings = new Settings(
                time,
                "x",
                () -> null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1,
                1,
                maxWait,
                connections,
                attempts,
                Duration.ofNanos(1),
                time,
                RequestListener.NONE,
                null);
        pacer = new RequestPacer(PeerHost.of("https://orb.example.org"), settings);
    }

    /** A peer that is asked one request at a time, without retries. A run waits for a minute. */
    PacedRequests() {
        this(Duration.ofMinutes(1), 1, 1);
    }

    /** Makes the peer answer the next requests with these failures. */
    PacedRequests failing(Throwable... next) {
        failures.addAll(List.of(next));
        return this;
    }

    /** Makes the peer throttle the next requests without stating a wait. */
    PacedRequests throttling(int requests) {
        for (int i = 0; i < requests; i++) {
            failing(new AnswerException.Status(429, null));
        }
        return this;
    }

    /** Makes the peer throttle the next request for some seconds. */
    PacedRequests throttlingFor(long seconds) {
        return failing(new AnswerException.Status(429, Duration.ofSeconds(seconds)));
    }

    void send() throws Exception {
        CheckedSupplier<String> request = this::answer;
        pacer.call(request);
    }

    void send(int requests) throws Exception {
        for (int i = 0; i < requests; i++) {
            send();
        }
    }

    private String answer() throws Throwable {
        sent++;
        Throwable failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return "answer";
    }

    /** Sends a request and returns the exception with which it fails; null if it succeeds. */
    <T extends Throwable> @Nullable T failure(Class<T> type) {
        return catchThrowableOfType(type, this::send);
    }

    PeerThrottledException throttled() {
        PeerThrottledException throttled = failure(PeerThrottledException.class);
        if (throttled == null) {
            throw new AssertionError("the request was answered");
        }
        return throttled;
    }
}

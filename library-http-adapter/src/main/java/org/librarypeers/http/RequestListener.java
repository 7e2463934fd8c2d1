package org.librarypeers.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;

/**
 * Receives the requests that an {@link HttpPeerClient} has sent, for example to measure them. A client calls it on the thread
 * that sent the request, and waits for it. It must be thread-safe and must not throw.
 */
@FunctionalInterface
public interface RequestListener {

    /** A listener that does nothing. */
    RequestListener NONE = request -> {};

    /** Called when a request has ended. A retry is a request of its own, and so is each hop of a redirect. */
    void ended(SentRequest request);

    /**
     * A request that has ended.
     *
     * @param peer the peer to which it was sent
     * @param status the HTTP status of the answer; null if no answer arrived
     * @param time the time until the head of the answer arrived, or until the request failed
     */
    record SentRequest(Peer peer, @Nullable Integer status, Duration time) {}
}

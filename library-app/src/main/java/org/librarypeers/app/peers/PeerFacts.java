package org.librarypeers.app.peers;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.librarypeers.domain.Peer;

/** Facts about peers that are not stored, for their pages. */
public final class PeerFacts {

    private final Supplier<Duration> interval;
    private final Function<Peer, OptionalInt> requestsLeft;

    /**
     * Creates the facts.
     *
     * @param interval returns the usual wait between two scheduled syncs of a peer
     * @param requestsLeft returns how many requests a peer accepts within the hour; empty if that is unknown
     */
    public PeerFacts(Supplier<Duration> interval, Function<Peer, OptionalInt> requestsLeft) {
        this.interval = interval;
        this.requestsLeft = requestsLeft;
    }

    /** Returns the usual wait between two scheduled syncs of a peer. */
    Duration interval() {
        return interval.get();
    }

    /** Returns how many requests a peer accepts within the hour; empty if that is unknown. */
    OptionalInt requestsLeft(Peer peer) {
        return requestsLeft.apply(peer);
    }
}

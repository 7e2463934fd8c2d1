package org.librarypeers.sync.peer;

import java.time.Instant;
import org.librarypeers.domain.PeerTrouble;

/** Thrown to indicate that the peer's rate limit requires a longer wait than a run allows. */
public class PeerThrottledException extends PeerException {

    private static final long serialVersionUID = 1L;

    private final Instant until;

    /**
     * Creates an exception.
     *
     * @param until the time from which the peer allows requests again, by this library's clock
     * @param message the message for the administrator
     */
    public PeerThrottledException(Instant until, String message) {
        super(PeerTrouble.THROTTLED, message, null);
        this.until = until;
    }

    /** Returns the time from which the peer allows requests again, by this library's clock. */
    public Instant until() {
        return until;
    }
}

package org.librarypeers.sync.peer;

import java.time.Instant;
import org.librarypeers.domain.PeerTrouble;

/** The peer wants to be left alone for longer than a run waits. */
public class PeerThrottledException extends PeerException {

    private static final long serialVersionUID = 1L;

    private final Instant until;

    /** A peer that may be asked again from that time on, in this library's time. */
    public PeerThrottledException(Instant until, String message) {
        super(PeerTrouble.THROTTLED, message, null);
        this.until = until;
    }

    /** From when on the peer may be asked again. */
    public Instant until() {
        return until;
    }
}

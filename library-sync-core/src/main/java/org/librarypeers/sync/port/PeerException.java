package org.librarypeers.sync.port;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A peer that cannot be read now. The message is one line for the administrator: what happened and what to do. */
public class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Reason {
        /** Nobody answers there, or not in time: wrong address, network down, certificate. */
        UNREACHABLE,
        /** It answers, and refuses the credentials. */
        REFUSED,
        /** Something answers there that is no library. */
        NOT_A_LIBRARY,
        /** It says that it has trouble of its own. */
        UNAVAILABLE,
        /** It wants to be asked later. */
        THROTTLED
    }

    private final Reason reason;

    /** A failure of that kind; the message must hold no secret. */
    public PeerException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of trouble it is. */
    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}

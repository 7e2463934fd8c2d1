package org.librarypeers.sync.peer;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerTrouble;

/**
 * Thrown to indicate that a peer cannot be read. The message is one line for the administrator: what happened and what
 * to do.
 */
public class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PeerTrouble reason;
    private final @Nullable String detail;

    /** Creates an exception without a detail. The message must not contain a secret. */
    public PeerException(PeerTrouble reason, String message, @Nullable Throwable cause) {
        this(reason, null, message, cause);
    }

    /** Creates an exception with a detail. Neither the message nor the detail may contain a secret. */
    public PeerException(PeerTrouble reason, @Nullable String detail, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** Returns the problem. */
    public PeerTrouble reason() {
        return reason;
    }

    /**
     * Returns a language-independent detail of the peer's answer: a status, a content type, an address. It is untrusted
     * text, so do not interpret it as HTML.
     */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}

package org.librarypeers.sync.peer;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerTrouble;

/** A peer that cannot be read now. The message is one line for the administrator: what happened and what to do. */
public class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PeerTrouble reason;
    private final @Nullable String detail;

    /** A failure of that kind; the message must hold no secret. */
    public PeerException(PeerTrouble reason, String message, @Nullable Throwable cause) {
        this(reason, null, message, cause);
    }

    /** A failure of that kind, with a detail; neither it nor the message may hold a secret. */
    public PeerException(PeerTrouble reason, @Nullable String detail, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** What kind of trouble it is. */
    public PeerTrouble reason() {
        return reason;
    }

    /** What the peer said, in words of no language: a status, a content type, an address. Shown as text only. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}

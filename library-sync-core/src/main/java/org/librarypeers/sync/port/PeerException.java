package org.librarypeers.sync.port;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A peer that cannot be read now. The message is one line for the administrator: what happened and what to do. */
public class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Reason {
        /** No connection comes about, or it breaks off, and it cannot be said why. */
        UNREACHABLE,
        /** There is no host of that name. */
        UNKNOWN_HOST,
        /** The host is there, and nobody listens at that port. */
        NOBODY_LISTENS,
        /** No answer in time. */
        NO_ANSWER,
        /** The address begins with https, and what answers there does not speak TLS. */
        NO_TLS,
        /** The address begins with http, and what answers there speaks TLS only. */
        NEEDS_TLS,
        /** Its certificate has expired. */
        CERTIFICATE_EXPIRED,
        /** Its certificate is for another host name. */
        CERTIFICATE_OF_ANOTHER,
        /** Its certificate is not trusted here. */
        CERTIFICATE_UNTRUSTED,
        /** It answers, and refuses the credentials. Detail: the status. */
        REFUSED,
        /** It sends us elsewhere. Detail: scheme and host of that place. */
        MOVED,
        /** Something answers there that is no library. Detail: the status or content type, if that is what shows it. */
        NOT_A_LIBRARY,
        /** It says that it has trouble of its own. Detail: the status. */
        UNAVAILABLE,
        /** It wants to be asked later; a {@link PeerThrottledException} says when. */
        THROTTLED,
        /** It was not asked further, for the run was {@linkplain PeerSession#stop stopped}: that says nothing of the peer. */
        STOPPED
    }

    private final Reason reason;
    private final @Nullable String detail;

    /** A failure of that kind; the message must hold no secret. */
    public PeerException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, null, message, cause);
    }

    /** A failure of that kind, with a detail; neither it nor the message may hold a secret. */
    public PeerException(Reason reason, @Nullable String detail, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** What kind of trouble it is. */
    public Reason reason() {
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

package org.librarypeers.oai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown to indicate an answer that is not a page of a repository. */
final class AnswerException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_SERVER_ERROR = 500;

    private final int status;
    private final @Nullable Duration retryAfter;

    private AnswerException(int status, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Returns an exception for a status other than 2xx. */
    static AnswerException status(int status, @Nullable Duration retryAfter) {
        return new AnswerException(status, retryAfter, "status " + status, null);
    }

    /** Returns an exception for a body that cannot be read. The message says what it is: {@code a web page}. */
    static AnswerException body(String what, @Nullable Throwable cause) {
        return new AnswerException(0, null, what, cause);
    }

    /** Returns the status; 0 if the body is at fault. */
    int status() {
        return status;
    }

    /** Returns how long the repository asks to wait; null if it does not say. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Returns whether the repository asks for fewer requests. */
    boolean isThrottling() {
        return status == TOO_MANY_REQUESTS || (status == UNAVAILABLE && retryAfter != null);
    }

    /** Returns whether the same request may succeed on a retry. */
    boolean isTemporary() {
        return status == 0 || status >= FIRST_SERVER_ERROR;
    }
}

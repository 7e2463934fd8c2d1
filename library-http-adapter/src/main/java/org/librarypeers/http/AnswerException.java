package org.librarypeers.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A peer answered, and it is not what was asked for. Never leaves this package. */
abstract sealed class AnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private AnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** It said so by its status. */
    static final class Status extends AnswerException {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final @Nullable Duration retryAfter;

        Status(int code, @Nullable Duration retryAfter) {
            super("answered " + code, null);
            this.code = code;
            this.retryAfter = retryAfter;
        }

        int code() {
            return code;
        }

        /** How long the peer wants to be left alone; null if it does not say. */
        @Nullable
        Duration retryAfter() {
            return retryAfter;
        }

        /** Whether the peer wants to be left alone for a while. */
        boolean isRefusal() {
            return code == 429 || (code == 503 && retryAfter != null);
        }
    }

    /** It is nothing that can be read; the message says what it is instead, to go on after "answered". */
    static final class Malformed extends AnswerException {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            this(what, null);
        }

        Malformed(String what, @Nullable Throwable cause) {
            super(what, cause);
        }
    }
}

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

        private final @Nullable String type;

        Malformed(String what) {
            this(what, null);
        }

        Malformed(String what, @Nullable Throwable cause) {
            this(what, null, cause);
        }

        private Malformed(String what, @Nullable String type, @Nullable Throwable cause) {
            super(what, cause);
            this.type = type;
        }

        /** Something of another content type. */
        static Malformed ofType(String type) {
            return new Malformed(type + " instead of JSON", type, null);
        }

        /** Its content type, if that is what is wrong with it. */
        @Nullable
        String type() {
            return type;
        }
    }
}

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
        private final transient Said said;

        Status(int code, @Nullable Duration retryAfter) {
            this(code, retryAfter, Said.NOTHING);
        }

        Status(int code, @Nullable Duration retryAfter, Said said) {
            super("answered " + code + said.behind(": "), null);
            this.code = code;
            this.retryAfter = retryAfter;
            this.said = said;
        }

        /** What the answer says beside its status. */
        Said said() {
            return said;
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

        /** Something else, with what it says of itself. */
        static Malformed ofType(String type, Said said) {
            return new Malformed(type + said.behind(" ") + " instead of JSON", type + said.behind(": "), null);
        }

        /** Its content type and what it says of itself, if that is what is wrong with it. */
        @Nullable
        String type() {
            return type;
        }
    }
}

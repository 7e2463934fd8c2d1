package org.librarypeers.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exception for an answer that does not contain what was requested. It never leaves this package. */
abstract sealed class AnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private AnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An answer with a status other than 2xx. */
    static final class Status extends AnswerException {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final @Nullable Duration retryAfter;
        private final transient ErrorText errorText;

        Status(int code, @Nullable Duration retryAfter) {
            this(code, retryAfter, ErrorText.NOTHING);
        }

        Status(int code, @Nullable Duration retryAfter, ErrorText errorText) {
            super("answered with status " + code + errorText.quotedAfter(": "), null);
            this.code = code;
            this.retryAfter = retryAfter;
            this.errorText = errorText;
        }

        /** Returns the content of the answer in addition to its status. */
        ErrorText errorText() {
            return errorText;
        }

        int code() {
            return code;
        }

        /** Returns how long to wait before the next request, as stated by the peer; null if it states no wait. */
        @Nullable
        Duration retryAfter() {
            return retryAfter;
        }

        /** Returns whether the peer throttles requests: by a 429, or by a 503 that states how long to wait. */
        boolean isThrottling() {
            return code == 429 || (code == 503 && retryAfter != null);
        }
    }

    /** An unreadable answer. The message is a noun phrase that follows the words "answered with". */
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

        /** Creates an exception for an answer that is not JSON, with its content type and the text that it contains. */
        static Malformed ofType(String type, ErrorText errorText) {
            return new Malformed(
                    type + errorText.quotedAfter(" ") + " instead of JSON", type + errorText.quotedAfter(": "), null);
        }

        /**
         * Returns the content type of the answer and the text that it contains; null unless the content type is the problem.
         */
        @Nullable
        String type() {
            return type;
        }
    }
}

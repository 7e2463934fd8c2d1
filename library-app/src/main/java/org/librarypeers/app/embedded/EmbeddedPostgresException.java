package org.librarypeers.app.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL is not available. The message is one line for the person who runs the app: what was wrong,
 * and what to do about it. It never holds the password.
 */
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        this(message, null);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

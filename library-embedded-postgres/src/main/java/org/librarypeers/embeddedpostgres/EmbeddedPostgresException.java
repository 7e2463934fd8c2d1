package org.librarypeers.embeddedpostgres;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the embedded PostgreSQL is not available. The message is one line for the person who runs the application:
 * what is wrong, and what to do about it. It never contains the password.
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

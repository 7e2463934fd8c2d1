package org.librarypeers.app.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot do what it was asked; the message is one line that says why and what to do. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CliException(String message) {
        this(message, null);
    }

    CliException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

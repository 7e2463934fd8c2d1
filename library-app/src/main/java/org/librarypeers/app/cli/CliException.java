package org.librarypeers.app.cli;

import org.jspecify.annotations.Nullable;

/** An expected failure of a command. The message is one line that states the cause and the remedy. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CliException(String message) {
        this(message, null);
    }

    CliException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

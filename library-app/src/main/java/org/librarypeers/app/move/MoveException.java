package org.librarypeers.app.move;

/** A site cannot be moved. The message says why, and what to do. */
public final class MoveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MoveException(String message) {
        super(message);
    }

    MoveException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.librarypeers.app.api;

/** A parameter that makes no sense; the message is what the caller is answered. */
final class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadParameterException(String message) {
        super(message);
    }
}

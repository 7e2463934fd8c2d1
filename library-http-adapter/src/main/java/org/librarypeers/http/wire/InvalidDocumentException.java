package org.librarypeers.http.wire;

import org.jspecify.annotations.Nullable;

/** What was sent cannot be understood. The message names the field and what was wrong with it, in few words. */
public class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A document that cannot be used, for that reason. */
    public InvalidDocumentException(String message) {
        this(message, null);
    }

    /** A document that cannot be used, for that reason. */
    public InvalidDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

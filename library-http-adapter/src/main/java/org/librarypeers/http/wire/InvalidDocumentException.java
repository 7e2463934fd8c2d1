package org.librarypeers.http.wire;

import org.jspecify.annotations.Nullable;

/** An exception for a document that cannot be understood. The message names the field and the problem, in a few words. */
public class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public InvalidDocumentException(String message) {
        this(message, null);
    }

    /** Creates an exception with a message and a cause. */
    public InvalidDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

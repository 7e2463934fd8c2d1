package org.librarypeers.http.wire;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.InvalidValueException;
import org.librarypeers.domain.QuarantineReason;

/** An exception for a document that cannot be understood. The message names the field and the problem, in a few words. */
public class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final QuarantineReason.Kind kind;

    /** Creates an exception for a document that breaks a rule. */
    public InvalidDocumentException(String message) {
        this(message, null);
    }

    /** Creates an exception for a document that breaks a rule. It has the kind of the cause, if the cause has one. */
    public InvalidDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = cause instanceof InvalidValueException invalid ? invalid.kind() : QuarantineReason.Kind.INVALID;
    }

    /** Creates an exception of this kind. */
    InvalidDocumentException(QuarantineReason.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns the reason for which an item with this document is quarantined. */
    public QuarantineReason reason() {
        return new QuarantineReason(kind, String.valueOf(getMessage()));
    }
}

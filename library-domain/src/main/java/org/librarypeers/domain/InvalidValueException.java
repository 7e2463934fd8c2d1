package org.librarypeers.domain;

/**
 * An exception for a value that breaks a rule of the domain, with the {@linkplain QuarantineReason.Kind kind} of the
 * reason. The message names the field and the problem.
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final QuarantineReason.Kind kind;

    /** Creates an exception of this kind. */
    InvalidValueException(QuarantineReason.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns the kind of reason for which an item with this value is quarantined. */
    public QuarantineReason.Kind kind() {
        return kind;
    }
}

package org.librarypeers.app.outgoing;

import java.io.IOException;

/** Thrown to indicate that an address gave no answer. */
public final class OutgoingException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** The kinds of problems. */
    public enum Problem {
        /** The text is not an address that can be requested. */
        ADDRESS,
        /** The host has an address outside of the public internet. */
        PRIVATE_ADDRESS,
        /** The host is unknown, cannot be reached, or dropped the connection. */
        NOT_REACHED,
        /** The host took too long. */
        TOO_SLOW,
        /** The host redirected too often, or to an address that cannot be used. */
        REDIRECTS
    }

    OutgoingException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    /** Returns the kind of problem. */
    public Problem problem() {
        return problem;
    }

    /** Returns further facts; may be empty. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

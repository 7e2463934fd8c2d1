package org.librarypeers.bundle;

import org.jspecify.annotations.Nullable;

/** Thrown to indicate that a file is not an intact bundle, or that it exceeds a limit when it is read or written. Nothing of it was saved. */
public class BundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of problems. */
    public enum Problem {
        /** The file is not a bundle, or its end is missing. */
        NOT_A_BUNDLE,
        /** The bundle is of a later version of the format. */
        UNKNOWN_VERSION,
        /** The signature does not fit the manifest and its key. */
        BAD_SIGNATURE,
        /** An entry differs from what the signed manifest says. */
        CHANGED,
        /** The archive has an entry that a bundle does not have, twice, or in another place. */
        UNEXPECTED_ENTRY,
        /** The bundle exceeds a limit. */
        TOO_LARGE
    }

    private final Problem problem;

    /** Creates an exception. The message is one line for the administrator: what is wrong, and what to do. */
    public BundleException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** Returns the kind of problem. */
    public Problem problem() {
        return problem;
    }
}

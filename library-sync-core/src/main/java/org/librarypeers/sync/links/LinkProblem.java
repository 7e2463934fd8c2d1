package org.librarypeers.sync.links;

/** The kinds of problems of a link. */
public enum LinkProblem {
    /** The host says that nothing is there (HTTP 404 or 410). */
    NOT_FOUND(true),
    /** The host answered with another error. */
    STATUS(true),
    /** The host is unknown, cannot be reached, or dropped the connection. */
    NOT_REACHED(true),
    /** The host took too long. */
    TOO_SLOW(true),
    /** The host redirected too often, or to an address that cannot be used. */
    REDIRECTS(true),
    /** The text is not an address that can be requested. */
    ADDRESS(true),
    /** The host has an address in a private network, where this library does not look. */
    PRIVATE_ADDRESS(false),
    /** The host refuses programs, wants people to sign in, or asks to come back later (HTTP 401, 403, 429, 503 and the like). */
    REFUSED(false);

    private final boolean failure;

    LinkProblem(boolean failure) {
        this.failure = failure;
    }

    /** Returns whether the link failed; otherwise it is unknown whether people can use it. */
    public boolean isFailure() {
        return failure;
    }
}

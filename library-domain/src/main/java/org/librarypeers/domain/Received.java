package org.librarypeers.domain;

/** The result of receiving a resource from a peer. {@link Resource} decides; the caller saves. */
public sealed interface Received {

    /**
     * The resource is new in this library.
     *
     * @param resource the resource to save, with status pending
     */
    record New(Resource resource) implements Received {}

    /**
     * The source changed the resource.
     *
     * @param resource the resource to save, with the new content either current or waiting for review
     * @param overwritten the newest revision so far; it moves to the history or stays public
     */
    record Updated(Resource resource, Revision overwritten) implements Received {}

    /**
     * The content is already known, but its origin changed: another peer is now its source, or the route changed.
     *
     * @param resource the resource to save, with the new origin
     */
    record Followed(Resource resource) implements Received {}

    /** The resource is the same as the last time this peer sent it. */
    record Unchanged() implements Received {}

    /** The resource was created in this library, so the peer's version is ignored. */
    record KeptLocal() implements Received {}

    /** The resource has another peer as its source. */
    record KeptOtherSource() implements Received {}

    /**
     * The resource breaks a rule of the domain.
     *
     * @param reason a short reason for the administrator, on one line; cut after {@value SyncLog#MAX_MESSAGE}
     *     characters
     */
    record Invalid(String reason) implements Received {

        /** Cuts the reason to one line of limited length, because it may quote what a peer sent. */
        public Invalid {
            reason = Checks.remark(reason, SyncLog.MAX_MESSAGE);
        }
    }
}

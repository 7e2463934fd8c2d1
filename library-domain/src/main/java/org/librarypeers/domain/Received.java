package org.librarypeers.domain;

/** What becomes of something that a peer sent: decided by {@link Resource}, carried out by whoever asked. */
public sealed interface Received {

    /**
     * It was not known here.
     *
     * @param resource pending, to be saved
     */
    record New(Resource resource) implements Received {}

    /**
     * Its source changed it.
     *
     * @param resource with the new content, current or waiting for a reviewer, to be saved
     * @param overwritten the newest revision until now; it is in the history then, or goes on being public
     */
    record Updated(Resource resource, Revision overwritten) implements Received {}

    /**
     * What it says is known here already, but where it comes from is not: another peer is its source now, or its source tells
     * of another way.
     *
     * @param resource with the new origin, to be saved
     */
    record Followed(Resource resource) implements Received {}

    /** The same peer sent the same before. */
    record Unchanged() implements Received {}

    /** It was made here, and what others make of it does not count. */
    record KeptLocal() implements Received {}

    /** It is followed at another peer. */
    record KeptOtherSource() implements Received {}

    /**
     * It cannot be kept.
     *
     * @param reason why, in a few words for the administrator; on one line, and cut where it is longer than a run's message
     */
    record Invalid(String reason) implements Received {

        /** Makes the reason fit to be kept: it may quote what a peer sent. */
        public Invalid {
            reason = Checks.remark(reason, SyncLog.MAX_MESSAGE);
        }
    }
}

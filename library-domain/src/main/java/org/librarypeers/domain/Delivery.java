package org.librarypeers.domain;

import java.time.Instant;

/**
 * The context in which a resource is received.
 *
 * @param from the peer that sent it
 * @param run the run that received it
 * @param to this library
 * @param at the current time, by this library's clock
 */
public record Delivery(Peer from, SyncLogId run, LibraryId to, Instant at) {

    Author author() {
        return new Author.Sync(from.id(), run);
    }

    /** Returns the state of the review after a revision became current that this delivery brought. */
    ReviewState broughtTo(ReviewState before, Revision revision) {
        ReviewState brought = before.brought(revision);
        return publishesEverything() ? brought.decided(revision) : brought;
    }

    boolean publishesEverything() {
        return from.publication() == PublicationPolicy.PUBLISH_EVERYTHING;
    }
}

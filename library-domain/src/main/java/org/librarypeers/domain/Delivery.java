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
}

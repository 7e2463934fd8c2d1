package org.librarypeers.domain;

import java.time.Instant;

/**
 * The occasion on which something is received.
 *
 * @param from the peer that sent it
 * @param run the run that brought it
 * @param to the library that receives it
 * @param at now, in this library's time
 */
public record Delivery(Peer from, SyncLogId run, LibraryId to, Instant at) {

    Author author() {
        return new Author.Sync(from.id(), run);
    }
}

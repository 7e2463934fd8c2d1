package org.librarypeers.domain;

/** Who made a revision of a resource. */
public sealed interface Author {

    /**
     * Somebody of this library.
     *
     * @param user the account
     */
    record Person(UserName user) implements Author {}

    /**
     * A sync that brought it from a peer.
     *
     * @param peer the peer
     * @param run the run, as the sync log lists it
     */
    record Sync(PeerId peer, SyncLogId run) implements Author {}
}

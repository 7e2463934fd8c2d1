package org.librarypeers.domain;

/** The author of a revision of a resource. */
public sealed interface Author {

    /**
     * A user of this library.
     *
     * @param user the user name of the account
     */
    record Person(UserName user) implements Author {}

    /**
     * A sync run that received the revision from a peer.
     *
     * @param peer the peer
     * @param run the id of the run in the sync log
     */
    record Sync(PeerId peer, SyncLogId run) implements Author {}
}

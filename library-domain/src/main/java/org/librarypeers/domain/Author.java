package org.librarypeers.domain;

import java.util.function.Function;

/** The author of a revision of a resource. */
public sealed interface Author {

    /** Returns the result of the function for this kind of author. */
    <T> T match(Function<Person, T> person, Function<Sync, T> sync);

    /**
     * A user of this library.
     *
     * @param user the user name of the account
     */
    record Person(UserName user) implements Author {

        @Override
        public <T> T match(Function<Person, T> person, Function<Sync, T> sync) {
            return person.apply(this);
        }
    }

    /**
     * A sync run that received the revision from a peer.
     *
     * @param peer the peer
     * @param run the id of the run in the sync log
     */
    record Sync(PeerId peer, SyncLogId run) implements Author {

        @Override
        public <T> T match(Function<Person, T> person, Function<Sync, T> sync) {
            return sync.apply(this);
        }
    }
}

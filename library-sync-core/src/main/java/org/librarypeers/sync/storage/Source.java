package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerId;

/** Where resources come from, as somebody asks for it. */
public sealed interface Source {

    /** They were made in this library. */
    record Here() implements Source {}

    /**
     * Another library made them, whichever way they came.
     *
     * @param host of the library that made them, exactly as {@link org.librarypeers.domain.Origin.FromPeer#sourceHost} has it
     */
    record Maker(String host) implements Source {}

    /**
     * They were taken over from a peer, whoever made them.
     *
     * @param peer the peer whose updates they follow
     */
    record Followed(PeerId peer) implements Source {}
}

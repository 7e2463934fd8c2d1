package org.librarypeers.sync.storage;

import org.librarypeers.domain.PeerId;

/** A condition on the source of resources. */
public sealed interface Source {

    /** Resources that were created in this library. */
    record Here() implements Source {}

    /**
     * Resources that another library created, whatever peer sent them.
     *
     * @param host the host of that library, exactly as in {@link org.librarypeers.domain.Origin.FromPeer#sourceHost}
     */
    record Maker(String host) implements Source {}

    /**
     * Resources that follow a peer, whatever library created them.
     *
     * @param peer the peer whose updates they follow
     */
    record Followed(PeerId peer) implements Source {}
}

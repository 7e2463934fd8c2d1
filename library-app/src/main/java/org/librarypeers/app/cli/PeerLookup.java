package org.librarypeers.app.cli;

import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;

/** A lookup of peers by the numbers that users enter. */
final class PeerLookup {

    private PeerLookup() {}

    static Peer find(Library library, long id) {
        Peer peer =
                id < 1 ? null : library.storage().peers().find(new PeerId(id)).orElse(null);
        if (peer == null) {
            throw new CliException("there is no peer " + id + "; list_peers shows all peers");
        }
        return peer;
    }
}

package org.librarypeers.app.cli;

import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove_peer",
        aliases = "remove-peer",
        description = "Removes a peer and deletes its API key. Resources that came from it stay.")
final class RemovePeerCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "ID", description = "Id of the peer, as shown by list_peers.")
    private long id;

    @Override
    int run(Library library) {
        Peer peer = PeerLookup.find(library, id);
        int followed = library.storage().harvest().offered(new PeerId(id)).size();
        library.sync().remove(peer.id());
        out().println("removed " + peer);
        out().println("  kept " + Count.of(followed, "resource") + " that followed this peer; those that another peer"
                + " also offers will follow that peer from its next sync on");
        return 0;
    }
}

package org.librarypeers.app.cli;

import org.librarypeers.app.Library;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove_peer",
        aliases = "remove-peer",
        description = "Removes a peer and forgets its API key. What it brought stays.")
final class RemovePeerCommand extends LibraryTask {

    @Parameters(paramLabel = "ID", description = "Its number, as list_peers shows it.")
    private long id;

    @Override
    int run(Library library) {
        Peer peer = Peers.find(library, id);
        int followed = library.storage().harvest().offered(new PeerId(id)).size();
        library.sync().remove(peer.id());
        out().println("removed " + peer);
        out().println("  " + followed + " resources that were followed there stay as they are; those that another peer"
                + " offers too are followed there from its next sync on");
        return 0;
    }
}

package org.librarypeers.app.cli;

import org.librarypeers.app.Library;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Brings back what a resource said before, as a new change made here; history shows what there is.")
final class RestoreCommand extends LibraryTask {

    @Parameters(index = "0", paramLabel = "GUID", description = "Which resource.")
    private String guid = "";

    @Parameters(index = "1", paramLabel = "REVISION", description = "The number of the revision.")
    private int revision;

    @Override
    int run(Library library) {
        Resource restored = library.provenance().restore(Guid.of(guid), revision, UserName.SYSTEM);
        out().println(restored.guid() + " says again what it said in revision " + revision + "; that is revision "
                + restored.revision().number() + " now");
        if (restored.origin() instanceof Origin.FromPeer source) {
            out().println("It stands until " + source.sourceName() + " next changes the resource.");
        }
        return 0;
    }
}

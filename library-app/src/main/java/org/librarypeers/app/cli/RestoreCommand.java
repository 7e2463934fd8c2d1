package org.librarypeers.app.cli;

import java.util.Optional;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.UserName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Restores an earlier revision of a resource as a new local change; history lists the revisions.")
final class RestoreCommand extends BaseLibraryCommand {

    @Parameters(index = "0", paramLabel = "GUID", description = "GUID of the resource.")
    private String guid = "";

    @Parameters(index = "1", paramLabel = "REVISION", description = "Number of the revision to restore.")
    private int revision;

    @Override
    int run(Library library) {
        Resource restored = library.auditTrail()
                .recorded(
                        () -> library.provenance().restore(Guid.of(guid), revision, UserName.SYSTEM),
                        resource -> Optional.of(AuditTrail.restored(resource, revision)));
        out().println("restored revision " + revision + " of " + restored.guid() + " as revision "
                + restored.revision().number());
        if (restored.origin() instanceof Origin.FromPeer source) {
            out().println("It stays current until " + source.sourceName() + " changes the resource again.");
        }
        return 0;
    }
}

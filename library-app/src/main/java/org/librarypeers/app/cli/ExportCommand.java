package org.librarypeers.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.content.ResourceExport;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Writes all resources as JSON Lines in the ORB v1 detail format.")
final class ExportCommand extends BaseLibraryCommand {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Output file (default: standard output).")
    private @Nullable Path file;

    @Override
    int run(Library library) {
        String target = file == null ? "standard output" : file.toAbsolutePath().toString();
        library.auditTrail().recordNow(new Note(AuditAction.RESOURCES_EXPORTED, new Subject("file", target, null)));
        ResourceExport export = library.resourceExport();
        if (file == null) {
            export.run(out());
            return 0;
        }
        try {
            err().println(Count.of(write(export, file.toAbsolutePath()), "resource") + " written to " + file);
            return 0;
        } catch (IOException e) {
            throw new CliException(
                    "cannot write " + file + " (" + IoFailure.reason(e)
                            + "); check that its folder exists and is writable, and that the disk is not full",
                    e);
        }
    }

    private static void requireWritten(PrintWriter writer) throws IOException {
        Optional<String> failure = CommandOutput.failure(writer);
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
    }

    /**
     * Writes the export to a temporary file and then moves it to the target. An existing target is replaced only by a complete
     * file. Returns the number of resources.
     */
    private static long write(ResourceExport export, Path target) throws IOException {
        Path draft = target.resolveSibling(target.getFileName() + ".part");
        try {
            CommandOutput writer = new CommandOutput(new BufferedOutputStream(Files.newOutputStream(draft)));
            long count;
            try (writer) {
                count = export.run(writer);
            }
            // Closing flushes the buffer, which can fail too.
            requireWritten(writer);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

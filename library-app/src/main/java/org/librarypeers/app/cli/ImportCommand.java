package org.librarypeers.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.librarypeers.app.Library;
import org.librarypeers.app.content.ResourceImport;
import org.librarypeers.app.content.ResourceImport.ImportResult;
import org.librarypeers.domain.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Takes in resources as this library's own, from JSON in the ORB v1 detail form:"
                    + " JSON Lines, an array, or a saved answer of a list.",
            "New resources keep the status and the page address that the file says, but what it calls approved, or of"
                    + " whose status it says nothing, is pending unless you approve it."
        })
final class ImportCommand extends LibraryTask {

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--approve",
            description =
                    "Publish the new resources that the file says are approved, or of whose status it says nothing.")
    private boolean approve;

    @Override
    boolean makesLibrary() {
        return true;
    }

    @Override
    int run(Library library) {
        ImportResult outcome;
        try {
            outcome = imported(library);
        } catch (NoSuchFileException e) {
            throw new CliException("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new CliException(file + " is not UTF-8; nothing was imported", e);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + " (" + e.getMessage() + "); nothing was imported", e);
        }
        if (!outcome.problems().isEmpty()) {
            outcome.problems().forEach(problem -> err().println("library: " + file + ", " + problem));
            err().println("library: nothing was imported; correct these places and run it again. Wanted are"
                    + " resources as JSON objects: one a line, in an array, or in a saved answer of a"
                    + " list");
            return 1;
        }
        tell(outcome);
        return 0;
    }

    /** Imports the file. Standard input is first copied to a temporary file, so that no database transaction waits for it. */
    private ImportResult imported(Library library) throws IOException {
        ResourceImport importer = new ResourceImport(library);
        if (!file.toString().equals("-")) {
            return importer.run(() -> Files.newInputStream(file), approve);
        }
        Path copy = Files.createTempFile("library-import", ".json");
        try {
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            return importer.run(() -> Files.newInputStream(copy), approve);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void tell(ImportResult outcome) {
        int published = outcome.added(Status.APPROVED);
        int pending = outcome.added(Status.PENDING);
        out().println((approve ? published + " new and approved, " : pending + " new, pending; ")
                + outcome.updated() + " updated, " + outcome.unchanged() + " unchanged, " + outcome.kept()
                + " left alone because they come from a peer");
        String hidden = Stream.of(Status.PENDING, Status.REJECTED, Status.ARCHIVED)
                .filter(status -> outcome.added(status) > 0 && (approve || status != Status.PENDING))
                .map(status -> outcome.added(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        if (!hidden.isEmpty()) {
            out().println("New and not published, since the file says so: " + hidden);
        }
        if (outcome.held() > 0) {
            out().println(outcome.held()
                    + " of the pending ones wait for a reviewer; import with --approve publishes them");
        }
        if (outcome.moved() > 0) {
            out().println(outcome.moved() + " have another page address than the file says, since theirs is taken");
        }
    }
}

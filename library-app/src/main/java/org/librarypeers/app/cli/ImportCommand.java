package org.librarypeers.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.librarypeers.app.content.ResourceImport;
import org.librarypeers.app.content.ResourceImport.ImportResult;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Imports resources as this library's own from JSON in the ORB v1 detail format:"
                    + " JSON Lines, an array, or a saved list response.",
            "New resources get the status and the page address given in the file. Those with the status approved, or"
                    + " without a status, become pending unless --approve is given."
        })
final class ImportCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "FILE", description = "Input file, or - for standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--approve",
            description = "Publish new resources that have the status approved, or no status, in the file.")
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
            throw new CliException("there is no file " + file + "; check the path", e);
        } catch (CharacterCodingException e) {
            throw new CliException(
                    file + " is not UTF-8, so nothing was imported; convert it and run the command again", e);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + " (" + e.getMessage() + "); nothing was imported", e);
        }
        if (!outcome.problems().isEmpty()) {
            outcome.problems().forEach(problem -> err().println("library: " + file + ", " + problem));
            err().println("library: nothing was imported; correct these places and run the command again. The file must"
                    + " contain resources as JSON objects: one per line, in an array, or in a saved list response");
            return 1;
        }
        print(outcome);
        return 0;
    }

    /** Imports the file. Standard input is first copied to a temporary file, so that no database transaction waits for it. */
    private ImportResult imported(Library library) throws IOException {
        ResourceImport importer = library.resourceImport();
        if (!file.toString().equals("-")) {
            return importer.run(file.toAbsolutePath().toString(), () -> Files.newInputStream(file), approve);
        }
        Path copy = Files.createTempFile("library-import", ".json");
        try {
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            return importer.run("standard input", () -> Files.newInputStream(copy), approve);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void print(ImportResult outcome) {
        int published = outcome.added(Status.APPROVED);
        int pending = outcome.added(Status.PENDING);
        out().println((approve ? published + " new and approved, " : pending + " new and pending, ")
                + outcome.updated() + " updated, " + outcome.unchanged() + " unchanged, " + outcome.kept()
                + " from a peer and left unchanged");
        String hidden = Stream.of(Status.PENDING, Status.REJECTED, Status.ARCHIVED)
                .filter(status -> outcome.added(status) > 0 && (approve || status != Status.PENDING))
                .map(status -> outcome.added(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        if (!hidden.isEmpty()) {
            out().println("New and not published, because of the status in the file: " + hidden);
        }
        if (outcome.held() > 0) {
            out().println(Count.of(outcome.held(), "pending resource")
                    + " would have been published with --approve; use review approve to publish");
        }
        if (outcome.moved() > 0) {
            out().println(Count.of(outcome.moved(), "new resource")
                    + " got another page address, because the one in the file is already in use");
        }
    }
}

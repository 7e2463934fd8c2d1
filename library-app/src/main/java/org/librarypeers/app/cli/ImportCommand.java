package org.librarypeers.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.librarypeers.app.Library;
import org.librarypeers.app.content.ResourceImport;
import org.librarypeers.app.content.ResourceImport.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Takes in resources as this library's own, from JSON Lines in the ORB v1 detail form.")
final class ImportCommand extends LibraryTask {

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--approve", description = "Publish what is new at once.")
    private boolean approve;

    @Override
    boolean makesLibrary() {
        return true;
    }

    @Override
    int run(Library library) {
        ResourceImport importer = new ResourceImport(library);
        Outcome outcome;
        try (BufferedReader lines = open()) {
            outcome = importer.run(lines, approve);
        } catch (NoSuchFileException e) {
            throw new CliException("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new CliException(file + " is not UTF-8; nothing was imported", e);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + " (" + e.getMessage() + "); nothing was imported", e);
        }
        if (!outcome.problems().isEmpty()) {
            outcome.problems().forEach(problem -> err().println("library: " + file + ", " + problem));
            err().println("library: nothing was imported; mend these lines and run it again");
            return 1;
        }
        out().println(outcome.added() + " new" + (approve ? " and approved, " : ", pending; ") + outcome.updated()
                + " updated, " + outcome.unchanged() + " unchanged, " + outcome.kept()
                + " left alone because they come from a peer");
        return 0;
    }

    private BufferedReader open() throws IOException {
        return file.toString().equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()))
                : Files.newBufferedReader(file);
    }
}

package org.librarypeers.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/**
 * The server in the home directory of a test, kept running so that each command attaches to it. It uses programs that
 * are unpacked already.
 */
public final class HomeServer implements AutoCloseable {

    private static final String PROGRAMS = "bin";

    private final EmbeddedPostgres postgres;
    private final Path link;

    private HomeServer(EmbeddedPostgres postgres, Path link) {
        this.postgres = postgres;
        this.link = link;
    }

    public static HomeServer start(Path home) {
        Path link = linkPrograms(home);
        return new HomeServer(EmbeddedPostgres.open(link.getParent()), link);
    }

    /**
     * Links the programs of the shared server into a new home directory, so that a server there need not unpack them. Delete the
     * returned link at the end, because deleting a temporary directory that contains it prints a warning.
     */
    public static Path linkPrograms(Path home) {
        // The shared server must have unpacked the programs.
        TestDatabases.server();
        try {
            Path directory = Files.createDirectory(home.resolve("postgres"));
            return Files.createSymbolicLink(
                    directory.resolve(PROGRAMS),
                    TestDatabases.HOME.resolve("postgres").resolve(PROGRAMS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops the library's database. The next command creates a new one. */
    public void dropLibrary() {
        postgres.dropDatabase("library");
    }

    /** Stops the server and removes the link, because deleting a temporary directory that contains it prints a warning. */
    @Override
    public void close() {
        postgres.close();
        try {
            Files.delete(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

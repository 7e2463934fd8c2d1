package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data directory of the server. It is created once and never deleted, even if it is incomplete. */
record DataDirectory(Layout layout) {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

    private static final String TEMPORARY = "init-";
    private static final Duration INIT_LIMIT = Duration.ofMinutes(5);

    boolean exists() {
        try {
            if (!Files.exists(layout.data()) || isEmpty(layout.data())) {
                return false;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot read " + layout.data() + " (" + Text.oneLine(e)
                            + "); run as the user who owns it, or use another directory",
                    e);
        }
        if (!Files.exists(versionFile())) {
            throw new EmbeddedPostgresException(layout.data()
                    + " has files but no PG_VERSION, so it is not a PostgreSQL data directory; move it away, or"
                    + " restore PG_VERSION");
        }
        return true;
    }

    void requireVersion(String majorVersion) {
        String made;
        try {
            made = Files.readString(versionFile()).strip();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot read " + versionFile() + " (" + Text.oneLine(e) + ')', e);
        }
        if (!made.equals(majorVersion)) {
            throw new EmbeddedPostgresException("The data in " + layout.data() + " was created by PostgreSQL " + made
                    + ", but this is PostgreSQL " + majorVersion + "; export it with the release that created"
                    + " it and import it into a new directory, or use pg_upgrade");
        }
    }

    /** Creates the data in a temporary directory, and moves them into place when they are complete. */
    void create(Binaries binaries, RunAs runAs, Password password) throws IOException {
        log.info("Creating a database in {}", layout.data());
        Trees.sweep(layout.directory(), TEMPORARY);
        Path temporary = Files.createTempDirectory(layout.directory(), TEMPORARY);
        Path passwordFile = temporary.resolve("password");
        password.writeTo(passwordFile);
        runAs.takeOver(temporary);
        Path made = temporary.resolve("data");
        long logged = Logs.size(layout.log());
        int exit = Commands.run(initdb(binaries, runAs, passwordFile, made), layout.log(), INIT_LIMIT);
        if (exit != 0) {
            Trees.sweep(layout.directory(), TEMPORARY);
            throw new EmbeddedPostgresException("PostgreSQL could not create its data directory: "
                    + Logs.reason(layout.log(), logged) + " (see " + layout.log() + ')');
        }
        Files.move(made, layout.data(), StandardCopyOption.ATOMIC_MOVE);
        // Otherwise a power failure could undo the move, and the next sweep could delete data that have been used
        // since.
        Trees.sync(layout.directory());
        Trees.sync(temporary);
        Trees.sweep(layout.directory(), TEMPORARY);
    }

    private static List<String> initdb(Binaries binaries, RunAs runAs, Path passwordFile, Path data) {
        return runAs.command(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + Connections.USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                // Iterations slow down the guessing of weak passwords. This one is random, and each connection would
                // pay for them.
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                // The same collation and case rules on every machine, whatever locales it has.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
    }

    private Path versionFile() {
        return layout.data().resolve("PG_VERSION");
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}

package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Helpers for the tests of the embedded PostgreSQL. */
final class Homes {

    /** A setup with short time limits, for tests that wait for a limit to pass. */
    static final Setup IMPATIENT = new Setup(
            List.of(RightsDropper.values()), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));

    private Homes() {}

    /** Creates a home directory that contains only a link to the shared server programs, to save time. */
    static Path in(Path parent) throws IOException {
        Path home = Files.createDirectory(parent.resolve("postgres"));
        Files.createSymbolicLink(home.resolve("bin"), Programs.SHARED);
        return home.toRealPath();
    }

    /**
     * Removes the link to the shared programs, because deleting a temporary directory that contains it prints a
     * warning.
     */
    static void unlink(Path home) throws IOException {
        Files.delete(home.resolve("bin"));
    }

    static Postmaster postmaster(Path home) {
        return Postmaster.named(home.resolve("data")).orElseThrow();
    }

    static boolean isRunning(Path home) {
        return Postmaster.named(home.resolve("data")).map(Postmaster::runs).orElse(false);
    }

    /** Waits until the server says that it is stopping. */
    static void awaitStopping(Path home) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        while (!postmaster(home).isStopping()) {
            if (deadline.passed()) {
                throw new AssertionError("the server does not stop");
            }
            deadline.park();
        }
    }

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the single value that the query selects, as text. */
    static String value(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    static void signal(String signal, long pid) throws IOException, InterruptedException {
        signal(signal, List.of(pid));
    }

    /** Sends the signal to all processes at once. */
    static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
        String words = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + ' ' + words)
                .start()
                .waitFor();
    }

    /** A holder class, so that other JVMs that only need a connection do not create the directory. */
    private static final class Programs {

        static final Path SHARED = temporary();

        private static Path temporary() {
            try {
                Path parent = Files.createTempDirectory("embedded-postgres-programs");
                Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
                Path programs = Files.createDirectory(parent.resolve("bin"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    Trees.sweep(parent, "");
                    parent.toFile().delete();
                }));
                return programs;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

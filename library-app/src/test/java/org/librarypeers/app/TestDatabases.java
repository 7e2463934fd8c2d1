package org.librarypeers.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/**
 * The databases of all libraries that the tests of this JVM start, on one embedded server that runs until the JVM exits.
 * A new database is a copy of a migrated one, because copying is faster than migrating.
 */
final class TestDatabases {

    /** The home directory, kept between test runs to save time. */
    static final Path HOME = Path.of("target", "test-home").toAbsolutePath();

    private static final TestDatabases OF_THIS_JVM = new TestDatabases();

    private final EmbeddedPostgres postgres = EmbeddedPostgres.open(HOME.resolve("postgres"));
    private final String template = randomName("template_");
    /** Stays open until the template is dropped, so that the server outlives the exit of the JVM until then. */
    private final Connection connection;

    private TestDatabases() {
        try {
            connection = connect("postgres");
            // Losing the data of tests in a power failure does no harm.
            execute(
                    connection,
                    "alter system set fsync = off",
                    "alter system set full_page_writes = off",
                    "alter system set synchronous_commit = off",
                    "select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Library.open(LibrarySettings.in(HOME).with(Settings.LANGUAGES, "en"), postgres, template)
                .close();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-databases"));
    }

    /** Returns the server. Do not close it. */
    static EmbeddedPostgres server() {
        return OF_THIS_JVM.postgres;
    }

    /** Creates the database of a new library and returns its name. */
    static String create() {
        String name = randomName("test_");
        try {
            OF_THIS_JVM.copyTemplate(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    private synchronized void copyTemplate(String name) throws SQLException {
        // Copies files, because writing each block to the log costs more CPU time.
        execute(connection, "create database " + name + " template " + template + " strategy file_copy");
        try (Connection copy = connect(name)) {
            execute(copy, "update library set id = gen_random_uuid()");
        }
    }

    private static String randomName(String prefix) {
        return prefix + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void close() {
        try (connection) {
            execute(connection, "drop database " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            postgres.close();
        }
    }
}

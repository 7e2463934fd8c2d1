package org.librarypeers.sync.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.persistence.JpaStorage;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with the tables of a library, on a PostgreSQL server that all tests of this JVM share. */
final class TestDatabase {

    /** The directory of the server, kept between test runs to save time. */
    private static final EmbeddedPostgres SERVER =
            EmbeddedPostgres.open(Path.of("target", "postgres").toAbsolutePath());

    private static final Path LOG =
            Path.of("target", "postgres", "log", "postgres.log").toAbsolutePath();

    private static final String MAINTENANCE = "postgres";
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    static {
        TestDatabase maintenance = new TestDatabase(MAINTENANCE);
        // Losing the data of tests in a power failure does no harm.
        maintenance.execute("alter system set fsync = off");
        maintenance.execute("select pg_reload_conf()");
    }

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** Creates a database with the tables of a library. */
    static TestDatabase create() {
        // Copies files, because writing each block to the log costs more CPU time.
        return create("template " + Migrated.TEMPLATE.name + " strategy file_copy");
    }

    /** Creates a database without tables. */
    static TestDatabase createEmpty() {
        return create("");
    }

    private static TestDatabase create(String options) {
        TestDatabase database = new TestDatabase("library_" + DATABASES.incrementAndGet());
        create(database.name, options);
        return database;
    }

    private static void create(String name, String options) {
        TestDatabase maintenance = new TestDatabase(MAINTENANCE);
        maintenance.execute("drop database if exists " + name + " with (force)");
        maintenance.execute("create database " + name + " " + options);
        maintenance.execute("alter database " + name + " set timezone = 'Asia/Kathmandu'");
        maintenance.execute("alter database " + name + " set synchronous_commit = off");
    }

    /** Opens a storage on this database. The caller closes it. */
    JpaStorage openStorage() {
        return JpaStorage.builder()
                .database(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password())
                .secretKey(new byte[32])
                .build();
    }

    /** Returns connections to this database, without a pool. */
    DataSource connections() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(SERVER.jdbcUrl(name));
        source.setUser(SERVER.user());
        source.setPassword(SERVER.password());
        return source;
    }

    /**
     * Makes the server log every statement that reaches it on new connections to this database, including those that begin and end
     * transactions. A line begins with the name of the application and of the database.
     */
    void logStatements() {
        execute("alter system set log_line_prefix = '%a %d '");
        execute("select pg_reload_conf()");
        execute("alter database " + name + " set log_statement = 'all'");
    }

    /** Ends what {@link #logStatements} began, for connections that are opened later. */
    void endLoggingStatements() {
        execute("alter system reset log_line_prefix");
        execute("select pg_reload_conf()");
        execute("alter database " + name + " reset log_statement");
    }

    /** Returns the logged statements of connections with this prefix of the application's name, in order. */
    List<String> loggedStatements(String application) {
        try {
            return Files.readAllLines(LOG, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(application) && line.contains(" " + name + " LOG:  "))
                    .map(line -> line.substring(line.indexOf("LOG:  ") + "LOG:  ".length()))
                    .filter(line -> line.startsWith("execute ") || line.startsWith("statement: "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = connections().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column of the query's rows as text. */
    List<String> texts(String sql) {
        try (Connection connection = connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tables are created once and copied, which takes a fraction of the time. */
    private static final class Migrated {
        static final TestDatabase TEMPLATE = new TestDatabase(TestDatabase.TEMPLATE);

        static {
            create(TEMPLATE.name, "");
            try (JpaStorage storage = TEMPLATE.openStorage()) {
                storage.migrate();
            }
        }
    }
}

package org.librarypeers.sync.scheduler;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.librarypeers.persistence.JpaStorage;

/** A database with the tables of a library, on a PostgreSQL server that all tests of this JVM share. */
final class TestDatabase {

    private static final String USER = "postgres";
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** Creates a database with the tables of a library. */
    static TestDatabase create() {
        return create("template " + Migrated.TEMPLATE.name);
    }

    /** Creates a database without tables. */
    static TestDatabase createEmpty() {
        return create("");
    }

    private static TestDatabase create(String options) {
        TestDatabase database = new TestDatabase("library_" + DATABASES.incrementAndGet());
        new TestDatabase(USER).execute("create database " + database.name + " " + options);
        return database;
    }

    /** Opens a storage on this database. The caller closes it. */
    JpaStorage openStorage() {
        return JpaStorage.builder()
                .database(Server.RUNNING.getJdbcUrl(USER, name), USER, USER)
                .secretKey(new byte[32])
                .build();
    }

    /** Returns connections to this database, without a pool. */
    DataSource connections() {
        return Server.RUNNING.getDatabase(USER, name);
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
            new TestDatabase(USER).execute("create database " + TEMPLATE.name);
            try (JpaStorage storage = TEMPLATE.openStorage()) {
                storage.migrate();
            }
        }
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("timezone", "Asia/Kathmandu")
                        .setServerConfig("fsync", "off")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import java.util.stream.Collectors;

/** A PostgreSQL server for all tests of this JVM, in an unusual time zone. */
final class TestDatabase {

    static final String USER = "postgres";
    static final String PASSWORD = "postgres";
    static final byte[] KEY = new byte[Secrets.KEY_BYTES];

    private static final String ZONE = "Asia/Kathmandu";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String url;
    private final HikariDataSource pool;

    private TestDatabase(String url) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setPoolName("test");
        config.setJdbcUrl(url);
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // The driver sets the session's time zone to that of the JVM, which would hide that of the server.
        config.setConnectionInitSql("set time zone '" + ZONE + "'");
        this.pool = new HikariDataSource(config);
    }

    /** Creates a new database without tables. */
    static TestDatabase create() {
        return create("");
    }

    /** Creates a new database without tables, with these options of {@code create database}. */
    static TestDatabase create(String options) {
        String name = "library_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " " + options);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(Server.RUNNING.getJdbcUrl(USER, name));
    }

    /** Returns the database that most tests share. Call {@link #empty} first. */
    static TestDatabase shared() {
        return Shared.DATABASE;
    }

    /** Empties the shared database and returns the storage on it. */
    static JpaStorage sharedStorage() {
        Shared.DATABASE.empty();
        return Shared.STORAGE;
    }

    String url() {
        return url;
    }

    HikariDataSource pool() {
        return pool;
    }

    JpaStorage.Builder storage() {
        return JpaStorage.builder().dataSource(pool).secretKey(KEY);
    }

    void empty() {
        empty("public");
    }

    /** Empties the library tables in this schema, except for those that every library starts with. */
    void empty(String schema) {
        execute(Schema.tables().stream()
                .filter(table -> !List.of("library", "secret_check", "counter").contains(table))
                .map(table -> schema + "." + table)
                .collect(Collectors.joining(", ", "truncate ", "")));
    }

    void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column as text. */
    List<String> texts(String sql) {
        try (Connection connection = pool.getConnection();
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

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("timezone", ZONE)
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "100")
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

    private static final class Shared {
        static final TestDatabase DATABASE = create();
        static final JpaStorage STORAGE = DATABASE.storage().build();

        static {
            STORAGE.migrate();
        }
    }
}

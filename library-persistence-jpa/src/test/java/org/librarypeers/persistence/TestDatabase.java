package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/** A PostgreSQL server for all tests of this JVM, in an unusual time zone. */
final class TestDatabase {

    /** The directory of the server of this process, kept between test runs to save time. */
    private static final EmbeddedPostgres SERVER =
            EmbeddedPostgres.open(Path.of("target", System.getProperty("postgres.directory", "postgres"))
                    .toAbsolutePath());

    static final String USER = SERVER.user();
    static final String PASSWORD = SERVER.password();
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
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl("postgres"), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name + " " + options);
            statement.execute("alter database " + name + " set timezone = '" + ZONE + "'");
            statement.execute("alter database " + name + " set synchronous_commit = off");
            // Losing the data of tests in a power failure does no harm.
            statement.execute("alter system set fsync = off");
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(SERVER.jdbcUrl(name));
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

    /**
     * Empties the library tables in this schema, except for those that every library starts with. Leaves out the tables that
     * are empty already, because a truncated table gets new files.
     */
    void empty(String schema) {
        String tables = Schema.tables().stream()
                .filter(table -> !List.of("library", "secret_check", "counter", "feed_time")
                        .contains(table))
                .map(table -> "'" + schema + "." + table + "'")
                .collect(Collectors.joining(", "));
        execute("""
                do $$
                declare
                    candidate text;
                    has_rows boolean;
                    used text[];
                begin
                    foreach candidate in array array[%s] loop
                        execute 'select exists (select from ' || candidate || ')' into has_rows;
                        if has_rows then
                            used := used || candidate;
                        end if;
                    end loop;
                    if used is not null then
                        execute 'truncate ' || array_to_string(used, ', ') || ' cascade';
                    end if;
                end $$""".formatted(tables));
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

    private static final class Shared {
        static final TestDatabase DATABASE = create();
        static final JpaStorage STORAGE = DATABASE.storage().build();

        static {
            STORAGE.migrate();
        }
    }
}

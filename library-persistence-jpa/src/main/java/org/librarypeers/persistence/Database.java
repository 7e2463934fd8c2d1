package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.StorageException;

/** The connections, and Hibernate on them, both made when they are first needed. */
final class Database implements AutoCloseable {

    private static final int BATCH = 500;
    private static final int OLDEST_POSTGRESQL = 14;

    private final DataSource source;
    private final boolean ours;
    private @Nullable SessionFactory sessions;
    private boolean closed;

    private Database(DataSource source, boolean ours) {
        this.source = source;
        this.ours = ours;
    }

    /** Connections that the caller made and closes. */
    static Database using(DataSource source) {
        return new Database(source, false);
    }

    /** A pool of our own. It connects when it is first asked for a connection. */
    static Database at(String jdbcUrl, String user, String password, int poolSize) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("library");
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(poolSize);
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("ApplicationName", "library");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Otherwise a failed batch is quoted with its values, and they end up in logs.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return new Database(pool, true);
    }

    DataSource source() {
        return source;
    }

    void check() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select to_regclass('resource') is not null")) {
            if (!rows.next() || !rows.getBoolean(1)) {
                throw new StorageException(
                        "the database has no tables of a library yet; they are made by migrate", null);
            }
        } catch (SQLException e) {
            throw Failures.storage("the database cannot be used", e);
        }
    }

    /** Flyway locks the database meanwhile: of two processes that do it at once, one waits and finds it done. */
    void migrate() {
        check(source);
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .loggers("slf4j")
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw Failures.storage("the database could not be migrated", e);
        }
    }

    /** Flyway hides why it cannot connect behind many lines. */
    private static void check(DataSource source) {
        try (Connection connection = source.getConnection()) {
            if (!connection.isValid(10)) {
                throw new StorageException("the database does not answer", null);
            }
        } catch (SQLException e) {
            throw Failures.storage("the database cannot be used", e);
        }
    }

    /** For when one connection broke: then the server has ended, and so have the others that wait in our pool. */
    void renewConnections() {
        if (ours && source instanceof HikariDataSource pool) {
            HikariPoolMXBean connections = pool.getHikariPoolMXBean();
            if (connections != null) {
                connections.softEvictConnections();
            }
        }
    }

    synchronized SessionFactory sessions() {
        if (closed) {
            throw new StorageException("the storage is closed", null);
        }
        if (sessions == null) {
            sessions = build();
        }
        return sessions;
    }

    private SessionFactory build() {
        return new HibernatePersistenceConfiguration("library")
                .managedClasses(
                        ResourceEntity.class,
                        LinkEntity.class,
                        FileEntity.class,
                        ResourceTagEntity.class,
                        CategoryEntity.class,
                        TagEntity.class,
                        RevisionEntity.class,
                        PeerEntity.class,
                        SyncLogEntity.class,
                        AccountEntity.class)
                .managedClasses(LocalizedTextConverter.class, PartEntity.class)
                .managedClasses(OriginColumns.class, AuthorColumns.class)
                .properties(settings(source))
                .createEntityManagerFactory();
    }

    private static Map<String, Object> settings(DataSource source) {
        return Map.ofEntries(
                Map.entry(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source),
                Map.entry(
                        AvailableSettings.PHYSICAL_NAMING_STRATEGY,
                        "org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl"),
                // Known without asking, so that it comes up, and says why it cannot connect, as any other call does.
                Map.entry(AvailableSettings.ALLOW_METADATA_ON_BOOT, false),
                Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL"),
                Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DB_MAJOR_VERSION, OLDEST_POSTGRESQL),
                // Statements by the page, not by the row.
                Map.entry(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH),
                Map.entry(AvailableSettings.ORDER_INSERTS, true),
                Map.entry(AvailableSettings.ORDER_UPDATES, true),
                Map.entry(AvailableSettings.DEFAULT_BATCH_FETCH_SIZE, 2 * BATCH),
                Map.entry(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true),
                // Times go to the driver as they are, without a detour through the zone of this machine.
                Map.entry(AvailableSettings.JAVA_TIME_USE_DIRECT_JDBC, true),
                // Whoever catches the exception says what matters; Hibernate would quote statements with their values.
                Map.entry(AvailableSettings.LOG_JDBC_ERRORS, false),
                Map.entry(AvailableSettings.LOG_JDBC_WARNINGS, false));
    }

    /** Closes Hibernate, and the connections if they are ours. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (sessions != null) {
                sessions.close();
                sessions = null;
            }
        } catch (HibernateException e) {
            throw Failures.storage("the storage could not be closed", e);
        } finally {
            if (ours && source instanceof HikariDataSource pool) {
                pool.close();
            }
        }
    }
}

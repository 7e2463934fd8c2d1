package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.StorageException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to the database, and Hibernate on top of them. Both are created on first use. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Pattern HOSTS = Pattern.compile("^jdbc:postgresql://([^/?@]+)");
    private static final int MIGRATION_ATTEMPTS = 4;
    private static final Duration MIGRATION_PAUSE = Duration.ofMillis(250);
    private static final String ENCODING = "UTF8";
    private static final int BATCH = 500;
    private static final int OLDEST_POSTGRESQL = 15;

    private final DataSource source;

    /** The same connections, for callers that prefer to wait while the database cannot be reached. */
    private final DataSource patientSource;

    /** The name of the database in messages, with its hosts if they are known. */
    private final String name;

    /** The source of the pool; null if the caller supplied the connections. */
    private final @Nullable ServerSource server;

    /** The pool that this object created; null if the caller supplied the connections. */
    private final @Nullable HikariDataSource pool;

    /** The schema of the library tables; null for the default schema of the connections. */
    private final @Nullable String schema;

    private final String program;
    private @Nullable SessionFactory sessions;
    private volatile boolean closed;

    private Database(
            String name,
            DataSource source,
            DataSource patientSource,
            @Nullable ServerSource server,
            @Nullable HikariDataSource pool,
            @Nullable String schema,
            String program) {
        this.name = name;
        this.source = source;
        this.patientSource = patientSource;
        this.server = server;
        this.pool = pool;
        this.schema = schema;
        this.program = program;
    }

    /** Creates a database on connections that the caller supplies and closes. */
    static Database using(DataSource source, @Nullable String schema, String program) {
        DataSource used = schema == null ? source : new SchemaSource(source, schema);
        return new Database("the database", used, used, null, null, schema, program);
    }

    /** Creates a database with its own pool. The pool connects when the first connection is requested. */
    static Database at(
            String jdbcUrl, String user, String password, int poolSize, @Nullable String schema, String program) {
        ServerSource server = new ServerSource(jdbcUrl, user, password);
        HikariDataSource pool = ReachableSource.pool(server, poolSize);
        pool.setSchema(schema);
        return new Database(
                nameOf(jdbcUrl),
                ReachableSource.impatient(pool, server),
                ReachableSource.patient(pool, server),
                server,
                pool,
                schema,
                program);
    }

    /** Returns the name with the hosts only. The other parts of a JDBC URL may contain passwords. */
    private static String nameOf(String jdbcUrl) {
        Matcher hosts = HOSTS.matcher(jdbcUrl);
        return hosts.find() ? "the database at " + hosts.group(1) : "the database";
    }

    /**
     * Returns a connection, which the caller closes.
     *
     * @throws StorageException if this object is closed
     */
    Connection connection() throws SQLException {
        requireOpen();
        return source.getConnection();
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("the storage is closed", null);
        }
    }

    PoolFigures pool() {
        return pool == null ? PoolFigures.NONE : PoolFigures.of(pool);
    }

    /**
     * Returns whether a pooler such as pgbouncer is between this program and the server. If so, the process that the driver
     * was told about is not the one that executes a statement.
     */
    boolean isPooled() {
        try (Connection connection = source.getConnection()) {
            return Integer.parseInt(value(connection, "select pg_backend_pid()"))
                    != connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw StorageFailures.storage(name + " cannot be used", e);
        }
    }

    /** Returns the name and version of the program. */
    String program() {
        return program;
    }

    DataSource patientSource() {
        return patientSource;
    }

    /** Throws unless the database is writable and has library tables in a version that this program knows. */
    void check() {
        try (Connection connection = source.getConnection()) {
            if (Schema.read(connection) == Schema.NONE) {
                throw new StorageException(
                        "the database has no library tables yet; create them with the command migrate", null);
            }
            requireWritable(connection);
        } catch (SQLException e) {
            throw StorageFailures.storage(name + " cannot be used", e);
        }
    }

    private static void requireWritable(Connection connection) throws SQLException {
        if (value(connection, "show transaction_read_only").equals("on")) {
            throw new StorageException(
                    "the database is read-only; it may be a standby, so connect to the primary server", null);
        }
    }

    /** Returns whether the database has no library tables yet. */
    boolean isNew() {
        return schema() == Schema.NONE;
    }

    /** Returns whether the library tables are those of an earlier version. */
    boolean isOutdated() {
        return schema() == Schema.OLDER;
    }

    private Schema schema() {
        try (Connection connection = source.getConnection()) {
            return Schema.read(connection);
        } catch (SQLException e) {
            throw StorageFailures.storage(name + " cannot be used", e);
        }
    }

    /**
     * Migrates the tables unless they are current, which takes one query to find out. Flyway locks the database: if two
     * processes migrate at the same time, one waits and then finds nothing to do.
     */
    void migrate() {
        migrate(Schema.latest());
    }

    /** Migrates older tables, or none, to a version from 1 to the latest. */
    void migrate(int version) {
        if (isCurrent()) {
            return;
        }
        try {
            FluentConfiguration flyway = Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .loggers("slf4j")
                    .locations("classpath:" + Schema.MIGRATIONS)
                    .table(Schema.HISTORY)
                    .target(String.valueOf(version))
                    // The schema may already hold other tables of the application.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .installedBy(program);
            if (schema != null) {
                flyway.defaultSchema(schema);
            }
            migrate(flyway.load());
        } catch (FlywayException e) {
            throw StorageFailures.storage("the database could not be migrated", e);
        }
    }

    /**
     * Migrates with Flyway. Flyway locks its table, but not while it creates it: of two processes that do so at the same
     * time, one fails before it has changed anything, and then finds the table of the other.
     */
    private static void migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (attempt == MIGRATION_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(MIGRATION_PAUSE.toNanos());
            }
        }
    }

    /**
     * Returns whether the tables are those of this version. Throws if the database cannot be used, before anything is
     * changed. Flyway would hide the cause of a failed connection behind many lines.
     */
    private boolean isCurrent() {
        try (Connection connection = source.getConnection()) {
            if (Schema.read(connection) == Schema.CURRENT) {
                return true;
            }
            String encoding = value(connection, "show server_encoding");
            if (!encoding.equals(ENCODING)) {
                throw new StorageException(
                        "the database '" + value(connection, "select current_database()") + "' has the encoding "
                                + encoding
                                + ", which cannot store texts of all languages; create another one with:"
                                + " createdb --encoding=UTF8 --template=template0 NAME",
                        null);
            }
            return false;
        } catch (SQLException e) {
            throw StorageFailures.storage(name + " cannot be used", e);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /**
     * Evicts all connections of this object's own pool. Called after one connection was lost: if the server has
     * stopped, all of them are unusable.
     */
    void renewConnections() {
        if (pool != null) {
            HikariPoolMXBean connections = pool.getHikariPoolMXBean();
            if (connections != null) {
                connections.softEvictConnections();
            }
        }
    }

    /** Returns Hibernate, which is loaded on the first call. Loading it takes longer than many commands. */
    synchronized SessionFactory sessions() {
        requireOpen();
        if (sessions == null) {
            sessions = build();
        }
        return sessions;
    }

    /** Loads Hibernate, unless this object is closed by then. */
    void warmUp() {
        try {
            var unused = sessions();
        } catch (StorageException e) {
            LOG.debug("Hibernate was not loaded", e);
        }
    }

    private SessionFactory build() {
        return new HibernatePersistenceConfiguration("library")
                .managedClasses(
                        ResourceEntity.class,
                        AttachmentEntity.class,
                        ResourceTagEntity.class,
                        CategoryEntity.class,
                        TagEntity.class,
                        RevisionEntity.class,
                        PeerEntity.class,
                        SyncLogEntity.class,
                        AccountEntity.class)
                .managedClasses(LocalizedTextConverter.class)
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
                // No metadata queries: Hibernate starts without a connection, and a failure to connect is reported as
                // for any other call.
                Map.entry(AvailableSettings.ALLOW_METADATA_ON_BOOT, false),
                Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL"),
                Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DB_MAJOR_VERSION, OLDEST_POSTGRESQL),
                // Sends statements in batches instead of row by row.
                Map.entry(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH),
                Map.entry(AvailableSettings.ORDER_INSERTS, true),
                Map.entry(AvailableSettings.ORDER_UPDATES, true),
                Map.entry(AvailableSettings.DEFAULT_BATCH_FETCH_SIZE, 2 * BATCH),
                Map.entry(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true),
                // Passes times to the driver unchanged, without a conversion to the time zone of the JVM.
                Map.entry(AvailableSettings.JAVA_TIME_USE_DIRECT_JDBC, true),
                // The code that catches the exception reports what matters. Hibernate would log statements with their
                // values.
                Map.entry(AvailableSettings.LOG_JDBC_ERRORS, false),
                Map.entry(AvailableSettings.LOG_JDBC_WARNINGS, false));
    }

    /** Closes Hibernate, and the pool if this object created it. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (sessions != null) {
                sessions.close();
                sessions = null;
            }
        } catch (HibernateException e) {
            throw StorageFailures.storage("the storage could not be closed", e);
        } finally {
            if (server != null) {
                server.close();
            }
            if (pool != null) {
                pool.close();
            }
        }
    }
}

package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A source of new connections to the database server, which a pool keeps. While the server cannot be reached, it tries
 * again several times a second: the pool itself would wait up to five seconds between two attempts. Thread-safe.
 */
final class ServerSource extends DelegatingSource implements AutoCloseable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** The time that a single host has to accept a connection, in seconds. */
    private static final String CONNECT_SECONDS = "3";

    /** The time that each of several hosts has, in seconds. One of them is expected to be down during a fail-over. */
    private static final String CONNECT_SECONDS_OF_SEVERAL = "2";

    /** The time that a host has for each answer while a connection is opened, in seconds. */
    private static final String ANSWER_SECONDS = "5";

    private static final String TLS_ANSWER_MILLIS = "2000";

    private final Driver driver = new Driver();
    private final String jdbcUrl;
    private final Properties properties = new Properties();

    /** The parameters in the URL, which have precedence over the properties. */
    private final Properties written;

    private final @Nullable ServerWatch watch;
    private volatile @Nullable Failure failure;
    private volatile boolean closed;

    /**
     * Creates a source, without I/O.
     *
     * @param jdbcUrl the URL, with one or several hosts
     * @param user the user; empty if the URL names it
     * @param password the password; empty if the URL contains it, or none is needed
     */
    ServerSource(String jdbcUrl, String user, String password) {
        super(new PGSimpleDataSource());
        this.jdbcUrl = jdbcUrl;
        Properties parsed = Driver.parseURL(jdbcUrl, null);
        this.written = parsed == null ? new Properties() : parsed;
        boolean several = written.getProperty(PGProperty.PG_HOST.getName(), "").contains(",");
        setIfPresent(PGProperty.USER, user);
        setIfPresent(PGProperty.PASSWORD, password);
        set(PGProperty.APPLICATION_NAME, OtherNodes.newName());
        set(PGProperty.REWRITE_BATCHED_INSERTS, "true");
        // Otherwise the message of a failed batch quotes its values, which would end up in logs.
        set(PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        set(PGProperty.TCP_KEEP_ALIVE, "true");
        set(PGProperty.CONNECT_TIMEOUT, several ? CONNECT_SECONDS_OF_SEVERAL : CONNECT_SECONDS);
        set(PGProperty.SSL_RESPONSE_TIMEOUT, TLS_ANSWER_MILLIS);
        set(PGProperty.SOCKET_TIMEOUT, ANSWER_SECONDS);
        if (several) {
            set(PGProperty.TARGET_SERVER_TYPE, "primary");
        }
        this.watch = several ? new ServerWatch(this::connect) : null;
    }

    private void setIfPresent(PGProperty property, String value) {
        if (!value.isEmpty()) {
            set(property, value);
        }
    }

    private void set(PGProperty property, String value) {
        properties.setProperty(property.getName(), value);
    }

    /**
     * A failed attempt to connect.
     *
     * @param nanos the time of the failure, by {@link System#nanoTime}
     */
    record Failure(SQLException why, long nanos) {
        boolean isYoungerThan(Duration time) {
            return System.nanoTime() - nanos < time.toNanos();
        }
    }

    /** Returns the failure of the last attempt. Null if it succeeded, or if there was none yet. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /**
     * Returns a new connection, which the caller closes. Waits while the server cannot be reached, until this source is
     * closed or the thread is interrupted.
     */
    @Override
    public Connection getConnection() throws SQLException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            try {
                Connection connection = connect();
                failure = null;
                return connection;
            } catch (SQLException e) {
                failure = new Failure(e, System.nanoTime());
                LockSupport.parkNanos(pause.toNanos());
                if (closed || Thread.currentThread().isInterrupted() || !StorageFailures.isUnreachable(e)) {
                    throw e;
                }
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Ignored. The pool would limit an attempt on all hosts to one second, and leave a thread behind each time. */
    @Override
    public void setLoginTimeout(int seconds) {
        // The properties limit how long each host may take.
    }

    /** Returns how long the pool waits for its thread when it closes, in seconds. */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    private Connection connect() throws SQLException {
        long since = System.nanoTime();
        Connection connection = driver.connect(jdbcUrl, properties);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL");
        }
        try {
            String server = prepare(connection);
            if (watch != null) {
                watch.opened(connection, server, since);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Prepares a new connection for use, and returns which server it belongs to.
     */
    private String prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid(), pg_postmaster_start_time()::text")) {
            row.next();
            if (!written.containsKey(PGProperty.PREPARE_THRESHOLD.getName())) {
                Poolers.adapt(connection, row.getInt(1));
            }
            if (!written.containsKey(PGProperty.SOCKET_TIMEOUT.getName())) {
                // A statement may take as long as it needs.
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return row.getString(2);
        }
    }

    /** Lets attempts to connect fail from now on, and no longer watches the server. */
    @Override
    public void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
    }
}

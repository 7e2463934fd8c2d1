package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data source on a pool. It waits while the pool is busy, but fails soon if the database cannot be reached. The pool
 * itself would wait equally long in both cases. A {@linkplain #patient patient} source waits in both cases too.
 */
final class ReachableSource extends DelegatingSource {

    /** The time that the pool has to supply a connection before the cause of the delay is examined. */
    static final Duration SLICE = Duration.ofMillis(500);

    /** The time after a failure within which the next callers fail without a new attempt. */
    private static final Duration REMEMBERED = Duration.ofMillis(500);

    /** The longest time that a new connection may take. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

    /** The SQL state of a server that has no connection left. */
    static final String TOO_MANY_CONNECTIONS = "53300";

    /** The time between two warnings that the server has no connection left. */
    private static final long WARNING_INTERVAL = Duration.ofMinutes(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(ReachableSource.class);

    /** The time that an idle connection has to answer before it is used. */
    private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(3);

    private static final int MIN_IDLE = 2;

    private final HikariDataSource pool;
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARNING_INTERVAL);

    /** The source of the pool. */
    private final ServerSource server;

    private final Duration patience;

    private ReachableSource(HikariDataSource pool, ServerSource server, Duration patience) {
        super(pool);
        this.pool = pool;
        this.server = server;
        this.patience = patience;
    }

    /** Creates a source that fails soon while the database cannot be reached. */
    static ReachableSource impatient(HikariDataSource pool, ServerSource server) {
        return new ReachableSource(pool, server, Duration.ZERO);
    }

    /**
     * Creates a source that waits up to ten seconds while the database cannot be reached, as it does for a busy pool.
     */
    static ReachableSource patient(HikariDataSource pool, ServerSource server) {
        return new ReachableSource(pool, server, BUSY_LIMIT);
    }

    /** Creates a pool on a server, which makes its first connection when one is requested. */
    static HikariDataSource pool(ServerSource server, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("library");
        pool.setDataSource(server);
        pool.setMaximumPoolSize(size);
        // A command needs few connections, and opening each one takes long. A server opens more when it needs them.
        pool.setMinimumIdle(Math.min(MIN_IDLE, size));
        pool.setConnectionTimeout(SLICE.toMillis());
        pool.setValidationTimeout(VALIDATION_LIMIT.toMillis());
        // All connections are opened by the pool's own thread, which tries until it succeeds.
        pool.setInitializationFailTimeout(-1);
        pool.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException failure) {
                return StorageFailures.isReadOnly(failure)
                        ? SQLExceptionOverride.Override.MUST_EVICT
                        : SQLExceptionOverride.Override.CONTINUE_EVICT;
            }
        });
        return pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt(start);
            } catch (SQLException e) {
                if (pool.isClosed()
                        || isOver(start, patience)
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(REMEMBERED.toNanos() / 5);
            }
        }
    }

    private static boolean isOver(long start, Duration limit) {
        return System.nanoTime() - start >= limit.toNanos();
    }

    private Connection attempt(long start) throws SQLException {
        if (isEmpty()) {
            throwIfFailed(REMEMBERED);
        }
        while (true) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                throwIfFailed(SLICE.multipliedBy(2));
                if (isBusy()) {
                    if (isOver(start, BUSY_LIMIT)) {
                        throw e;
                    }
                } else if (isOver(start, CONNECT_LIMIT)) {
                    throwIfFailed(CONNECT_LIMIT.multipliedBy(2));
                    throw e;
                }
            }
        }
    }

    private boolean isEmpty() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        return connections == null || connections.getTotalConnections() == 0;
    }

    private boolean isBusy() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        boolean allInUse = connections != null && connections.getActiveConnections() >= pool.getMaximumPoolSize();
        ServerSource.Failure failure = server.failure();
        boolean serverIsFull = failure != null && isServerBusy(failure);
        if (serverIsFull) {
            warn(connections == null ? 0 : connections.getTotalConnections());
        }
        return allInUse || serverIsFull;
    }

    private void warn(int open) {
        long now = System.nanoTime();
        long before = warnedAt.get();
        if (now - before >= WARNING_INTERVAL && warnedAt.compareAndSet(before, now)) {
            LOG.warn(
                    "The database server has no connection left; waiting for one. This process has {} and may open {}."
                            + " Lower the pool size of the processes on this server, or raise max_connections",
                    open,
                    pool.getMaximumPoolSize());
        }
    }

    private static boolean isServerBusy(ServerSource.Failure failure) {
        return TOO_MANY_CONNECTIONS.equals(failure.why().getSQLState());
    }

    private void throwIfFailed(Duration within) throws SQLException {
        ServerSource.Failure failure = server.failure();
        if (failure != null && failure.isYoungerThan(within) && !isServerBusy(failure)) {
            SQLException why = failure.why();
            throw StorageFailures.isUnreachable(why)
                    ? new SQLTransientConnectionException(why.getMessage(), why.getSQLState(), why)
                    : new SQLException(why.getMessage(), why.getSQLState(), why);
        }
    }
}

package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

    private final HikariDataSource pool;
    private final Duration patience;
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARNING_INTERVAL);
    private volatile @Nullable Failure last;

    private ReachableSource(HikariDataSource pool, Duration patience) {
        super(pool);
        this.pool = pool;
        this.patience = patience;
    }

    /** Creates a source that fails soon while the database cannot be reached. */
    static ReachableSource impatient(HikariDataSource pool) {
        return new ReachableSource(pool, Duration.ZERO);
    }

    /**
     * Creates a source that waits up to ten seconds while the database cannot be reached, as it does for a busy pool.
     */
    static ReachableSource patient(HikariDataSource pool) {
        return new ReachableSource(pool, BUSY_LIMIT);
    }

    private record Failure(SQLException why, long nanos) {
        boolean isYoungerThan(Duration time) {
            return System.nanoTime() - nanos < time.toNanos();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt(start);
            } catch (SQLException e) {
                if (pool.isClosed() || isOver(start, patience)) {
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
        throwIfFailed(REMEMBERED);
        while (true) {
            try {
                Connection connection = pool.getConnection();
                last = null;
                return connection;
            } catch (SQLTransientConnectionException e) {
                // The pool reports the cause of a failed connection to only one of the waiting callers.
                throwIfFailed(SLICE.multipliedBy(2));
                if (isBusy(e)) {
                    if (isOver(start, BUSY_LIMIT)) {
                        throw e;
                    }
                } else if (e.getCause() != null || isOver(start, CONNECT_LIMIT)) {
                    throw unreachable(e);
                }
            } catch (SQLException e) {
                throw unreachable(e);
            }
        }
    }

    private boolean isBusy(SQLException failure) {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        boolean allInUse = connections != null && connections.getActiveConnections() >= pool.getMaximumPoolSize();
        boolean serverIsFull = TOO_MANY_CONNECTIONS.equals(failure.getSQLState());
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

    private SQLException unreachable(SQLException why) {
        last = new Failure(why, System.nanoTime());
        return why;
    }

    private void throwIfFailed(Duration within) throws SQLException {
        Failure failure = last;
        if (failure != null && failure.isYoungerThan(within)) {
            throw new SQLTransientConnectionException(
                    failure.why().getMessage(), failure.why().getSQLState(), failure.why());
        }
    }
}

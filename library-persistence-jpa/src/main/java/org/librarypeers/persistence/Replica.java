package org.librarypeers.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to a read replica. Each one is checked before each use, because an address may stand for several servers.
 * A thread, which the first use starts, watches the replica: while it cannot be used, no read waits for it. Thread-safe.
 */
final class Replica implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** The longest time between two checks. It is shorter if the lag must be known more precisely. */
    private static final Duration CHECK = Duration.ofSeconds(1);

    private static final int CHECKS_PER_LAG = 4;

    /** The longest time that a read waits for the replica to replay what the primary has written. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private static final Duration POLL = Duration.ofMillis(2);

    /** The lag beyond which a read does not wait. */
    private static final Duration HOPELESS = Duration.ofSeconds(2);

    /** The longest time that a replica may be silent, in seconds. */
    private static final String SILENCE = "5";

    private static final String UNCHECKED = "it has not been checked yet";
    private static final String EMPTY = "it has no tables of this library yet";
    private static final String NO_TABLE = "42P01";
    private static final String SILENT = "it does not answer";

    private final Database primary;
    private final HikariDataSource pool;
    private final PrimaryHistory history;
    private final Duration maxLag;
    private final AtomicBoolean suspected = new AtomicBoolean();
    private final LongAdder answered = new LongAdder();
    private final LongAdder passedOn = new LongAdder();
    private volatile Status status = Status.unusable(UNCHECKED, UNCHECKED);
    private volatile @Nullable ScheduledExecutorService checks;
    private boolean closed;

    /** The lock of a check. Closing does not wait for a check, because that may wait for a server. */
    private final Object checking = new Object();

    /**
     * The result of a check.
     *
     * @param trouble why the replica cannot be used, without details; null if it can
     * @param message the same with details
     */
    private record Status(
            @Nullable String trouble,
            @Nullable String message,
            @Nullable Duration lag,
            long missingBytes) {

        static Status unusable(String trouble, String message) {
            return new Status(trouble, message, null, 0);
        }
    }

    private Replica(Database primary, HikariDataSource pool, Duration maxLag) {
        this.primary = primary;
        this.pool = pool;
        this.history = new PrimaryHistory(maxLag);
        this.maxLag = maxLag;
    }

    /**
     * Creates a replica with its own pool, which connects when the first connection is requested.
     *
     * @param maxLag the largest lag of reads that need not be current
     */
    static Replica at(
            String jdbcUrl,
            String user,
            String password,
            int poolSize,
            @Nullable String schema,
            Database primary,
            Duration maxLag) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("library-replica");
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(poolSize);
        pool.setMinimumIdle(Math.min(2, poolSize));
        pool.setSchema(schema);
        pool.setReadOnly(true);
        // The check and the queries that follow it are one transaction, so that a pooler sends them to the same server.
        pool.setAutoCommit(false);
        pool.setConnectionTimeout(ReachableSource.SLICE.toMillis());
        pool.addDataSourceProperty(
                "ApplicationName",
                "library-reads-"
                        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", "3");
        pool.addDataSourceProperty("socketTimeout", SILENCE);
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return new Replica(primary, pool, maxLag);
    }

    /** Returns whether the last check found that the replica can be used. Starts the checks. */
    boolean isUsable() {
        if (checks == null) {
            start();
        }
        return status.trouble() == null;
    }

    private synchronized void start() {
        if (checks == null && !closed) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("library-replica"));
            checks = started;
            long pause = Math.min(CHECK.toMillis(), maxLag.toMillis() / CHECKS_PER_LAG);
            var unused = started.scheduleWithFixedDelay(this::watch, 0, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void watch() {
        suspected.set(false);
        try {
            check();
        } catch (RuntimeException e) {
            LOG.warn("The check of the read replica failed", e);
        }
    }

    private void check() {
        synchronized (checking) {
            checkAlone();
        }
    }

    private void checkAlone() {
        try {
            long before = System.nanoTime();
            history.add(before, primaryState());
        } catch (SQLException | StorageException e) {
            LOG.debug("The primary does not tell its position", e);
        }
        ServerState current = history.last();
        if (current == null) {
            become(Status.unusable(UNCHECKED, "it has not been checked yet, because the primary does not answer"));
        } else {
            compare(current);
        }
    }

    private void compare(ServerState current) {
        try (Connection connection = pool.getConnection()) {
            ServerState replica = ServerState.ofReplica(connection);
            String unfit = replica.unfitFor(current);
            become(unfit == null ? lagging(replica, current) : Status.unusable(unfit, unfit));
        } catch (SQLException e) {
            become(
                    NO_TABLE.equals(e.getSQLState())
                            ? Status.unusable(EMPTY, EMPTY)
                            : Status.unusable(
                                    SILENT,
                                    String.valueOf(
                                            StorageFailures.storage(SILENT, e).getMessage())));
        }
    }

    private Status lagging(ServerState replica, ServerState current) {
        long now = System.nanoTime();
        ServerState required = history.required(now);
        String late = required != null && replica.missing(required) > 0
                ? "it lags more than " + maxLag.toSeconds() + " s behind the primary"
                : null;
        return new Status(late, late, history.lag(replica, now), replica.missing(current));
    }

    private void become(Status now) {
        String before = status.trouble();
        status = now;
        if (now.trouble() == null && before != null) {
            LOG.info("The read replica is used");
        } else if (now.trouble() != null && !now.trouble().equals(before)) {
            LOG.warn("The read replica is not used, and the primary answers instead: {}", now.message());
        }
    }

    /**
     * Returns the present state of the primary.
     *
     * @throws SQLException if the primary does not tell it; this says nothing about the replica
     */
    ServerState primaryState() throws SQLException {
        try (Connection connection = primary.connection()) {
            return ServerState.ofPrimary(connection);
        } catch (SQLException e) {
            LOG.debug("The primary does not tell its position", e);
            // Without the state of the cause, which would be taken for one of the replica.
            throw new SQLException("the primary does not tell its position: " + e.getMessage());
        }
    }

    /** Returns the state that a replica must have reached for reads that need not be current; null if it is unknown. */
    @Nullable
    ServerState recentState() {
        return history.required(System.nanoTime());
    }

    /**
     * A connection in a read-only transaction, which the caller closes.
     *
     * @param position the position that its server had replayed before
     */
    record Reached(Connection connection, long position) {}

    /**
     * Returns a connection to a server that has reached a state of the primary.
     *
     * @param awaited whether to wait a moment for the server to reach the state
     * @throws SQLException if there is no such connection
     */
    Reached connection(ServerState required, boolean awaited) throws SQLException {
        Connection connection = pool.getConnection();
        try {
            Duration lag = status.lag();
            boolean hopeless = lag == null || lag.compareTo(HOPELESS) > 0;
            ServerState reached = reached(connection, required, awaited && !hopeless ? PATIENCE : Duration.ZERO);
            return new Reached(connection, reached.position());
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static ServerState reached(Connection connection, ServerState required, Duration patience)
            throws SQLException {
        long start = System.nanoTime();
        while (true) {
            ServerState reached = ServerState.ofReplica(connection);
            String unfit = reached.unfitFor(required);
            if (unfit != null) {
                throw new SQLException("the replica cannot be used: " + unfit);
            }
            if (reached.missing(required) == 0) {
                return reached;
            }
            if (System.nanoTime() - start >= patience.toNanos()) {
                throw new SQLException("the replica lacks " + reached.missing(required) + " bytes of the log");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Counts a read that the replica has answered. */
    void countAnswered() {
        answered.increment();
    }

    /** Counts a read that the primary answers. */
    void countPassedOn() {
        passedOn.increment();
    }

    /** Checks the replica soon if the failure of a read may mean that it cannot be reached. */
    void failed(StorageException failure) {
        LOG.debug("The primary repeats a read of the replica", failure);
        ScheduledExecutorService started = checks;
        boolean suspicious = failure instanceof StorageUnavailableException && !isBusy();
        if (suspicious && started != null && suspected.compareAndSet(false, true)) {
            try {
                started.execute(this::watch);
            } catch (RejectedExecutionException e) {
                LOG.debug("The replica is closed", e);
            }
        }
    }

    private boolean isBusy() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        return connections != null && connections.getActiveConnections() >= pool.getMaximumPoolSize();
    }

    /**
     * Evicts all connections. Called after one connection was lost: if the server has stopped, all of them are
     * unusable.
     */
    void renewConnections() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        if (connections != null) {
            connections.softEvictConnections();
        }
    }

    /** Returns the state as of the last check. Starts the checks. */
    ReplicaState state() {
        var unused = isUsable();
        return lastState();
    }

    private ReplicaState lastState() {
        Status last = status;
        return new ReplicaState(
                last.trouble(),
                last.message(),
                last.lag(),
                last.missingBytes(),
                PoolFigures.of(pool),
                answered.sum(),
                passedOn.sum());
    }

    /** Checks the replica now, and waits up to a limit for it to replay what the primary has written by then. */
    ReplicaState examine(Duration limit) {
        long start = System.nanoTime();
        check();
        ServerState current = history.last();
        while (current != null && status.missingBytes() > 0 && System.nanoTime() - start < limit.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
            synchronized (checking) {
                compare(current);
            }
        }
        return lastState();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ScheduledExecutorService started = checks;
        if (started != null) {
            started.shutdownNow();
        }
        pool.close();
    }
}

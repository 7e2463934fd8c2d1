package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on the primary of a database cluster. When the primary has changed, it breaks the connections to the former one. If
 * the machine of that one vanished from the network, threads that wait for its answer would otherwise do so for many minutes.
 * Thread-safe.
 */
final class ServerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** The number of failed attempts to reach a primary after which all connections count as dead. */
    private static final int FAILURES_MOST = 5;

    /**
     * The beginning of the SQL states of connections that could not be made. A connection that a server refused has
     * another SQL state.
     */
    private static final String NO_CONNECTION = "080";

    private final Connector connector;

    /** The open connections, and closed ones until they are garbage. */
    private final Map<Connection, Server> known = Collections.synchronizedMap(new WeakHashMap<>());

    private @Nullable ScheduledExecutorService thread;
    private boolean closed;
    private int failures;

    /** Opens a connection to the primary, and reports it to {@link #opened}. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /**
     * A server as a connection found it.
     *
     * @param start the time at which the server started, which distinguishes it from others
     * @param since the time at which the connection was requested, by {@link System#nanoTime}
     */
    private record Server(String start, long since) {
        boolean precedes(Server other) {
            return !start.equals(other.start) && since - other.since < 0;
        }
    }

    ServerWatch(Connector connector) {
        this.connector = connector;
    }

    /**
     * Adds a new connection, and breaks earlier ones to other servers.
     *
     * @param start the time at which the server started
     * @param since the time at which the connection was requested, by {@link System#nanoTime}
     */
    void opened(Connection connection, String start, long since) {
        Server server = new Server(start, since);
        int broken = breakAll(former -> former.precedes(server));
        if (broken > 0) {
            LOG.warn(
                    "The primary database server changed; closed {} to the former one", Count.of(broken, "connection"));
        }
        known.put(connection, server);
        start();
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("library-database-watch"));
            var unused = thread.scheduleWithFixedDelay(
                    this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try (Connection connection = connector.connect()) {
            known.remove(connection);
            failures = 0;
        } catch (SQLException e) {
            LOG.debug("The primary database server cannot be reached", e);
            failures = String.valueOf(e.getSQLState()).startsWith(NO_CONNECTION) ? failures + 1 : 0;
            if (failures == FAILURES_MOST && breakAll(former -> true) > 0) {
                LOG.warn("No primary database server can be reached; closed all connections");
            }
        }
    }

    private int breakAll(Predicate<Server> chosen) {
        List<Connection> former;
        synchronized (known) {
            former = known.entrySet().stream()
                    .filter(entry -> chosen.test(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            former.forEach(known::remove);
        }
        return (int) former.stream().filter(ServerWatch::breakOpen).count();
    }

    /** Breaks a connection, which ends the wait of the thread that uses it. Returns false if it was already closed. */
    private static boolean breakOpen(Connection connection) {
        try {
            if (connection.isClosed()) {
                return false;
            }
            connection.abort(Runnable::run);
            return true;
        } catch (SQLException e) {
            LOG.debug("A connection could not be closed", e);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}

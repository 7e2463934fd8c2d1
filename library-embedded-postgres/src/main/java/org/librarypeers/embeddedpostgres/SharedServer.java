package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of one directory's server. To other processes, this JVM counts as one user, however many users it has
 * inside, because file locks belong to a process.
 *
 * <p>A process holds {@code start.lock} exclusively to start or stop the server, and {@code users.lock} in shared mode
 * to use it. The files remain afterwards, and mean nothing unless they are locked.
 */
final class SharedServer {

    private static final Logger log = LoggerFactory.getLogger(SharedServer.class);

    private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

    /** The longest wait at exit for the callers of {@link #keepRunning} to close the server. */
    private static final Duration ORDERLY_EXIT_LIMIT = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOG_LOOK = Duration.ofMinutes(1);

    /**
     * The maximum number of restarts within {@link #RESTARTS_WINDOW}. A server that ends more often is not restarted
     * again.
     */
    private static final int RESTARTS_LIMIT = 5;

    private static final Duration RESTARTS_WINDOW = Duration.ofMinutes(1);

    private final Layout layout;
    private final Server server;

    private int users;
    private @Nullable FileChannel usersLock;
    private volatile Server.@Nullable Running running;
    private @Nullable Thread keeper;

    SharedServer(Layout layout, Server server) {
        this.layout = layout;
        this.server = server;
    }

    /** Adds a user of the server, and starts the server unless it runs. */
    synchronized void enter() {
        FileLocks.holding(layout.startLock(), () -> {
            if (users == 0) {
                usersLock = FileLocks.share(layout.usersLock());
            }
            try {
                // Also done if the server should be running, because it may have crashed.
                running = server.ensureRunning(formerPort());
                users++;
            } finally {
                if (users == 0) {
                    letGo();
                }
            }
        });
    }

    boolean isUp() {
        return server.isUp();
    }

    /** Returns the port that this JVM used before, if any. */
    private OptionalInt formerPort() {
        Server.Running before = running;
        return before == null ? OptionalInt.empty() : OptionalInt.of(before.port());
    }

    /** Removes a user of the server. The last one stops the server. */
    synchronized void leave() {
        if (users > 0 && --users == 0) {
            // An interrupted thread cannot acquire locks, and would leave the server running.
            uninterrupted(() -> FileLocks.holding(layout.startLock(), this::letGo));
        }
    }

    /**
     * Releases the users lock, and stops the server if no process uses it. The caller must hold the start lock, so that
     * no other process intervenes.
     */
    private void letGo() {
        FileLocks.release(usersLock);
        usersLock = null;
        if (FileLocks.isFree(layout.usersLock())) {
            uninterrupted(server::stop);
        }
    }

    private static void uninterrupted(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Watches the server for as long as this JVM uses it, restarts it if it ends, and limits the size of its log.
     *
     * @param lost called once, with the reason, if the server cannot be restarted; the server is no longer watched then
     */
    synchronized void keepRunning(Consumer<EmbeddedPostgresException> lost) {
        if (keeper == null) {
            keeper = new Thread(() -> keep(lost), "embedded-postgres-keeper");
            keeper.setDaemon(true);
            keeper.start();
        }
    }

    private void keep(Consumer<EmbeddedPostgresException> lost) {
        Deque<Deadline> restarts = new ArrayDeque<>();
        Deadline logLook = Deadline.in(LOG_LOOK);
        while (!isLeft()) {
            try {
                if (!server.isUp()) {
                    restarts.removeIf(Deadline::passed);
                    restartUnlessLeft(restarts);
                }
            } catch (EmbeddedPostgresException e) {
                log.error("PostgreSQL stopped: {}", e.getMessage());
                lost.accept(e);
                return;
            }
            if (logLook.passed()) {
                rotateLog();
                logLook = Deadline.in(LOG_LOOK);
            }
            LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
        }
    }

    /** Returns whether the server has no users left, in which case it is no longer watched. */
    private synchronized boolean isLeft() {
        if (users == 0) {
            keeper = null;
        }
        return users == 0;
    }

    private synchronized void restartUnlessLeft(Deque<Deadline> restarts) {
        if (users == 0) {
            return;
        }
        FileLocks.holding(layout.startLock(), () -> {
            // Another process may have been quicker.
            if (!server.isUp()) {
                if (restarts.size() == RESTARTS_LIMIT) {
                    throw new EmbeddedPostgresException("it was restarted " + RESTARTS_LIMIT + " times within "
                            + RESTARTS_WINDOW.toSeconds() + " s and stopped each time; see " + layout.log());
                }
                log.warn("PostgreSQL stopped; restarting it");
                running = server.restart(port());
                restarts.add(Deadline.in(RESTARTS_WINDOW));
                log.info("PostgreSQL is running again");
            }
        });
    }

    private void rotateLog() {
        try {
            Logs.rotateInUse(layout.log());
        } catch (IOException e) {
            log.warn("The log of PostgreSQL could not be rotated: {}", Text.oneLine(e));
        }
    }

    /**
     * Removes all users when the JVM exits. If the server is kept running, first waits for its users to close it;
     * otherwise gives open connections a few seconds to end.
     */
    void leaveAtExit() {
        try {
            if (isKept()) {
                Deadline deadline = Deadline.in(ORDERLY_EXIT_LIMIT);
                while (isUsed() && !deadline.passed()) {
                    deadline.park();
                }
            } else {
                Deadline deadline = Deadline.in(EXIT_LIMIT);
                while (isUsed() && !deadline.passed() && new Connections(password()).inUse(port())) {
                    deadline.park();
                }
            }
            synchronized (this) {
                users = Math.min(users, 1);
                leave();
            }
        } catch (RuntimeException e) {
            log.warn("PostgreSQL was left running: {}", Text.oneLine(e));
        }
    }

    private synchronized boolean isKept() {
        return keeper != null;
    }

    int port() {
        return current().port();
    }

    Password password() {
        return current().password();
    }

    private synchronized boolean isUsed() {
        return users > 0;
    }

    private Server.Running current() {
        Server.Running now = running;
        if (now == null) {
            throw new IllegalStateException("Not opened");
        }
        return now;
    }
}

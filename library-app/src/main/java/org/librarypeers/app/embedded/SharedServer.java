package org.librarypeers.app.embedded;

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
 * The users of one directory's server. This JVM counts as one user to other processes, however many there are inside:
 * file locks belong to a process.
 *
 * <p>Who starts or stops holds {@code start.lock} alone; who uses holds {@code users.lock} with others. Both are left
 * behind as files, and mean nothing unless held.
 */
final class SharedServer {

    private static final Logger log = LoggerFactory.getLogger(SharedServer.class);

    private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

    /** Who keeps the server running closes it in order; this is longer than that takes. */
    private static final Duration ORDERLY_EXIT_LIMIT = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LOG_LOOK = Duration.ofMinutes(1);

    /** A server that ends again and again is of no use. */
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

    /** Becomes a user of the server, which then runs. */
    synchronized void enter() {
        FileLocks.holding(layout.startLock(), () -> {
            if (users == 0) {
                usersLock = FileLocks.share(layout.usersLock());
            }
            try {
                // Also when it should run already: it may have crashed.
                running = server.ensureRunning(formerPort());
                users++;
            } finally {
                if (users == 0) {
                    letGo();
                }
            }
        });
    }

    /** Returns the port that connections of this JVM were made to before, if any. */
    private OptionalInt formerPort() {
        Server.Running before = running;
        return before == null ? OptionalInt.empty() : OptionalInt.of(before.port());
    }

    /** Ceases to be a user. The last one stops the server. */
    synchronized void leave() {
        if (users > 0 && --users == 0) {
            // An interrupted thread can't take locks, and would leave the server behind.
            uninterrupted(() -> FileLocks.holding(layout.startLock(), this::letGo));
        }
    }

    /** Needs the start lock, so that nobody comes in between. */
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
     * Watches the server for as long as this JVM uses it, and starts it again if it ends. Also keeps its log small.
     *
     * @param lost told once, with the reason, if the server cannot be started again; nobody watches it then
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
                log.error("PostgreSQL ended: {}", e.getMessage());
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

    /** Returns whether nobody uses the server any more; then it is not kept running either. */
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
                    throw new EmbeddedPostgresException("it was started again " + RESTARTS_LIMIT + " times within "
                            + RESTARTS_WINDOW.toSeconds() + " s and ended each time; see " + layout.log());
                }
                log.warn("PostgreSQL ended, and is started again");
                running = server.restart(port());
                restarts.add(Deadline.in(RESTARTS_WINDOW));
                log.info("PostgreSQL runs again");
            }
        });
    }

    private void rotateLog() {
        try {
            Logs.rotateInUse(layout.log());
        } catch (IOException e) {
            log.warn("The log of PostgreSQL could not be made smaller: {}", Text.oneLine(e));
        }
    }

    /**
     * Leaves for everybody in a JVM that ends: first waits until those who keep the server running have closed it, or gives others
     * who close their connections just now a moment.
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

package org.librarypeers.app.embedded;

import java.nio.channels.FileChannel;
import java.time.Duration;
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

    private final Layout layout;
    private final Server server;

    private int users;
    private @Nullable FileChannel usersLock;
    private volatile Server.@Nullable Running running;

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
                running = server.ensureRunning();
                users++;
            } finally {
                if (users == 0) {
                    letGo();
                }
            }
        });
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

    /** For a JVM that ends: gives those who close their connections just now a moment, and leaves for everybody. */
    void leaveAtExit() {
        try {
            Deadline deadline = Deadline.in(EXIT_LIMIT);
            while (isUsed() && !deadline.passed() && new Connections(password()).inUse(port())) {
                deadline.park();
            }
            synchronized (this) {
                users = Math.min(users, 1);
                leave();
            }
        } catch (RuntimeException e) {
            log.warn("PostgreSQL was left running: {}", Text.oneLine(e));
        }
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

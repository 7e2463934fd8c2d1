package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control of a directory's server. It finds a running server, starts one, or stops it. Only one process at a time
 * may do so.
 */
final class Server {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final int START_ATTEMPTS = 3;
    private static final Duration PG_CTL_LIMIT = Duration.ofSeconds(60);
    private static final Duration PORT_LIMIT = Duration.ofSeconds(5);
    private static final Duration FILE_BEING_WRITTEN_LIMIT = Duration.ofSeconds(1);

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=64MB",
            "max_wal_size=512MB",
            // Parallel queries need more shared memory than many containers have.
            "max_parallel_workers_per_gather=0",
            "timezone=UTC",
            "log_timezone=UTC",
            // Content and keys stay out of the log.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse");

    private final Layout layout;
    private final Setup setup;
    private final DataDirectory data;

    Server(Layout layout, Setup setup) {
        this.layout = layout;
        this.setup = setup;
        this.data = new DataDirectory(layout);
    }

    /** The port and password of a running server. */
    record Running(int port, Password password) {}

    /** Returns whether the server runs and accepts connections, according to its process and postmaster.pid. */
    boolean isUp() {
        return Postmaster.named(layout.data())
                .filter(postmaster -> !postmaster.isStopping())
                .map(Postmaster::runs)
                .orElse(false);
    }

    /**
     * Restarts the server on its former port, which its clients use.
     *
     * @throws EmbeddedPostgresException if that is not possible
     */
    Running restart(int port) {
        if (!data.exists()) {
            throw new EmbeddedPostgresException(
                    "The data directory " + layout.data() + " no longer exists; restore it from a backup");
        }
        // A server that waits for its connections to end may wait forever: a pool keeps them open.
        stop();
        Deadline deadline = Deadline.in(PORT_LIMIT);
        while (!isFree(port) && !deadline.passed()) {
            pause(deadline);
        }
        Running again = ensureRunning(OptionalInt.of(port));
        if (again.port() != port) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL was restarted, but its port " + port + " is used by another program, so it"
                            + " listens on " + again.port() + " now; restart the application");
        }
        return again;
    }

    /**
     * Finds the running server and waits until it answers, or starts it.
     *
     * @param wantedPort the port to start it on if that is free; if empty, the former port
     */
    Running ensureRunning(OptionalInt wantedPort) {
        Deadline deadline = Deadline.in(setup.startLimit());
        try {
            // Each attempt checks again: another process may have taken the port, or started the server.
            String reason = "";
            for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
                Password password = Password.of(layout, data.exists());
                OptionalInt formerPort = wantedPort.isPresent()
                        ? wantedPort
                        : Postmaster.named(layout.data()).stream()
                                .mapToInt(Postmaster::port)
                                .findFirst();
                OptionalInt port = findRunning(password, deadline);
                if (port.isPresent()) {
                    return new Running(port.getAsInt(), password);
                }
                reason = start(password, formerPort);
            }
            return findRunningAfterAll(reason, deadline);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not start in " + layout.directory() + ": " + Text.oneLine(e), e);
        }
    }

    private Running findRunningAfterAll(String reason, Deadline deadline) throws IOException {
        Password password = Password.of(layout, data.exists());
        OptionalInt port = findRunning(password, deadline);
        if (port.isEmpty()) {
            throw new EmbeddedPostgresException("PostgreSQL did not start: " + reason + " (see " + layout.log() + ')');
        }
        return new Running(port.getAsInt(), password);
    }

    /**
     * Returns the port of the server if it runs and answers. Otherwise removes what would prevent a start, and returns
     * empty.
     */
    private OptionalInt findRunning(Password password, Deadline deadline) throws IOException {
        Deadline answer = Deadline.in(setup.answerLimit());
        while (true) {
            Optional<Postmaster> named = named();
            if (named.isEmpty() || !named.get().runs()) {
                if (Postmaster.isNamed(layout.data())) {
                    Postmaster.forget(layout.data());
                }
                return OptionalInt.empty();
            }
            Postmaster postmaster = named.get();
            switch (new Connections(password).ask(postmaster.port(), layout.data(), answerSeconds())) {
                case READY -> {
                    log.debug("PostgreSQL is running, process {} on port {}", postmaster.pid(), postmaster.port());
                    return OptionalInt.of(postmaster.port());
                }
                case PASSWORD_REFUSED ->
                    throw new EmbeddedPostgresException(
                            "PostgreSQL in " + layout.data() + " does not accept the password in " + layout.password()
                                    + "; restore the password that it was created with");
                case BUSY_STARTING_OR_STOPPING -> {
                    if (postmaster.isStopping()) {
                        // It may wait forever for its connections to end, because a pool keeps them open.
                        stop();
                        return OptionalInt.empty();
                    }
                    answer = Deadline.in(setup.answerLimit());
                    if (deadline.passed()) {
                        throw new EmbeddedPostgresException("PostgreSQL is still starting or stopping after "
                                + setup.startLimit().toSeconds() + " s; try again later, and see " + layout.log());
                    }
                }
                case OTHER_DATA -> {
                    // This is our server, under the name that the directory had before it was moved.
                    stop();
                    return OptionalInt.empty();
                }
                case NONE -> {
                    if (answer.passed()) {
                        log.warn("PostgreSQL (process {}) does not answer; stopping it", postmaster.pid());
                        return dispose(postmaster);
                    }
                }
            }
            pause(answer);
        }
    }

    private OptionalInt dispose(Postmaster postmaster) throws IOException {
        // A hanging server gets no time for a checkpoint, which it would not complete.
        postmaster.kill();
        awaitEnd(postmaster, setup.stopLimit());
        return OptionalInt.empty();
    }

    private int answerSeconds() {
        return (int) Math.max(1, setup.answerLimit().toSeconds() / 2);
    }

    /** Reads postmaster.pid. If it is incomplete, waits up to one second for a server that may be writing it. */
    private Optional<Postmaster> named() {
        Deadline deadline = Deadline.in(FILE_BEING_WRITTEN_LIMIT);
        Optional<Postmaster> named = Postmaster.named(layout.data());
        while (named.isEmpty() && Postmaster.isNamed(layout.data()) && !deadline.passed()) {
            deadline.park();
            named = Postmaster.named(layout.data());
        }
        return named;
    }

    /**
     * Tries to start the server once. Returns the reason for a failure; the caller must check whether the server runs.
     */
    private String start(Password password, OptionalInt formerPort) throws IOException {
        Binaries binaries = Binaries.in(layout);
        boolean exists = data.exists();
        if (exists) {
            data.requireVersion(binaries.majorVersion());
        }
        RunAs runAs = RunAs.choose(layout, setup.droppers());
        Logs.rotate(layout.log());
        if (!exists) {
            data.create(binaries, runAs, password);
        }
        // On the old port, clients that were connected before a crash find the server again.
        int port = formerPort.isPresent() && isFree(formerPort.getAsInt()) ? formerPort.getAsInt() : freePort();
        long logged = Logs.size(layout.log());
        int exit = Commands.run(pgCtlStart(binaries, runAs, port), layout.log(), PG_CTL_LIMIT.multipliedBy(2));
        log.debug("pg_ctl start for port {} ended with {}", port, exit);
        if (exit == 0) {
            return "it stopped soon after it started";
        }
        // The remaining processes of a killed server may need a moment to end.
        pause(Deadline.in(FILE_BEING_WRITTEN_LIMIT));
        return Logs.reason(layout.log(), logged);
    }

    /**
     * Returns the command that starts the server. pg_ctl puts the server into a session of its own, so that a Ctrl-C
     * for this process does not reach it. The command contains no secrets.
     */
    private List<String> pgCtlStart(Binaries binaries, RunAs runAs, int port) {
        String options = "-c port=" + port + " -c " + String.join(" -c ", SETTINGS)
                // Containers may have no /dev/shm; files in the data directory always work.
                + (Platform.isWindows() ? "" : " -c dynamic_shared_memory_type=mmap");
        return runAs.command(
                binaries.program("pg_ctl"),
                "start",
                "-w",
                "-t",
                PG_CTL_LIMIT.toSeconds(),
                "-D",
                layout.data(),
                "-o",
                options);
    }

    /**
     * Stops the server if it runs: first by a fast shutdown, then by an immediate one, then by killing it. Connections
     * are cut.
     */
    void stop() {
        Optional<Postmaster> named = named();
        if (named.isEmpty() || !named.get().runs()) {
            return;
        }
        Postmaster postmaster = named.get();
        try {
            for (String signal : List.of("INT", "QUIT")) {
                if (signal(postmaster, signal) && awaitEnd(postmaster, setup.stopLimit())) {
                    log.debug("PostgreSQL, process {}, stopped on {}", postmaster.pid(), signal);
                    return;
                }
            }
            log.warn("PostgreSQL (process {}) does not stop; killing it", postmaster.pid());
            postmaster.kill();
            awaitEnd(postmaster, setup.stopLimit());
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be stopped: " + Text.oneLine(e), e);
        }
    }

    /**
     * Sends a signal to the server: INT for a fast shutdown, QUIT for an immediate one. Root may signal a server of any
     * user.
     */
    private boolean signal(Postmaster postmaster, String signal) throws IOException {
        String pid = Long.toString(postmaster.pid());
        List<String> command = Platform.isWindows()
                ? List.of(Binaries.in(layout).program("pg_ctl").toString(), "kill", signal, pid)
                : List.of("/bin/sh", "-c", "kill -" + signal + " \"$0\"", pid);
        return Commands.run(command, layout.log(), setup.stopLimit()) == 0;
    }

    private static boolean awaitEnd(Postmaster postmaster, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        while (postmaster.runs() && !deadline.passed()) {
            pause(deadline);
        }
        return !postmaster.runs();
    }

    private static void pause(Deadline deadline) {
        if (Thread.currentThread().isInterrupted()) {
            throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL");
        }
        deadline.park();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the IPv4 loopback address, which the server listens on. Java's loopback address may be that of IPv6. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}

package org.librarypeers.embeddedpostgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server on a directory, shared by all threads and processes that open the directory. Thread-safe.
 *
 * <p>The first to open the directory starts the server, the others attach to it, and the last to close it stops it. A
 * server that a killed process left running is found and used again. The data stay in the directory and are never
 * deleted.
 *
 * <p>The server listens on 127.0.0.1 only, on a port that may differ from start to start, and requires the password.
 *
 * <p>Close the connections to the server first, then this object. A JVM that exits without closing it also detaches
 * from the server, after waiting a few seconds for its connections to end.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    /**
     * The servers by the real paths of their directories. Entries are never removed: they are small, and a directory
     * that was opened once is likely to be opened again.
     */
    private static final Map<Path, SharedServer> SERVERS = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> SERVERS.values().forEach(SharedServer::leaveAtExit), "embedded-postgres-shutdown"));
    }

    private final SharedServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgres(SharedServer server) {
        this.server = server;
    }

    /**
     * Attaches to the server that runs on the data of the directory, or starts one. Returns when the server answers.
     * The first start takes a few seconds. A start after a power failure takes as long as the crash recovery.
     *
     * @param directory the directory of the data, password, programs and log; created if missing. It must be on a local
     *     disk of this machine, and must be used from only one machine or container
     * @throws EmbeddedPostgresException if no server can be used; the message says what to do
     */
    public static EmbeddedPostgres open(Path directory) {
        return open(directory, Setup.DEFAULT);
    }

    /** Returns whether the directory has no data yet, so that opening it would create them. Changes nothing. */
    public static boolean isMissing(Path directory) {
        // A directory that cannot be accessed is not missing: opening it reports the problem.
        return Files.notExists(new Layout(directory).data());
    }

    /** Opens a directory with this setup. Only the setup of the first call for a directory in this JVM is used. */
    static EmbeddedPostgres open(Path directory, Setup setup) {
        Layout layout = Layout.prepare(directory);
        SharedServer server = SERVERS.computeIfAbsent(
                layout.directory(), real -> new SharedServer(layout, new Server(layout, setup)));
        server.enter();
        return new EmbeddedPostgres(server);
    }

    /**
     * Returns the JDBC URL of a database, without user and password.
     *
     * @throws IllegalArgumentException if the name is not a valid database name
     */
    public String jdbcUrl(String database) {
        return Connections.url(server.port(), requireName(database));
    }

    /** Returns the user to log in as, which owns all databases and has all rights. */
    public String user() {
        return Connections.USER;
    }

    /** Returns the password to log in with. Keep it out of logs. */
    public String password() {
        return server.password().text();
    }

    /**
     * Creates a database unless it exists. Any number of processes may create the same one at the same time.
     *
     * @throws IllegalArgumentException if the name is invalid. A valid name is a letter or underscore, followed by
     *     letters, digits, underscores or hyphens, with at most 63 characters in all
     * @throws EmbeddedPostgresException if the server refuses
     */
    public void createDatabaseIfMissing(String database) {
        requireName(database);
        new Connections(server.password()).createDatabaseIfMissing(server.port(), database);
    }

    /**
     * Drops a database with all its data. Does nothing if it does not exist.
     *
     * @throws IllegalArgumentException if the name is not a valid database name
     * @throws EmbeddedPostgresException if it cannot be dropped, for example because a client is connected to it
     */
    public void dropDatabase(String database) {
        requireName(database);
        new Connections(server.password()).dropDatabase(server.port(), database);
    }

    /** Returns whether the process of the server runs. It may still be starting or recovering. */
    public boolean isRunning() {
        return server.isUp();
    }

    /**
     * Watches the server until this JVM has closed it, restarts it within seconds if it ends, and limits the size of
     * its log. The caller must close this object when the JVM shuts down; the shutdown waits up to 20 seconds for that.
     *
     * @param lost called once, with the reason, if the server cannot be restarted. Only the callback of the first call
     *     is used
     */
    public void keepRunning(Consumer<EmbeddedPostgresException> lost) {
        server.keepRunning(lost);
    }

    /**
     * Detaches from the server. The last user in all threads and processes stops the server. A second call does
     * nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.leave();
        }
    }

    private static String requireName(String database) {
        Objects.requireNonNull(database, "database");
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("\"" + database + "\" is not a valid database name");
        }
        return database;
    }
}

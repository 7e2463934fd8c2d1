package org.librarypeers.app.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server on a directory of one's own, shared by every thread and process that opens the directory.
 *
 * <p>The first to open it starts the server, the others attach to it, and the last to close it stops it. What a killed
 * process left running is found and used again. The data stay in the directory, and are never deleted.
 *
 * <p>The server listens on 127.0.0.1 only, on a port that may differ from start to start, and wants the password.
 *
 * <p>Close it after the connections that were made to it. A JVM that ends without closing lets go as well, after a few
 * seconds' wait for its connections to end.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    /** By real path. Entries stay: they are small, and a directory that was opened once is likely opened again. */
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
     * Attaches to the server that runs on the directory's data, or starts one. Returns when the server answers, which
     * takes seconds the first time, and as long as crash recovery needs after a power cut.
     *
     * @param directory where data, password, programs and log are kept; made if missing. It must be on a local disk of
     *     this machine, and be used from one machine or container only
     * @throws EmbeddedPostgresException if there is no server to be had; its message says what to do
     */
    public static EmbeddedPostgres open(Path directory) {
        return open(directory, Setup.DEFAULT);
    }

    /** Returns whether the directory has no data yet, so that opening it would make them. Changes nothing. */
    public static boolean isMissing(Path directory) {
        // What may not be looked at is not missing: opening it says what is wrong.
        return Files.notExists(new Layout(directory).data());
    }

    /** The setup counts for the first opening of a directory in this JVM. */
    static EmbeddedPostgres open(Path directory, Setup setup) {
        Layout layout = Layout.prepare(directory);
        SharedServer server = SERVERS.computeIfAbsent(
                layout.directory(), real -> new SharedServer(layout, new Server(layout, setup)));
        server.enter();
        return new EmbeddedPostgres(server);
    }

    /**
     * The address for the PostgreSQL JDBC driver, without user and password.
     *
     * @throws IllegalArgumentException if that is no name for a database
     */
    public String jdbcUrl(String database) {
        return Connections.url(server.port(), requireName(database));
    }

    /** The name to log in with: the owner of all databases, with every right. */
    public String user() {
        return Connections.USER;
    }

    /** The password to log in with. Keep it out of logs. */
    public String password() {
        return server.password().text();
    }

    /**
     * Creates the database unless it exists. Any number of processes may ask for the same one at once.
     *
     * @throws IllegalArgumentException if that is no name for a database: a letter or underscore, then letters, digits,
     *     underscores or hyphens, 63 in all at most
     * @throws EmbeddedPostgresException if the server refused
     */
    public void createDatabaseIfMissing(String database) {
        requireName(database);
        new Connections(server.password()).createDatabaseIfMissing(server.port(), database);
    }

    /**
     * Removes a database with all that is in it; does nothing if there is none.
     *
     * @throws IllegalArgumentException if that is no name for a database
     * @throws EmbeddedPostgresException if it cannot be removed, because somebody is connected to it for example
     */
    public void dropDatabase(String database) {
        requireName(database);
        new Connections(server.password()).dropDatabase(server.port(), database);
    }

    /**
     * Watches the server until this JVM has closed it, starts it again within seconds if it ends, and keeps its log small. Who asks
     * for this closes in order when the JVM is told to end, which waits for that.
     *
     * @param lost told once, with the reason, if the server cannot be started again; only the first one is told
     */
    public void keepRunning(Consumer<EmbeddedPostgresException> lost) {
        server.keepRunning(lost);
    }

    /** Lets go. The last user, over all threads and processes, stops the server. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.leave();
        }
    }

    private static String requireName(String database) {
        Objects.requireNonNull(database, "database");
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException("Not a database name: \"" + database + '"');
        }
        return database;
    }
}

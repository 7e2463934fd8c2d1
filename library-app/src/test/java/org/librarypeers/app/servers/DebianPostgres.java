package org.librarypeers.app.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.sync.contract.Await;

/**
 * A server of Debian's PostgreSQL 15 on a free port of the loopback address, with its data in a temporary folder. It is
 * empty or the standby of another one. Not thread-safe.
 */
public final class DebianPostgres implements AutoCloseable {

    /** The ordinary role that owns the databases. */
    public static final String USER = "library";

    public static final String PASSWORD = "a password of the library";

    /** The database that each new server has. */
    public static final String DATABASE = "library";

    static final String ADMIN = "postgres";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=32MB",
            "wal_level=replica",
            "hot_standby=on",
            "max_wal_senders=10",
            "wal_keep_size=256MB",
            "max_parallel_workers_per_gather=0",
            // A standby that lost its primary looks for it again this often.
            "wal_retrieve_retry_interval=500ms",
            "log_min_messages=warning");

    private final String name;
    private final Path folder;
    private final Path log;
    private final int port = DebianPrograms.freePort();
    private @Nullable Process process;

    private DebianPostgres(String name) throws IOException {
        DebianPrograms.require(PROGRAMS.resolve("postgres"), "postgresql-15");
        this.name = name;
        this.folder = DebianPrograms.folder("library-" + name + "-");
        this.log = Files.createFile(folder.resolve("log"));
        DebianPrograms.own(log);
    }

    /** Creates and starts a server with the role {@value #USER} and its database {@value #DATABASE}. */
    public static DebianPostgres create(String name) {
        return started(name, server -> {
            Path password = Files.writeString(server.folder.resolve("password"), PASSWORD);
            DebianPrograms.own(password);
            DebianPrograms.run(
                    server.log,
                    PROGRAMS.resolve("initdb"),
                    "--pgdata=" + server.data(),
                    "--username=" + ADMIN,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8");
            server.start();
            server.administer("create role " + USER + " login password '" + PASSWORD + "'");
            server.createDatabase(DATABASE);
        });
    }

    /** Creates and starts a standby of another server. */
    static DebianPostgres standbyOf(DebianPostgres primary, String name) {
        return started(name, server -> {
            server.copy(primary);
            server.start();
        });
    }

    private interface Creation {
        void on(DebianPostgres server) throws IOException, SQLException;
    }

    private static DebianPostgres started(String name, Creation creation) {
        try {
            DebianPostgres server = new DebianPostgres(name);
            try {
                creation.on(server);
                return server;
            } catch (IOException | SQLException | RuntimeException | Error e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies the data of a running server, with the settings of a standby that follows it. */
    private void copy(DebianPostgres primary) throws IOException {
        DebianPrograms.run(
                log,
                PROGRAMS.resolve("pg_basebackup"),
                "--dbname=host=127.0.0.1 port=" + primary.port + " user=" + ADMIN + " password='" + PASSWORD
                        + "' application_name=" + name,
                "--pgdata=" + data(),
                "--checkpoint=fast",
                "--write-recovery-conf");
    }

    private Path data() {
        return folder.resolve("data");
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** Returns the path of the server's log. */
    public Path log() {
        return log;
    }

    /** Returns how the role {@value #USER} connects to a database on this server only. */
    public DatabaseServer database(String database) {
        return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + '/' + database, USER, PASSWORD);
    }

    /** Opens a connection of the role {@value #USER} to the database {@value #DATABASE}. The caller closes it. */
    public Connection connect() throws SQLException {
        return connect(DATABASE, USER);
    }

    /** Opens a connection, which the caller closes. All roles have the same password. */
    public Connection connect(String database, String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(database(database).url(), properties);
    }

    /** Executes a statement as superuser. */
    public void administer(String sql) throws SQLException {
        administer("postgres", sql);
    }

    /** Executes a statement as superuser in a database. */
    public void administer(String database, String sql) throws SQLException {
        try (Connection connection = connect(database, ADMIN);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the first column of the query's first row, as superuser. */
    public String ask(String sql) throws SQLException {
        try (Connection connection = connect("postgres", ADMIN);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Creates an empty database that belongs to the role {@value #USER}. */
    public void createDatabase(String database) throws SQLException {
        administer("create database " + database + " owner " + USER);
    }

    /** Sets a parameter that takes effect without a restart. */
    public void set(String parameter, String value) throws SQLException {
        administer("alter system set " + parameter + " = '" + value + "'");
        administer("select pg_reload_conf()");
    }

    /** Starts the server with its former port and data, and waits until it accepts connections. */
    public void start() {
        List<Object> words = new ArrayList<>(
                List.of(PROGRAMS.resolve("postgres"), "-D", data(), "-p", port, "-c", "cluster_name=" + name));
        SETTINGS.forEach(setting -> words.addAll(List.of("-c", setting)));
        Process started;
        try {
            started = DebianPrograms.prepare(log, words.toArray()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        Await.await(name + " accepts connections (log: " + log + ')', () -> {
            if (!started.isAlive()) {
                throw new AssertionError(name + " did not start:\n" + Files.readString(log));
            }
            return accepts();
        });
    }

    private boolean accepts() {
        try (Connection connection = connect("postgres", ADMIN)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Kills all processes of the server together, as a crash of its machine does to the server. */
    public void kill() {
        signal("KILL");
        end();
    }

    /** Stops the server in its fast mode: it ends its connections, and writes a checkpoint. */
    public void stop() {
        signalMain("INT");
        end();
    }

    private void end() {
        Process ended = running();
        try {
            if (!ended.waitFor(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        process = null;
    }

    /**
     * Makes all processes of the server stand still. Its connections stay open, and new ones are not refused, but
     * nothing answers, as if its machine had vanished from the network.
     */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server continue. */
    public void thaw() {
        signal("CONT");
    }

    /** Makes this standby a primary, and waits until it is one. */
    public void promote() {
        try {
            DebianPrograms.run(log, PROGRAMS.resolve("pg_ctl"), "promote", "--wait", "--pgdata=" + data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes this standby stop applying what it receives. Its queries then see an old state. */
    public void pauseReplay() throws SQLException {
        administer("select pg_wal_replay_pause()");
        Await.await(
                "the replay is paused",
                () -> ask("select pg_get_wal_replay_pause_state()").equals("paused"));
    }

    public void resumeReplay() throws SQLException {
        administer("select pg_wal_replay_resume()");
    }

    /** Waits until this standby has applied all that the primary has written so far. */
    public void awaitReplayOf(DebianPostgres primary) throws SQLException {
        String written = primary.ask("select pg_current_wal_flush_lsn()");
        Await.await(
                name + " has applied all of " + primary.name,
                () -> ask("select pg_last_wal_replay_lsn() >= '" + written + "'::pg_lsn")
                        .equals("t"));
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return process;
    }

    private void signalMain(String signal) {
        signal(signal, List.of(running().toHandle()));
    }

    private void signal(String signal) {
        ProcessHandle main = running().toHandle();
        List<ProcessHandle> all = new ArrayList<>(List.of(main));
        all.addAll(main.descendants().toList());
        signal(signal, all);
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        try {
            DebianPrograms.signal(signal, processes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server if it runs, and deletes its data. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try {
            DebianPrograms.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

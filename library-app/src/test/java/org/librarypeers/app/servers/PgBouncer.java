package org.librarypeers.app.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.sync.contract.Await;

/** Debian's pgbouncer in transaction mode, in front of a server. The settings are those of docs/operations.md. */
final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Path folder;
    private final int port = DebianPrograms.freePort();
    private final Process process;

    private PgBouncer(DebianPostgres server, int connections) throws IOException {
        DebianPrograms.require(PROGRAM, "pgbouncer");
        folder = DebianPrograms.folder("library-pgbouncer-");
        Path users = Files.writeString(
                folder.resolve("userlist.txt"), '"' + DebianPostgres.USER + "\" \"" + DebianPostgres.PASSWORD + "\"\n");
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                """.formatted(server.port(), port, users, connections));
        Path log = Files.createFile(folder.resolve("log"));
        DebianPrograms.own(users);
        DebianPrograms.own(settings);
        DebianPrograms.own(log);
        process = DebianPrograms.prepare(log, PROGRAM, settings).start();
        Await.await("pgbouncer accepts connections (log: " + log + ')', () -> {
            if (!process.isAlive()) {
                throw new AssertionError("pgbouncer did not start:\n" + Files.readString(log));
            }
            return Files.readString(log).contains("listening on 127.0.0.1");
        });
    }

    /**
     * Starts a pooler.
     *
     * @param connections the number of connections to each database of the server
     */
    static PgBouncer start(DebianPostgres server, int connections) {
        try {
            return new PgBouncer(server, connections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how to connect to a database through the pooler. */
    DatabaseServer database(String database, String parameters) {
        return new DatabaseServer(
                "jdbc:postgresql://127.0.0.1:" + port + '/' + database + parameters,
                DebianPostgres.USER,
                DebianPostgres.PASSWORD);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            DebianPrograms.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

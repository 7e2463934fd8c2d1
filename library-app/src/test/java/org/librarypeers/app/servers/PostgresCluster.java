package org.librarypeers.app.servers;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.sync.contract.Await;

/** A primary server of Debian's PostgreSQL with streaming standbys. Not thread-safe. */
public final class PostgresCluster implements AutoCloseable {

    /** The kinds of replication. */
    public enum Replication {
        /** A commit returns when one standby has it on its disk. */
        SYNCHRONOUS,
        /** A commit does not wait for the standbys. */
        ASYNCHRONOUS
    }

    private final DebianPostgres primary;
    private final List<DebianPostgres> standbys = new ArrayList<>();

    private PostgresCluster(DebianPostgres primary) {
        this.primary = primary;
    }

    /** Starts a primary and one standby. */
    public static PostgresCluster start(Replication replication) {
        return start(replication, 1);
    }

    /** Starts a primary and the given number of standbys. */
    public static PostgresCluster start(Replication replication, int standbys) {
        PostgresCluster cluster = new PostgresCluster(DebianPostgres.create("primary"));
        try {
            for (int i = 1; i <= standbys; i++) {
                cluster.standbys.add(DebianPostgres.standbyOf(cluster.primary, "standby" + i));
            }
            cluster.awaitStreaming();
            if (replication == Replication.SYNCHRONOUS) {
                cluster.makeSynchronous();
            }
            return cluster;
        } catch (SQLException e) {
            cluster.close();
            throw new IllegalStateException(e);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void awaitStreaming() {
        Await.await(
                "all standbys stream",
                () -> primary.ask("select count(*) from pg_stat_replication where state = 'streaming'")
                        .equals(String.valueOf(standbys.size())));
    }

    private void makeSynchronous() throws SQLException {
        primary.set("synchronous_standby_names", "ANY 1 (*)");
        Await.await(
                "a standby is synchronous",
                () -> primary.ask("select count(*) > 0 from pg_stat_replication where sync_state = 'quorum'")
                        .equals("t"));
    }

    /** Returns the server that was the primary when the cluster started. */
    public DebianPostgres primary() {
        return primary;
    }

    /** Returns the first standby. */
    public DebianPostgres standby() {
        return standbys.get(0);
    }

    /** Returns all servers that started as standbys. */
    public List<DebianPostgres> standbys() {
        return Collections.unmodifiableList(standbys);
    }

    /** Returns how to connect to a database of the cluster. The URL names all hosts, the first primary first. */
    public DatabaseServer database(String database) {
        List<DebianPostgres> all = new ArrayList<>(List.of(primary));
        all.addAll(standbys);
        String hosts = all.stream().map(server -> "127.0.0.1:" + server.port()).collect(Collectors.joining(","));
        return new DatabaseServer(
                "jdbc:postgresql://" + hosts + '/' + database, DebianPostgres.USER, DebianPostgres.PASSWORD);
    }

    /** Waits until all standbys have applied all that the primary has written so far. */
    public void awaitReplay() throws SQLException {
        for (DebianPostgres standby : standbys) {
            standby.awaitReplayOf(primary);
        }
    }

    /** Kills all servers, and deletes their data. */
    @Override
    public void close() {
        standbys.forEach(DebianPostgres::close);
        primary.close();
    }
}

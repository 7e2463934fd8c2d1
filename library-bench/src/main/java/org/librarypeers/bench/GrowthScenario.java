package org.librarypeers.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/**
 * A first sync with little memory ({@code -Xmx256m} for client and server), with the speed of each tenth. It shows
 * whether the speed falls as the library grows.
 */
final class GrowthScenario implements Scenario {

    private static final String LITTLE = "-Xmx256m";
    private static final long POLL_MILLIS = 200;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String description() {
        return "first sync with -Xmx256m on both sides, the speed of each tenth";
    }

    @Override
    public void run(Workbench bench) throws IOException {
        Workbench.Source source = bench.newSource(LITTLE);
        LibraryHome home = bench.newHome(LITTLE);
        home.addPeer(source.served(), Workbench.READER, source.key());
        int size = bench.library().size();
        // Attaches to the database of the home, and keeps it running between the commands.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(home.path().resolve("postgres"));
                Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl("library"), postgres.user(), postgres.password())) {
            Process sync = home.builder("sync_peer_resources")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            watch(bench, sync, connection, size);
            if (sync.exitValue() != 0 || added(connection) != size) {
                throw new IllegalStateException("the sync did not add all resources: " + added(connection));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the sync log cannot be read", e);
        }
        bench.report()
                .add(new Figure(
                        "growth", "server", "MB RSS", List.of(source.served().residentMegabytes())));
        home.delete();
    }

    private static void watch(Workbench bench, Process sync, Connection connection, int size) throws SQLException {
        int tenth = Math.max(1, size / 10);
        long start = System.nanoTime();
        long begun = start;
        int reached = 0;
        try {
            boolean ended = false;
            while (!ended) {
                ended = sync.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                int tenths = added(connection) / tenth;
                if (tenths > reached) {
                    long now = System.nanoTime();
                    double perSecond = (tenths - reached) * tenth / ((now - begun) / 1e9);
                    bench.report().add(new Figure("growth", "tenth " + tenths, "resources/s", List.of(perSecond)));
                    reached = tenths;
                    begun = now;
                }
            }
        } catch (InterruptedException e) {
            sync.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a sync ran", e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        bench.report().add(new Figure("growth", "whole", "resources/s", List.of(size / seconds)));
    }

    /** Returns the number of resources that the only run has added so far. */
    private static int added(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(sum(added), 0) from sync_log")) {
            row.next();
            return row.getInt(1);
        }
    }
}

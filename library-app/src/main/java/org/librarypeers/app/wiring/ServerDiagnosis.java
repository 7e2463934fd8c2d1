package org.librarypeers.app.wiring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.librarypeers.app.config.DatabaseSettings;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.domain.Count;
import org.librarypeers.persistence.JpaStorage;

/** The part of an examination that is about the database server: its version, its settings and its clock. */
final class ServerDiagnosis {

    private static final String PART = "database";
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
    private static final int OLDEST_VERSION = 15;

    private ServerDiagnosis() {}

    /**
     * Asks the server, and returns what was found.
     *
     * @throws SQLException if a statement fails
     */
    static Finding of(DatabaseSettings settings, JpaStorage storage, Clock clock) throws SQLException {
        try (Connection connection = storage.connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_version'),"
                        + " current_setting('server_version_num')::integer / 10000, current_setting('fsync'),"
                        + " clock_timestamp()")) {
            row.next();
            String version = "PostgreSQL " + row.getString(1);
            List<String> remarks = new ArrayList<>();
            if (row.getInt(2) < OLDEST_VERSION) {
                remarks.add("the oldest supported version is " + OLDEST_VERSION + "; upgrade the server");
            }
            if (row.getString(3).equals("off")) {
                remarks.add("fsync is off, so a power failure can destroy the data; turn it on");
            }
            connectionsProblem(settings.poolSize(), connection).ifPresent(remarks::add);
            Instant there = row.getObject(4, OffsetDateTime.class).toInstant();
            if (Duration.between(there, clock.instant()).abs().compareTo(CLOCK_TOLERANCE) > 0) {
                remarks.add("its clock shows " + there + "; set both clocks, best with NTP");
            }
            String where = settings.server() == null ? "embedded " : "";
            return remarks.isEmpty()
                    ? new Finding(Level.OK, PART, where + version)
                    : new Finding(Level.WARNING, PART, where + version + ": " + String.join("; ", remarks));
        }
    }

    /**
     * Returns the remedy if the pools of all nodes do not fit the server. Every node is assumed to have the pool size
     * of this one. Counts the connections of other programs that are open now.
     */
    private static Optional<String> connectionsProblem(int pool, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select current_setting('max_connections')::integer
                               - current_setting('superuser_reserved_connections')::integer
                               - coalesce(current_setting('reserved_connections', true)::integer, 0),
                               count(distinct application_name) filter (where application_name like 'library-node-%'
                                 and application_name <> current_setting('application_name')),
                               count(*) filter (where coalesce(application_name, '') not like 'library-node-%')
                          from pg_stat_activity where datid is not null""")) {
            row.next();
            int available = row.getInt(1);
            // If no node is running now, one will.
            int nodes = Math.max(1, row.getInt(2));
            int others = row.getInt(3);
            int needed = nodes * pool + others;
            return needed <= available
                    ? Optional.empty()
                    : Optional.of("the server permits " + Count.of(available, "connection") + ", but "
                            + Count.of(nodes, "node") + " with db.pool-size " + pool + " and "
                            + Count.of(others, "other connection") + " may need " + needed
                            + "; set db.pool-size to at most " + Math.max(0, (available - others) / nodes)
                            + ", or raise max_connections");
        }
    }
}

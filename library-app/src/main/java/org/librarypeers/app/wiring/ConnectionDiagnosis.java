package org.librarypeers.app.wiring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.domain.Count;
import org.librarypeers.persistence.JpaStorage;

/** The part of an examination that is about the way to the database: a pooler, or a cluster of several hosts. */
final class ConnectionDiagnosis {

    private ConnectionDiagnosis() {}

    /** Returns the findings. Empty if the program is connected to a single server directly. */
    static List<Finding> of(DatabaseServer server, JpaStorage storage) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        if (storage.isPooled()) {
            findings.add(new Finding(
                    Level.OK,
                    "pooler",
                    "a connection pooler was detected, so statements are not prepared on the server"));
        }
        int hosts = server.hosts().size();
        if (hosts > 1) {
            findings.add(cluster(hosts, storage));
        }
        return findings;
    }

    private static Finding cluster(int hosts, JpaStorage storage) throws SQLException {
        try (Connection connection = storage.connections().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select host(inet_server_addr()) || ':' || inet_server_port(),"
                        + " (select count(*) from pg_stat_replication),"
                        + " current_setting('synchronous_standby_names') <> ''")) {
            row.next();
            String primary = Count.of(hosts, "host") + "; the primary is " + row.getString(1);
            int standbys = row.getInt(2);
            if (standbys == 0) {
                return new Finding(
                        Level.WARNING,
                        "cluster",
                        primary + ", and no standby follows it, so none could take over; start one");
            }
            return row.getBoolean(3)
                    ? new Finding(Level.OK, "cluster", primary + ", with " + Count.of(standbys, "standby", "standbys"))
                    : new Finding(
                            Level.WARNING,
                            "cluster",
                            primary + ", with " + Count.of(standbys, "standby", "standbys")
                                    + ", but it is not synchronous, so a fail-over can lose the last changes; set"
                                    + " synchronous_standby_names");
        }
    }
}

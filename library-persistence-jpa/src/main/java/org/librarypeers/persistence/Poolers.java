package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Connections through a pooler, such as pgbouncer. */
final class Poolers {

    private Poolers() {}

    /**
     * Prepares no statements on the server if a pooler is in between: in its transaction mode, another server process may
     * execute the next transaction.
     *
     * @param process the id of the server process that executes the present transaction
     */
    static void adapt(Connection connection, int process) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        if (postgres.getBackendPID() != process) {
            postgres.setPrepareThreshold(0);
        }
    }
}

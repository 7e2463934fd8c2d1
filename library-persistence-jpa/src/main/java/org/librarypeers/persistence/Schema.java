package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.librarypeers.sync.storage.StorageException;

/** The state of the library tables in a database. */
enum Schema {

    /** No library tables yet. */
    NONE,

    /** Library tables of this version or an earlier one. */
    KNOWN;

    /** The location of the migrations on the class path. */
    static final String MIGRATIONS = "db/migration";

    private static final String UNDEFINED_TABLE = "42P01";

    /**
     * Reads the version of the tables with a single query.
     *
     * @throws StorageException if a later version of the program has changed the tables, because this version might
     *     damage them
     */
    static Schema read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select version, script, installed_by from flyway_schema_history where version is not null"
                                + " order by installed_rank desc")) {
            Schema found = NONE;
            while (rows.next()) {
                requireKnown(rows.getString(1), rows.getString(2), rows.getString(3));
                found = KNOWN;
            }
            return found;
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return NONE;
            }
            throw e;
        }
    }

    private static void requireKnown(String version, String script, String program) {
        if (Schema.class.getResource("/" + MIGRATIONS + "/" + script) == null) {
            throw new StorageException(
                    "the database was changed by a later version of the program (" + program + ", to schema version "
                            + version
                            + "), and this one could damage it; nothing was changed. Run " + program
                            + " or later, or restore a backup from before the upgrade (see UPGRADING.md)",
                    null);
        }
    }
}

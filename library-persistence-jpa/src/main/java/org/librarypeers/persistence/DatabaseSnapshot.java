package org.librarypeers.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.librarypeers.persistence.Maintenance.Content;
import org.librarypeers.persistence.Maintenance.Sequence;
import org.librarypeers.persistence.Maintenance.Table;
import org.librarypeers.sync.storage.StorageException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot in a transaction that reads only and sees one state of the database until its end. */
final class DatabaseSnapshot implements Maintenance.Snapshot {

    /** The formats of values in the text of a snapshot, so that they depend on no setting of a server. */
    static final String FORMATS = "set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';"
            + " set local bytea_output = 'hex'; set local extra_float_digits = 1; set local timezone = 'UTC'";

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSnapshot.class);

    // An arbitrary key that nothing else in this database uses: the key of the change feed plus two.
    private static final long LOCK = 0x4C69625065657275L;

    private final Connection connection;
    private final boolean committedAutomatically;
    private final Content content;

    private DatabaseSnapshot(Connection connection, boolean committedAutomatically, Content content) {
        this.connection = connection;
        this.committedAutomatically = committedAutomatically;
        this.content = content;
    }

    static DatabaseSnapshot open(Database database, SecretCheck secretCheck) {
        try {
            Connection connection = database.connection();
            try {
                return begin(connection, database.program(), secretCheck);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw StorageFailures.storage("the database cannot be read", e);
        }
    }

    private static DatabaseSnapshot begin(Connection connection, String program, SecretCheck secretCheck)
            throws SQLException {
        if (Schema.read(connection) == Schema.NONE) {
            throw new StorageException("the database has no library tables yet", null);
        }
        boolean committedAutomatically = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.execute(FORMATS);
            LibraryTables tables = LibraryTables.read(connection);
            // No migration changes the tables until the end of this transaction.
            statement.execute("lock table " + tables.list() + " in access share mode");
        }
        secretCheck.requireFits(connection);
        return new DatabaseSnapshot(connection, committedAutomatically, content(connection, program));
    }

    private static Content content(Connection connection, String program) throws SQLException {
        LibraryTables tables = LibraryTables.read(connection);
        List<Sequence> sequences = new ArrayList<>();
        for (String name : tables.sequences()) {
            sequences.add(LibraryTables.sequence(connection, name));
        }
        UUID library = Sql.first(connection, "select id from library", row -> row.getObject(1, UUID.class))
                .orElseThrow();
        return new Content(program, library, Schema.version(connection), tables.tables(), sequences);
    }

    /** Returns whether this snapshot now holds the lock that at most one snapshot holds. */
    boolean hold() {
        try {
            return Sql.first(connection, "select pg_try_advisory_xact_lock(" + LOCK + ")", row -> row.getBoolean(1))
                    .orElseThrow();
        } catch (SQLException e) {
            close();
            throw StorageFailures.storage("the database cannot be read", e);
        }
    }

    @Override
    public Content content() {
        return content;
    }

    @Override
    public long copy(Table table, OutputStream out) throws IOException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + LibraryTables.columns(table) + " to stdout", out);
        } catch (SQLException e) {
            throw StorageFailures.storage("the table " + table.name() + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(committedAutomatically);
        } catch (SQLException e) {
            // Nothing was changed. A pool discards a connection that is broken.
            LOG.debug("A snapshot could not be ended", e);
        }
    }
}

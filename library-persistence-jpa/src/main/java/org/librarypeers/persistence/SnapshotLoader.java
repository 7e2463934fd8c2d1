package org.librarypeers.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.persistence.Maintenance.Content;
import org.librarypeers.persistence.Maintenance.Rows;
import org.librarypeers.persistence.Maintenance.Sequence;
import org.librarypeers.persistence.Maintenance.Table;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.storage.StorageException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Loads a snapshot into an empty database. */
final class SnapshotLoader {

    /** Tables in which a library without any data may have rows. */
    private static final Set<String> FILLED_FROM_THE_START =
            Set.of("library", "counter", "secret_check", "counted_event", "feed_time");

    private static final String AUDIT_LOG = "audit_entry";

    private static final String FEED_POSITION = "feed_position";

    /** More feed positions than a library draws between a backup and its restoration. */
    private static final long POSITIONS_SKIPPED = 1_000_000_000L;

    private final Database database;
    private final Transactions transactions;
    private final SecretCheck secretCheck;
    private final Content content;

    SnapshotLoader(Database database, Transactions transactions, SecretCheck secretCheck, Content content) {
        this.database = database;
        this.transactions = transactions;
        this.secretCheck = secretCheck;
        this.content = content;
    }

    void requireRestorable() {
        if (content.schemaVersion() > Schema.latest()) {
            throw new StorageException(
                    "the backup was made by a later version of the program (" + content.program()
                            + ", schema version " + content.schemaVersion()
                            + "), which this one cannot read; nothing was changed. Run " + content.program()
                            + " or later",
                    null);
        }
        try (Connection connection = database.connection()) {
            if (Schema.read(connection) != Schema.NONE) {
                requireEmpty(connection, LibraryTables.read(connection));
                int version = Schema.version(connection);
                if (version > content.schemaVersion()) {
                    throw new StorageException(
                            "the database has empty tables of schema version " + version
                                    + ", but the backup has the earlier version " + content.schemaVersion()
                                    + "; nothing was changed. Restore into a new home or a new database",
                            null);
                }
            }
            OtherNodes.requireNone(connection);
        } catch (SQLException e) {
            throw StorageFailures.storage("the database cannot be restored", e);
        }
    }

    void restore(Rows rows, AuditEntry entry) {
        requireRestorable();
        database.migrate(content.schemaVersion());
        boolean hasAuditLog =
                content.tables().stream().anyMatch(table -> table.name().equals(AUDIT_LOG));
        transactions.call(unit -> unit.jdbc(connection -> {
            load(connection, rows);
            return hasAuditLog ? JdbcAuditLog.insert(connection, entry) : 0;
        }));
        database.migrate();
        if (!hasAuditLog) {
            transactions.call(unit -> unit.jdbc(connection -> JdbcAuditLog.insert(connection, entry)));
        }
        analyze();
    }

    private void load(Connection connection, Rows rows) throws SQLException {
        LibraryTables here = LibraryTables.read(connection);
        requireSame(here);
        execute(connection, DatabaseSnapshot.FORMATS);
        execute(connection, "lock table " + here.list() + " in access exclusive mode");
        OtherNodes.requireNone(connection);
        requireEmpty(connection, here);
        // The rows contain what the triggers would write.
        triggers(connection, here, "disable");
        execute(connection, "truncate " + here.list());
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Table table : here.tables()) {
            try (InputStream in = rows.open(table)) {
                copy.copyIn("copy " + LibraryTables.columns(table) + " from stdin", in);
            } catch (IOException e) {
                throw new UncheckedIOException("the rows of " + table.name() + " cannot be read", e);
            }
        }
        discardUnsent(connection, here);
        checkPictures(connection, here);
        execute(connection, "set constraints all immediate");
        triggers(connection, here, "enable");
        secretCheck.verify(connection);
        // Last, because a rollback does not undo it.
        for (Sequence sequence : content.sequences()) {
            set(connection, sequence);
        }
    }

    /**
     * Removes the messages that were not sent yet, and the tokens that set a password. The library from which the backup was
     * made may have sent the messages afterwards, and the tokens may have been used.
     */
    private static void discardUnsent(Connection connection, LibraryTables tables) throws SQLException {
        if (tables.tables().stream().map(Table::name).anyMatch("outbox"::equals)) {
            execute(connection, "delete from outbox where sent is null and failed is null");
            execute(connection, "delete from account_token");
        }
    }

    /** Makes all pictures due, because the backup may have been made without the files of their copies. */
    private static void checkPictures(Connection connection, LibraryTables tables) throws SQLException {
        if (tables.tables().stream().map(Table::name).anyMatch("picture"::equals)) {
            execute(connection, "update picture set due = now() where due is not null");
        }
    }

    /** Throws unless the tables, columns and sequences of the backup are exactly those of its version. */
    private void requireSame(LibraryTables here) {
        boolean same = Set.copyOf(here.tables()).equals(Set.copyOf(content.tables()))
                && here.sequences()
                        .equals(content.sequences().stream().map(Sequence::name).toList());
        if (!same) {
            throw new StorageException(
                    "the backup does not have the tables of schema version " + content.schemaVersion()
                            + "; nothing was changed. It was not made by " + content.program(),
                    null);
        }
    }

    private static void requireEmpty(Connection connection, LibraryTables tables) throws SQLException {
        String sql = tables.tables().stream()
                .map(Table::name)
                .filter(name -> !FILLED_FROM_THE_START.contains(name))
                .map(name -> "exists (select from " + LibraryTables.quoted(name) + ")")
                .collect(Collectors.joining(" or ", "select ", ""));
        if (Sql.first(connection, sql, row -> row.getBoolean(1)).orElseThrow()) {
            throw new StorageException(
                    "the database already has the data of a library; nothing was changed. Restore into a new home or a"
                            + " new database",
                    null);
        }
    }

    private static void triggers(Connection connection, LibraryTables tables, String action) throws SQLException {
        for (Table table : tables.tables()) {
            execute(connection, "alter table " + LibraryTables.quoted(table.name()) + " " + action + " trigger user");
        }
    }

    private static void set(Connection connection, Sequence sequence) throws SQLException {
        long skipped = sequence.name().equals(FEED_POSITION) ? POSITIONS_SKIPPED : 0;
        Sql.query(
                connection,
                "select setval(?::regclass, ?, ?)",
                rows -> rows.next(),
                LibraryTables.quoted(sequence.name()),
                sequence.last() + skipped,
                sequence.drawn());
    }

    /** Updates the statistics of the planner. Otherwise, the first queries would be slow. */
    private void analyze() {
        try (Connection connection = database.connection()) {
            execute(connection, "analyze " + LibraryTables.read(connection).list());
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw StorageFailures.storage("the library is restored, but the database cannot be analyzed", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

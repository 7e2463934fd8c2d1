package org.librarypeers.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/**
 * Operations on all tables of a library: snapshots for backups, loading such a snapshot, and the change of the secret
 * key. Thread-safe.
 */
public final class Maintenance {

    private final Database database;
    private final Transactions transactions;
    private final SecretCheck secretCheck;

    Maintenance(Database database, Transactions transactions, SecretCheck secretCheck) {
        this.database = database;
        this.transactions = transactions;
        this.secretCheck = secretCheck;
    }

    /**
     * The tables and sequences of a library at one moment, without the rows.
     *
     * @param program the name and version of the program that read them
     * @param library the id of the library
     * @param schemaVersion the version of the tables, from 1
     * @param tables the tables, each after those that its foreign keys name
     * @param sequences the sequences, ordered by name
     */
    public record Content(
            String program, UUID library, int schemaVersion, List<Table> tables, List<Sequence> sequences) {

        /** Copies the lists. */
        public Content {
            tables = List.copyOf(tables);
            sequences = List.copyOf(sequences);
        }
    }

    /**
     * A table.
     *
     * @param columns the stored columns, in order, without generated ones
     */
    public record Table(String name, List<String> columns) {

        /** Copies the list. */
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A sequence.
     *
     * @param last the last number that was drawn, or the first one if none was drawn
     * @param drawn whether a number was drawn
     */
    public record Sequence(String name, long last, boolean drawn) {}

    /** All rows of a library at one moment, read in one transaction. Not thread-safe. Close it soon after use. */
    public interface Snapshot extends AutoCloseable {

        /** Returns the tables and sequences. */
        Content content();

        /**
         * Writes the rows of a table in PostgreSQL's text format, one line for each row, and returns their number. Does
         * not close the stream.
         *
         * @throws IOException if the stream cannot be written
         * @throws StorageException if the table cannot be read
         */
        long copy(Table table, OutputStream out) throws IOException;

        @Override
        void close();
    }

    /** The rows to load, in the format of {@link Snapshot#copy}. */
    @FunctionalInterface
    public interface Rows {

        /** Returns the rows of a table. The caller closes the stream. */
        InputStream open(Table table) throws IOException;
    }

    /**
     * Begins a snapshot. The transactions that were committed before are in it, and no others. Writers do not wait for
     * it.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if the database has no library tables, or belongs to another secret key
     */
    public Snapshot snapshot() {
        return DatabaseSnapshot.open(database, secretCheck);
    }

    /**
     * Begins a snapshot unless another caller, on any node, holds one from this method. Empty if so. Otherwise like
     * {@link #snapshot}.
     */
    public Optional<Snapshot> snapshotUnlessHeld() {
        DatabaseSnapshot snapshot = DatabaseSnapshot.open(database, secretCheck);
        if (snapshot.hold()) {
            return Optional.of(snapshot);
        }
        snapshot.close();
        return Optional.empty();
    }

    /**
     * Checks that the library of a snapshot could be restored into this database. Changes nothing.
     *
     * @throws StorageException if the database has data, belongs to another application, is in use by another process of
     *     the program, or if the snapshot is from a later version of the program
     */
    public void requireRestorable(Content content) {
        loader(content).requireRestorable();
    }

    /**
     * Restores the library of a snapshot into an empty database. Creates the tables in the version of the snapshot, loads
     * the rows in one transaction, and migrates the tables to the current version. If the process is killed, the database
     * is empty or complete, and an empty one can be restored into again.
     *
     * <p>Apart from that entry, all tables are equal to those of the snapshot, row for row, except that messages which
     * were not sent yet and the tokens that set a password are removed. The sequences are restored too, except for that
     * of the feed positions: it continues far beyond all numbers that the library drew after the snapshot. Otherwise
     * other libraries, which have read up to such a number, would miss later changes.
     *
     * <p>The entry is added to the audit log of the snapshot in the transaction that loads the rows. If the snapshot is of a version
     * without an audit log, it is added after the migration.
     *
     * @param entry the entry about the restoration
     * @throws StorageException under the conditions of {@link #requireRestorable}, or if the rows cannot be loaded, or if
     *     they belong to another secret key
     * @throws UncheckedIOException if the rows cannot be read
     */
    public void restore(Content content, Rows rows, AuditEntry entry) {
        loader(content).restore(rows, entry);
    }

    private SnapshotLoader loader(Content content) {
        return new SnapshotLoader(database, transactions, secretCheck, content);
    }

    /**
     * Returns whether the database belongs to the secret key of this storage. A database that was never checked belongs to
     * none.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if the database has no library tables
     */
    public boolean isKeyCurrent() {
        return transactions.read(secretCheck::fits);
    }

    /**
     * Encrypts all stored secrets with another key, in one transaction, and ends all sessions of browsers. This storage
     * keeps its key and can no longer be used afterwards.
     *
     * @param key called once, when no other caller can change the key and nothing was changed yet; returns the other key,
     *     of 32 bytes. The caller must save it before it returns, so that a crash after the commit does not lose it
     * @throws IllegalArgumentException if the key is not 32 bytes long
     * @throws StorageException if another process of the program uses the database, or if a secret cannot be decrypted
     *     with the present key; nothing was changed
     */
    public void changeSecretKey(Supplier<byte[]> key) {
        SecretKeyChange change = new SecretKeyChange(secretCheck, key);
        transactions.call(unit -> unit.jdbc(change::apply));
    }
}

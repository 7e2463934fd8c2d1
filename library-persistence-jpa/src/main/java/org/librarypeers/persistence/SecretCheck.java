package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import org.librarypeers.sync.storage.StorageException;

/**
 * A check that a database is used with one secret key only. Otherwise, for example after the loss of a key file, its
 * secrets could be encrypted with two different keys.
 */
record SecretCheck(Secrets secrets) {

    private static final String ROW = "secret_check";
    private static final String PROBE = "library peers";

    /**
     * Throws unless the key is the one with which the database was first used. On first use, stores a probe encrypted
     * with this key.
     */
    boolean verify(Connection connection) throws SQLException {
        byte[] kept = kept(connection);
        if (kept.length == 0) {
            begin(connection);
            kept = kept(connection);
        }
        requireFits(kept);
        return true;
    }

    /** Throws if the key is not that of the database. Changes nothing, so any key fits an unused database. */
    void requireFits(Connection connection) throws SQLException {
        byte[] kept = kept(connection);
        if (kept.length > 0) {
            requireFits(kept);
        }
    }

    /** Returns whether the key is that of the database. No key is that of an unused database. */
    boolean fits(Connection connection) throws SQLException {
        byte[] kept = kept(connection);
        try {
            return kept.length > 0 && !secrets.decrypt(kept, ROW, "the probe").isEmpty();
        } catch (StorageException e) {
            return false;
        }
    }

    private void requireFits(byte[] kept) {
        try {
            secrets.decrypt(kept, ROW, "the probe");
        } catch (StorageException e) {
            throw new StorageException(
                    "the secret key is not the one with which this database was first used; restore that key (the file"
                            + " secret.key, or LIBRARY_SECRET_KEY)",
                    e);
        }
    }

    private static byte[] kept(Connection connection) throws SQLException {
        return Sql.first(connection, "select probe from secret_check", row -> row.getBytes(1))
                .orElseGet(() -> new byte[0]);
    }

    /** Stores the probe. If two processes do this at the same time, the first to commit decides. */
    private void begin(Connection connection) throws SQLException {
        String sql = "insert into secret_check (id, probe) values (1, ?) on conflict (id) do nothing";
        Sql.update(connection, sql, (Object) secrets.encrypt(PROBE, ROW));
    }
}

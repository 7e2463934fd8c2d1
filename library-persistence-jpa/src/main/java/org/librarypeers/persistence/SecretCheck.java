package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.librarypeers.sync.storage.StorageException;

/** Keeps a database from being filled under two secret keys, of which each could read a part: after a lost key file, say. */
record SecretCheck(Secrets secrets) {

    private static final String ROW = "secret_check";
    private static final String PROBE = "library peers";

    /** Sees whether the key is the one that the database began with; the first one is. */
    boolean verify(Connection connection) throws SQLException {
        byte[] kept = kept(connection);
        if (kept.length == 0) {
            begin(connection);
            kept = kept(connection);
        }
        try {
            secrets.decrypt(kept, ROW, "the probe");
        } catch (StorageException e) {
            throw new StorageException(
                    "the secret key is not the one that this database began with; restore that one (the file secret.key, or"
                            + " LIBRARY_SECRET_KEY)",
                    e);
        }
        return true;
    }

    private static byte[] kept(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select probe from secret_check");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getBytes(1) : new byte[0];
        }
    }

    /** Of two processes that begin together, the first to commit has said it. */
    private void begin(Connection connection) throws SQLException {
        String sql = "insert into secret_check (id, probe) values (1, ?) on conflict (id) do nothing";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, secrets.encrypt(PROBE, ROW));
            insert.executeUpdate();
        }
    }
}

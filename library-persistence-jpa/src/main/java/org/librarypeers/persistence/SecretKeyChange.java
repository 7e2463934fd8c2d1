package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.librarypeers.sync.storage.StorageException;

/**
 * The change of the secret key: all stored secrets are decrypted and encrypted again in one transaction.
 *
 * <p>The transaction first locks the check of the key. A process that starts during the change waits there and is then
 * refused, because it has the old key. A process that has started before is connected, and is the reason for a refusal
 * here.
 */
record SecretKeyChange(SecretCheck present, Supplier<byte[]> nextKey) {

    /** A stored secret, decrypted. */
    private record Stored(String id, String secret) {}

    boolean apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table secret_check in access exclusive mode");
            OtherNodes.requireNone(connection);
            statement.execute("lock table account, peer, session, outbox, signing_key in share row exclusive mode");
        }
        present.requireFits(connection);
        Secrets next = new Secrets(nextKey.get());
        for (Stored key : Sql.rows(
                connection,
                "select id, api_key from peer where api_key is not null",
                row -> stored(row.getString(1), PeerEntity.row(row.getLong(1)), row.getBytes(2)))) {
            long id = Long.parseLong(key.id());
            byte[] encrypted = next.encrypt(key.secret(), PeerEntity.row(id));
            Sql.update(connection, "update peer set api_key = ? where id = ?", encrypted, id);
        }
        for (Stored key : Sql.rows(
                connection,
                "select name, api_key from account",
                row -> stored(row.getString(1), AccountEntity.row(row.getString(1)), row.getBytes(2)))) {
            Sql.update(
                    connection,
                    "update account set api_key = ?, api_key_hash = ? where name = ?",
                    next.encrypt(key.secret(), AccountEntity.row(key.id())),
                    next.hash(key.secret()),
                    key.id());
        }
        for (Stored body : Sql.rows(
                connection,
                "select id, body from outbox where body is not null",
                row -> new Stored(
                        row.getString(1),
                        present.secrets()
                                .decrypt(
                                        row.getBytes(2),
                                        JdbcOutbox.row(row.getObject(1, UUID.class)),
                                        "the body of message " + row.getString(1))))) {
            UUID id = UUID.fromString(body.id());
            byte[] encrypted = next.encrypt(body.secret(), JdbcOutbox.row(id));
            Sql.update(connection, "update outbox set body = ? where id = ?", encrypted, id);
        }
        for (Stored key : Sql.rows(
                connection,
                "select private_key from signing_key",
                row -> stored("1", JdbcSigningKey.ROW, row.getBytes(1)))) {
            byte[] encrypted = next.encrypt(key.secret(), JdbcSigningKey.ROW);
            Sql.update(connection, "update signing_key set private_key = ?", (Object) encrypted);
        }
        // Only the hash of a session's secret is stored, so it cannot be computed with the other key.
        Sql.update(connection, "delete from session");
        Sql.update(connection, "delete from secret_check");
        return new SecretCheck(next).verify(connection);
    }

    /** Decrypts a stored secret. Throws a {@link StorageException} if it belongs to another key. */
    private Stored stored(String id, String row, byte[] kept) {
        return new Stored(id, present.secrets().decrypt(kept, row, "the key of " + row.replace(':', ' ')));
    }
}

package org.librarypeers.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.bundles.SigningKeyRepository;

/** The repository of the key that signs bundles. The private key is encrypted. */
record JdbcSigningKey(Transactions transactions, Secrets secrets) implements SigningKeyRepository {

    /** The context that binds the ciphertext to its row. */
    static final String ROW = "signing_key";

    @Override
    public Optional<SigningKey> find() {
        return transactions.read(connection ->
                Sql.first(connection, "select public_key, private_key, created from signing_key", this::read));
    }

    private SigningKey read(ResultSet row) throws SQLException {
        return new SigningKey(
                new BundleKey(row.getString(1)),
                secrets.decrypt(row.getBytes(2), ROW, "the key that signs bundles"),
                row.getTimestamp(3).toInstant());
    }

    @Override
    public SigningKey saveFirst(SigningKey key) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(
                    connection,
                    "insert into signing_key (id, public_key, private_key, created) values (1, ?, ?, ?)"
                            + " on conflict (id) do nothing",
                    key.publicKey().hex(),
                    secrets.encrypt(key.privateKey(), ROW),
                    Timestamp.from(key.created()));
            return Sql.first(connection, "select public_key, private_key, created from signing_key", this::read)
                    .orElseThrow();
        }));
    }
}

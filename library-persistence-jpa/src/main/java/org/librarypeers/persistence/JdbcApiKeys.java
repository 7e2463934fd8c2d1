package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Sha256;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.accounts.NamedKey;

/**
 * A repository of further API keys, which are stored under the SHA-256 of their secret. The hash does not depend on the secret key
 * of the library, so that programs keep their access when that key is changed.
 */
final class JdbcApiKeys implements ApiKeyRepository {

    private final Transactions transactions;
    private final Secrets secrets;

    JdbcApiKeys(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public boolean add(NamedKey key, ApiKey secret) {
        Instant used = key.used();
        return transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                        connection,
                        "insert into api_key (account, name, hash, created, used) select name, ?, ?, ?, ? from account"
                                + " where name = ? on conflict (account, name) do nothing",
                        key.name(),
                        hash(secret),
                        Timestamp.from(key.created()),
                        used == null ? null : Timestamp.from(used),
                        key.account().value())
                == 1));
    }

    @Override
    public List<NamedKey> of(UserName account) {
        return transactions.read(connection -> Sql.rows(
                connection,
                "select account, name, created, used from api_key where account = ? order by created, name",
                JdbcApiKeys::read,
                account.value()));
    }

    private static NamedKey read(ResultSet row) throws SQLException {
        Timestamp used = row.getTimestamp("used");
        return new NamedKey(
                new UserName(row.getString("account")),
                row.getString("name"),
                row.getTimestamp("created").toInstant(),
                used == null ? null : used.toInstant());
    }

    @Override
    public boolean remove(UserName account, String name) {
        return transactions.call(unit -> unit.jdbc(connection ->
                Sql.update(connection, "delete from api_key where account = ? and name = ?", account.value(), name)
                        == 1));
    }

    @Override
    public void used(ApiKey secret, Instant at) {
        Timestamp time = Timestamp.from(at);
        transactions.call(unit -> unit.jdbc(connection -> {
            int named = Sql.update(
                    connection, "update api_key set used = greatest(used, ?) where hash = ?", time, hash(secret));
            return named > 0
                    ? named
                    : Sql.update(
                            connection,
                            "update account set api_key_used = greatest(api_key_used, ?) where api_key_hash = ?",
                            time,
                            secrets.hash(secret.secret()));
        }));
    }

    /** Returns the hash by which a key is found. */
    static byte[] hash(ApiKey key) {
        return Sha256.newDigest().digest(key.secret().getBytes(StandardCharsets.UTF_8));
    }
}

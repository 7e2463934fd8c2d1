package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Sha256;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountTokenRepository;

/**
 * A repository of the tokens with which people set a password, which are stored under the SHA-256 of their secret. Unlike that of
 * a session, this hash does not depend on the secret key, so that links in mails survive a change of the key.
 */
final class JdbcAccountTokens implements AccountTokenRepository {

    private final Transactions transactions;

    JdbcAccountTokens(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(String secret, AccountToken token) {
        update(
                "insert into account_token (hash, account, purpose, expires) values (?, ?, ?, ?)",
                hash(secret),
                token.account().value(),
                token.purpose().name().toLowerCase(Locale.ROOT),
                Timestamp.from(token.expires()));
    }

    @Override
    public Optional<AccountToken> find(String secret, Instant now) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select account, purpose, expires from account_token where hash = ? and expires > ?",
                JdbcAccountTokens::token,
                hash(secret),
                Timestamp.from(now)));
    }

    @Override
    public Optional<AccountToken> use(String secret, Instant now) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                "delete from account_token where hash = ? and expires > ? returning account, purpose, expires",
                JdbcAccountTokens::token,
                hash(secret),
                Timestamp.from(now))));
    }

    private static AccountToken token(ResultSet rows) throws SQLException {
        return new AccountToken(
                new UserName(rows.getString(1)),
                Purpose.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                rows.getTimestamp(3).toInstant());
    }

    @Override
    public List<AccountToken> of(UserName account, Instant now) {
        return transactions.read(connection -> Sql.rows(
                connection,
                "select account, purpose, expires from account_token where account = ? and expires > ?"
                        + " order by expires desc",
                JdbcAccountTokens::token,
                account.value(),
                Timestamp.from(now)));
    }

    @Override
    public void removeAll(UserName account) {
        update("delete from account_token where account = ?", account.value());
    }

    @Override
    public void removeExpired(Instant now) {
        update("delete from account_token where expires <= ?", Timestamp.from(now));
    }

    private void update(String sql, @Nullable Object... parameters) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, sql, parameters)));
    }

    private static byte[] hash(String secret) {
        return Sha256.newDigest().digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}

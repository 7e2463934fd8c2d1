package org.librarypeers.persistence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.SessionRepository;

/** A repository of sessions, which are stored under a keyed hash of their secret. */
final class JdbcSessions implements SessionRepository {

    private final Transactions transactions;
    private final Secrets secrets;

    JdbcSessions(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public void begin(String secret, Session session) {
        update(
                "insert into session (secret_hash, account, expires) values (?, ?, ?)",
                secrets.hash(secret),
                session.account().value(),
                Timestamp.from(session.expires()));
    }

    @Override
    public Optional<Account> find(String secret, Instant now) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select " + AccountEntity.COLUMNS + " from session s join account a on a.name = s.account"
                        + " where s.secret_hash = ? and s.expires > ?",
                AccountEntity::read,
                secrets.hash(secret),
                Timestamp.from(now)));
    }

    @Override
    public void end(String secret) {
        update("delete from session where secret_hash = ?", (Object) secrets.hash(secret));
    }

    @Override
    public void endAll(UserName account, @Nullable String but) {
        byte[] kept = but == null ? new byte[0] : secrets.hash(but);
        update("delete from session where account = ? and secret_hash <> ?", account.value(), kept);
    }

    @Override
    public void removeExpired(Instant now) {
        update("delete from session where expires <= ?", Timestamp.from(now));
    }

    private void update(String sql, Object... parameters) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, sql, parameters)));
    }
}

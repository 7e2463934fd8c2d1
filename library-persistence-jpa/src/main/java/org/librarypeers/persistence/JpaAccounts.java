package org.librarypeers.persistence;

import jakarta.persistence.PersistenceException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.DuplicateAccountException;

/** A repository of accounts on Hibernate. Plain SQL reads what every request needs. */
final class JpaAccounts implements AccountRepository {

    private final Transactions transactions;
    private final Secrets secrets;

    JpaAccounts(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public void add(Account account, String passwordHash, ApiKey key) {
        transactions.call(
                unit -> add(unit, AccountEntity.from(account, passwordHash, key, secrets), account.name(), key));
    }

    private boolean add(UnitOfWork unit, AccountEntity entity, UserName name, ApiKey key) {
        Session session = unit.session();
        // Checked first, so that the transaction can continue: a constraint violation would abort it.
        if (named(session, name).isPresent() || having(session, key).isPresent()) {
            throw new DuplicateAccountException(name);
        }
        session.persist(entity);
        flush(unit, name);
        return true;
    }

    /** Flushes a change of an account. A concurrent transaction may have taken its name or key first. */
    private static void flush(UnitOfWork unit, UserName name) {
        try {
            unit.session().flush();
        } catch (PersistenceException e) {
            if (StorageFailures.violates("account_pkey", e) || StorageFailures.violates("account_api_key_key", e)) {
                unit.markRollbackOnly();
                throw new DuplicateAccountException(name);
            }
            throw e;
        }
    }

    @Override
    public boolean addFirst(Account account, String passwordHash, ApiKey key) {
        return transactions.call(unit -> {
            Session session = unit.session();
            // Other transactions that add an account wait for this one and then see its account.
            session.createNativeMutationQuery("lock table account in share row exclusive mode")
                    .executeUpdate();
            boolean first = session.createSelectionQuery("select count(*) from AccountEntity", Long.class)
                            .getSingleResult()
                    == 0;
            return first && add(unit, AccountEntity.from(account, passwordHash, key, secrets), account.name(), key);
        });
    }

    @Override
    public void changePassword(UserName name, String passwordHash) {
        change(name, entity -> entity.changePassword(passwordHash));
    }

    @Override
    public void changeApiKey(UserName name, ApiKey key) {
        transactions.call(unit -> {
            Session session = unit.session();
            if (having(session, key).isPresent()) {
                throw new DuplicateAccountException(name);
            }
            named(session, name).ifPresent(entity -> entity.changeApiKey(key, secrets));
            flush(unit, name);
            return true;
        });
    }

    private void change(UserName name, Consumer<AccountEntity> change) {
        transactions.call(unit -> {
            named(unit.session(), name).ifPresent(change);
            unit.session().flush();
            return true;
        });
    }

    @Override
    public List<Account> adminsForUpdate() {
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery(
                        "from AccountEntity a where a.role = 'admin' and a.active order by a.name", AccountEntity.class)
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .map(AccountEntity::toDomain)
                .sorted(Comparator.comparing(Account::name))
                .toList());
    }

    @Override
    public void update(Account account) {
        change(account.name(), entity -> entity.copyFrom(account));
    }

    private static Optional<AccountEntity> named(Session session, UserName name) {
        return Optional.ofNullable(session.find(AccountEntity.class, name.value()));
    }

    private Optional<AccountEntity> having(Session session, ApiKey key) {
        return session.createSelectionQuery("from AccountEntity a where a.apiKeyHash = :hash", AccountEntity.class)
                .setParameter("hash", secrets.hash(key.secret()))
                .uniqueResultOptional();
    }

    @Override
    public Optional<Account> find(UserName name) {
        return transactions.call(unit -> named(unit.session(), name).map(AccountEntity::toDomain));
    }

    @Override
    public Optional<Account> findForUpdate(UserName name) {
        return transactions.call(unit -> Optional.ofNullable(
                        unit.session().find(AccountEntity.class, name.value(), LockMode.PESSIMISTIC_WRITE))
                .map(AccountEntity::toDomain));
    }

    @Override
    public Optional<Account> findByApiKey(ApiKey key) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select " + AccountEntity.COLUMNS + " from account a where a.api_key_hash = ?"
                        + " or a.name = (select k.account from api_key k where k.hash = ?)",
                AccountEntity::read,
                secrets.hash(key.secret()),
                JdbcApiKeys.hash(key)));
    }

    @Override
    public Optional<ApiKey> apiKey(UserName name) {
        return transactions.call(unit -> named(unit.session(), name).map(entity -> entity.apiKey(secrets)));
    }

    @Override
    public Optional<String> passwordHash(UserName name) {
        return transactions.call(unit -> named(unit.session(), name).map(AccountEntity::passwordHash));
    }

    @Override
    public void signedIn(UserName name, Instant at) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection, "update account set signed_in = ? where name = ?", Timestamp.from(at), name.value())));
    }

    @Override
    public Map<UserName, AccountUse> uses(Collection<UserName> names, Instant now) {
        String sql = """
            select a.name, a.signed_in, a.api_key_used,
                   (select count(*) from session s where s.account = a.name and s.expires > ?) sessions
              from account a where a.name = any (?)""";
        return transactions.read(connection -> Sql.query(
                connection,
                sql,
                rows -> {
                    Map<UserName, AccountUse> uses = new HashMap<>();
                    while (rows.next()) {
                        uses.put(
                                new UserName(rows.getString("name")),
                                new AccountUse(
                                        instant(rows.getTimestamp("signed_in")),
                                        instant(rows.getTimestamp("api_key_used")),
                                        rows.getInt("sessions")));
                    }
                    return uses;
                },
                Timestamp.from(now),
                Sql.texts(connection, names.stream().map(UserName::value).toList())));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    @Override
    public boolean isEmpty() {
        return transactions.read(
                connection -> Sql.first(connection, "select 1 from account limit 1", row -> row.getInt(1))
                        .isEmpty());
    }

    @Override
    public List<Account> all() {
        return transactions.call(unit ->
                unit
                        .session()
                        .createSelectionQuery("from AccountEntity a", AccountEntity.class)
                        .getResultList()
                        .stream()
                        .map(AccountEntity::toDomain)
                        .sorted(Comparator.comparing(Account::name))
                        .toList());
    }
}

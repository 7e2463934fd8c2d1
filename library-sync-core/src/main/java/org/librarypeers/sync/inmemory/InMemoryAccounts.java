package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.inmemory.InMemoryTables.StoredAccount;

record InMemoryAccounts(InMemoryStorage storage) implements AccountRepository {

    @Override
    public void add(Account account, String passwordHash, ApiKey key) {
        storage.change(tables -> {
            boolean keyTaken = tables.accounts.values().stream()
                    .anyMatch(other -> other.key().equals(key));
            if (keyTaken || tables.accounts.containsKey(account.name())) {
                throw new DuplicateAccountException(account.name());
            }
            tables.accounts.put(account.name(), new StoredAccount(account, passwordHash, key));
        });
    }

    @Override
    public boolean addFirst(Account account, String passwordHash, ApiKey key) {
        return storage.with(tables -> {
            boolean first = tables.accounts.isEmpty();
            if (first) {
                add(account, passwordHash, key);
            }
            return first;
        });
    }

    @Override
    public void changePassword(UserName name, String passwordHash) {
        storage.change(tables -> tables.accounts.computeIfPresent(
                name, (same, stored) -> new StoredAccount(stored.account(), passwordHash, stored.key())));
    }

    @Override
    public void changeApiKey(UserName name, ApiKey key) {
        storage.change(tables -> {
            if (tables.accounts.values().stream().anyMatch(other -> other.key().equals(key))) {
                throw new DuplicateAccountException(name);
            }
            tables.accounts.computeIfPresent(
                    name, (same, stored) -> new StoredAccount(stored.account(), stored.passwordHash(), key));
        });
    }

    @Override
    public void update(Account account) {
        storage.change(tables -> tables.accounts.computeIfPresent(
                account.name(), (name, stored) -> new StoredAccount(account, stored.passwordHash(), stored.key())));
    }

    @Override
    public Optional<Account> find(UserName name) {
        return stored(name).map(StoredAccount::account);
    }

    @Override
    public Optional<Account> findForUpdate(UserName name) {
        return find(name);
    }

    @Override
    public Optional<Account> findByApiKey(ApiKey key) {
        return storage.with(tables -> {
            NamedKey named = tables.namedKeys.get(key);
            return tables.accounts.values().stream()
                    .filter(stored -> stored.key().equals(key)
                            || (named != null && stored.account().name().equals(named.account())))
                    .map(StoredAccount::account)
                    .findFirst();
        });
    }

    @Override
    public Optional<ApiKey> apiKey(UserName name) {
        return stored(name).map(StoredAccount::key);
    }

    @Override
    public Optional<String> passwordHash(UserName name) {
        return stored(name).map(StoredAccount::passwordHash);
    }

    @Override
    public List<Account> adminsForUpdate() {
        return all().stream().filter(Account::isActiveAdmin).toList();
    }

    @Override
    public void signedIn(UserName name, Instant at) {
        storage.change(tables -> {
            if (tables.accounts.containsKey(name)) {
                tables.signIns.put(name, at);
            }
        });
    }

    @Override
    public Map<UserName, AccountUse> uses(Collection<UserName> names, Instant now) {
        return storage.with(tables -> names.stream()
                .distinct()
                .filter(tables.accounts::containsKey)
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> new AccountUse(
                                tables.signIns.get(name), tables.keyUses.get(name), sessions(tables, name, now)))));
    }

    private static int sessions(InMemoryTables tables, UserName name, Instant now) {
        return (int) tables.sessions.values().stream()
                .filter(session ->
                        session.account().equals(name) && session.expires().isAfter(now))
                .count();
    }

    @Override
    public List<Account> all() {
        return storage.with(tables ->
                tables.accounts.values().stream().map(StoredAccount::account).toList());
    }

    private Optional<StoredAccount> stored(UserName name) {
        return storage.with(tables -> Optional.ofNullable(tables.accounts.get(name)));
    }
}

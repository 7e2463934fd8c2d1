package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountTokenRepository;

record InMemoryAccountTokens(InMemoryStorage storage) implements AccountTokenRepository {

    @Override
    public void add(String secret, AccountToken token) {
        storage.change(tables -> tables.accountTokens.put(secret, token));
    }

    @Override
    public Optional<AccountToken> find(String secret, Instant now) {
        return storage.with(tables -> Optional.ofNullable(tables.accountTokens.get(secret))
                .filter(token -> token.expires().isAfter(now)));
    }

    @Override
    public Optional<AccountToken> use(String secret, Instant now) {
        return storage.inTransaction(() -> {
            Optional<AccountToken> found = find(secret, now);
            found.ifPresent(token -> storage.change(tables -> tables.accountTokens.remove(secret)));
            return found;
        });
    }

    @Override
    public List<AccountToken> of(UserName account, Instant now) {
        return storage.with(tables -> tables.accountTokens.values().stream()
                .filter(token ->
                        token.account().equals(account) && token.expires().isAfter(now))
                .sorted(Comparator.comparing(AccountToken::expires).reversed())
                .toList());
    }

    @Override
    public void removeAll(UserName account) {
        storage.change(tables ->
                tables.accountTokens.values().removeIf(token -> token.account().equals(account)));
    }

    @Override
    public void removeExpired(Instant now) {
        storage.change(tables ->
                tables.accountTokens.values().removeIf(token -> !token.expires().isAfter(now)));
    }
}

package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.accounts.NamedKey;

record InMemoryApiKeys(InMemoryStorage storage) implements ApiKeyRepository {

    @Override
    public boolean add(NamedKey key, ApiKey secret) {
        return storage.with(tables -> {
            boolean known = tables.namedKeys.values().stream()
                    .anyMatch(other -> other.account().equals(key.account())
                            && other.name().equals(key.name()));
            if (known || !tables.accounts.containsKey(key.account())) {
                return false;
            }
            storage.change(same -> same.namedKeys.put(secret, key));
            return true;
        });
    }

    @Override
    public List<NamedKey> of(UserName account) {
        return storage.with(tables -> tables.namedKeys.values().stream()
                .filter(key -> key.account().equals(account))
                .sorted(Comparator.comparing(NamedKey::created).thenComparing(NamedKey::name))
                .toList());
    }

    @Override
    public boolean remove(UserName account, String name) {
        return storage.with(tables -> {
            boolean known = of(account).stream().anyMatch(key -> key.name().equals(name));
            storage.change(same -> same.namedKeys
                    .values()
                    .removeIf(key -> key.account().equals(account) && key.name().equals(name)));
            return known;
        });
    }

    @Override
    public void used(ApiKey secret, Instant at) {
        storage.change(tables -> {
            tables.namedKeys.computeIfPresent(
                    secret,
                    (same, key) -> new NamedKey(key.account(), key.name(), key.created(), later(key.used(), at)));
            tables.accounts.values().stream()
                    .filter(stored -> stored.key().equals(secret))
                    .forEach(stored -> tables.keyUses.merge(
                            stored.account().name(), at, (before, now) -> Objects.requireNonNull(later(before, now))));
        });
    }

    private static @Nullable Instant later(@Nullable Instant before, Instant now) {
        return before == null || now.isAfter(before) ? now : before;
    }
}

package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.SessionRepository;

record InMemorySessions(InMemoryStorage storage) implements SessionRepository {

    @Override
    public void begin(String secret, Session session) {
        storage.change(tables -> tables.sessions.put(secret, session));
    }

    @Override
    public Optional<Account> find(String secret, Instant now) {
        return storage.with(tables -> Optional.ofNullable(tables.sessions.get(secret))
                .filter(session -> session.expires().isAfter(now))
                .flatMap(session -> storage.accounts().find(session.account())));
    }

    @Override
    public void end(String secret) {
        storage.change(tables -> tables.sessions.remove(secret));
    }

    @Override
    public void endAll(UserName account, @Nullable String but) {
        storage.change(tables -> tables.sessions
                .entrySet()
                .removeIf(each -> each.getValue().account().equals(account)
                        && !each.getKey().equals(but)));
    }

    @Override
    public void removeExpired(Instant now) {
        storage.change(tables ->
                tables.sessions.values().removeIf(session -> !session.expires().isAfter(now)));
    }
}

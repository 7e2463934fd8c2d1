package org.librarypeers.app.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.library.LibraryStorage;

/** The further API keys of a storage. Changes by a person are recorded in their transaction. */
record AuditedApiKeys(LibraryStorage storage, AuditTrail trail) implements ApiKeyRepository {

    private ApiKeyRepository keys() {
        return storage.apiKeys();
    }

    @Override
    public boolean add(NamedKey key, ApiKey secret) {
        return storage.inTransaction(
                () -> recorded(AuditAction.API_KEY_ADDED, key.account(), key.name(), keys().add(key, secret)));
    }

    @Override
    public boolean remove(UserName account, String name) {
        return storage.inTransaction(
                () -> recorded(AuditAction.API_KEY_REMOVED, account, name, keys().remove(account, name)));
    }

    private boolean recorded(AuditAction action, UserName account, String name, boolean done) {
        if (done) {
            trail.record(new Note(action, AuditTrail.subject(account), Map.of("name", name)));
        }
        return done;
    }

    @Override
    public List<NamedKey> of(UserName account) {
        return keys().of(account);
    }

    @Override
    public void used(ApiKey secret, Instant at) {
        keys().used(secret, at);
    }
}

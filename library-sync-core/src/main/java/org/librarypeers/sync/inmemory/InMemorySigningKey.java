package org.librarypeers.sync.inmemory;

import java.util.Optional;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.bundles.SigningKeyRepository;

record InMemorySigningKey(InMemoryStorage storage) implements SigningKeyRepository {

    @Override
    public Optional<SigningKey> find() {
        return storage.with(tables -> Optional.ofNullable(tables.signingKey));
    }

    @Override
    public SigningKey saveFirst(SigningKey key) {
        storage.change(tables -> tables.signingKey = tables.signingKey == null ? key : tables.signingKey);
        return find().orElseThrow();
    }
}

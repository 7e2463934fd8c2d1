package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;

/** The further API keys of accounts, and when keys were used. {@link AccountRepository#findByApiKey} finds their accounts. */
public interface ApiKeyRepository {

    /**
     * Adds a key.
     *
     * @param secret the secret of the key; it must be new and random
     * @return false if the account has a key with this name already, or does not exist; nothing is saved then
     */
    boolean add(NamedKey key, ApiKey secret);

    /** Returns the keys of an account, the oldest first. */
    List<NamedKey> of(UserName account);

    /** Removes a key, which stops working immediately. Returns false if the account has no key with this name. */
    boolean remove(UserName account, String name);

    /**
     * Records when a key was used: one of these, or the own key of an account. Ignores a time before the recorded one. Does
     * nothing if no account has the key.
     */
    void used(ApiKey secret, Instant at);
}

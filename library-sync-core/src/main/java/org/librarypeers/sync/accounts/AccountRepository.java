package org.librarypeers.sync.accounts;

import org.librarypeers.sync.storage.SyncStorage;

import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;

/**
 * The accounts of this library. API keys are kept so that who reads the storage alone cannot use them; of passwords only
 * what the caller hashed them to.
 */
public interface AccountRepository {

    /**
     * Adds an account.
     *
     * @param passwordHash as the caller's password hashing made it
     * @throws DuplicateAccountException if there is one of that name, or with that key; nothing is saved then
     */
    void add(Account account, String passwordHash, ApiKey key);

    /**
     * Adds an account if there is none at all yet, of whatever name; of many who do this at once, one does.
     *
     * @return whether it was added
     */
    boolean addFirst(Account account, String passwordHash, ApiKey key);

    /** Replaces what the password of that account was hashed to. Does nothing if there is no such account. */
    void changePassword(UserName name, String passwordHash);

    /**
     * Replaces the key of that account. Does nothing if there is no such account.
     *
     * @throws DuplicateAccountException if another account has that key
     */
    void changeApiKey(UserName name, ApiKey key);

    /** Saves what an account may do and how it is reached; its password and key stay. Does nothing if there is none. */
    void update(Account account);

    /** The account of that name. */
    Optional<Account> find(UserName name);

    /**
     * As {@link #find}, and until the transaction around ends, others who call this for the same account, or change it, wait;
     * for {@link SyncStorage#inTransaction}.
     */
    Optional<Account> findForUpdate(UserName name);

    /** The account that has that key. */
    Optional<Account> findByApiKey(ApiKey key);

    /** The key of that account, to be shown to nobody but its owner. */
    Optional<ApiKey> apiKey(UserName name);

    /** What the password of that account was hashed to. */
    Optional<String> passwordHash(UserName name);

    /**
     * The active administrators, in the order of their names. Until the transaction around ends, others who call this
     * wait; for {@link SyncStorage#inTransaction}.
     */
    List<Account> adminsForUpdate();

    /** Returns whether there is no account at all. */
    default boolean isEmpty() {
        return all().isEmpty();
    }

    /** All accounts, in the order of their names. */
    List<Account> all();
}

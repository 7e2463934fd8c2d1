package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The accounts of this library. API keys are stored in a form that is useless to someone who can only read the storage.
 * Passwords are stored only as hashes that the caller computes.
 */
public interface AccountRepository {

    /**
     * Adds an account.
     *
     * @param account the account
     * @param passwordHash the output of the caller's password hashing
     * @param key the API key of the account
     * @throws DuplicateAccountException if an account with this name or key exists; nothing is saved
     */
    void add(Account account, String passwordHash, ApiKey key);

    /**
     * Adds an account if there are no accounts yet. If several callers do this concurrently, only one succeeds.
     *
     * @return whether the account was added
     */
    boolean addFirst(Account account, String passwordHash, ApiKey key);

    /** Replaces the password hash of an account. Does nothing if there is no such account. */
    void changePassword(UserName name, String passwordHash);

    /**
     * Replaces the password hash of an account by another one of the same password. Does nothing if there is no such account.
     *
     * <p>The default is {@link #changePassword}. A repository that treats a changed password as an event overrides it.
     */
    default void replacePasswordHash(UserName name, String passwordHash) {
        changePassword(name, passwordHash);
    }

    /**
     * Replaces the API key of an account. Does nothing if there is no such account.
     *
     * @throws DuplicateAccountException if another account has this key
     */
    void changeApiKey(UserName name, ApiKey key);

    /**
     * Saves the attributes of an account. Its password hash and API key are not changed. Does nothing if there is no
     * such account.
     */
    void update(Account account);

    /** Returns the account with this name. */
    Optional<Account> find(UserName name);

    /**
     * Returns the account like {@link #find} and locks it until the end of the transaction. Other callers of this
     * method and writers of the account wait. Call it within {@link SyncStorage#inTransaction}.
     */
    Optional<Account> findForUpdate(UserName name);

    /** Returns the account with this API key: its own, or one of its {@link NamedKey}s. */
    Optional<Account> findByApiKey(ApiKey key);

    /** Returns the API key of an account. Show it only to the owner of the account. */
    Optional<ApiKey> apiKey(UserName name);

    /** Returns the password hash of an account. */
    Optional<String> passwordHash(UserName name);

    /**
     * Returns the active administrators, ordered by name, and locks them until the end of the transaction. Other
     * callers of this method wait. Call it within {@link SyncStorage#inTransaction}.
     */
    List<Account> adminsForUpdate();

    /** Records that somebody signed in to an account. Does nothing if there is no such account. */
    void signedIn(UserName name, Instant at);

    /**
     * Returns the last uses of accounts, by name. Accounts that do not exist are left out.
     *
     * @param now the time at which sessions count as open
     */
    Map<UserName, AccountUse> uses(Collection<UserName> names, Instant now);

    /** Returns whether there are no accounts. */
    default boolean isEmpty() {
        return all().isEmpty();
    }

    /** Returns all accounts, ordered by name. */
    List<Account> all();
}

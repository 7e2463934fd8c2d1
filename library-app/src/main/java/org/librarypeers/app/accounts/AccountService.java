package org.librarypeers.app.accounts;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.AccountRepository;
import org.librarypeers.sync.port.DuplicateAccountException;

/** Makes accounts and tells who signs in. Safe for use by many threads. */
public final class AccountService {

    private static final int KEY_BYTES = 20;
    private static final String NOBODYS_HASH = Passwords.hash("of a password that nobody has");

    private final AccountRepository accounts;
    private final SecureRandom random = new SecureRandom();

    /** A service on these accounts. */
    public AccountService(AccountRepository accounts) {
        this.accounts = accounts;
    }

    /**
     * Makes an account, with a new API key.
     *
     * @throws IllegalArgumentException if the e-mail address is none, or the password too short
     * @throws DuplicateAccountException if the name is taken
     */
    public Account create(UserName name, Role role, @Nullable String email, String password) {
        Account account = new Account(name, email, role);
        accounts.add(account, Passwords.hash(password), newKey());
        return account;
    }

    /**
     * Says whether programs may write in the name of that account.
     *
     * @return the account as it is now; nothing if there is none
     */
    public Optional<Account> allowWriting(UserName name, boolean allowed) {
        Optional<Account> changed = accounts.find(name).map(account -> account.writingApi(allowed));
        changed.ifPresent(accounts::update);
        return changed;
    }

    /** 40 hexadecimal digits, as existing sites have. */
    private ApiKey newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new ApiKey(HexFormat.of().formatHex(key));
    }

    /** The key of that account; nothing if there is no such account. */
    public Optional<ApiKey> apiKey(UserName name) {
        return accounts.apiKey(name);
    }

    /** The account of a program that shows a user name and a key, if they belong together and the account is active. */
    public Optional<Account> withApiKey(String user, String key) {
        try {
            return accounts.findByApiKey(new ApiKey(key))
                    .filter(account ->
                            account.active() && account.name().value().equals(user));
        } catch (IllegalArgumentException e) {
            // What cannot be a key is nobody's.
            return Optional.empty();
        }
    }

    /** The account of somebody who shows a name and a password, if they belong together and the account is active. */
    public Optional<Account> withPassword(UserName name, String password) {
        // Also for a name that nobody has, so that it takes as long.
        String hash = accounts.passwordHash(name).orElse(NOBODYS_HASH);
        boolean matches = Passwords.matches(password, hash);
        return accounts.find(name).filter(account -> matches && account.active());
    }
}

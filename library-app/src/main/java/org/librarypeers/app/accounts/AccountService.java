package org.librarypeers.app.accounts;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.library.LibraryStorage;

/** A service that creates, changes and authenticates accounts. Thread-safe. */
public final class AccountService {

    /** The minimum length of a password, in Unicode code points. */
    public static final int SHORTEST_PASSWORD = Passwords.SHORTEST;

    /** The maximum length of a password, in Unicode code points. */
    public static final int LONGEST_PASSWORD = Passwords.LONGEST;

    private static final Set<String> RESERVED = Set.of("new", ".", "..");

    private final LibraryStorage storage;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final ApiKeys apiKeys;
    private final Clock clock;

    /** Creates a service on the accounts of this storage. */
    public AccountService(LibraryStorage storage) {
        this(storage, PasswordCost.DEFAULT, Clock.systemUTC());
    }

    /** Creates a service on the accounts of this storage that hashes passwords at this cost. */
    public AccountService(LibraryStorage storage, PasswordCost cost, Clock clock) {
        this.clock = clock;
        this.apiKeys = new ApiKeys(storage, clock);
        this.storage = storage;
        this.accounts = storage.accounts();
        this.passwords = new Passwords(cost);
    }

    /**
     * Returns whether a name is reserved: the library's own name, or one that cannot be used in the URL of an account.
     */
    public static boolean isReserved(UserName name) {
        return name.equals(UserName.SYSTEM) || RESERVED.contains(name.value());
    }

    /**
     * Returns whether a password would be among the first guesses for an account.
     *
     * @param name the user name of the account
     * @param email its e-mail address; may be null or empty
     */
    public static boolean isCommonPassword(String password, UserName name, @Nullable String email) {
        return Passwords.isCommon(password, known(name, email));
    }

    private static List<String> known(UserName name, @Nullable String email) {
        return email == null || email.isEmpty() ? List.of(name.value()) : List.of(name.value(), email);
    }

    /**
     * Creates an account with a new API key.
     *
     * @throws IllegalArgumentException if the e-mail address is invalid, or the password is too short, too long or too
     *     common
     * @throws DuplicateAccountException if the name is taken
     * @throws LookalikeNameException if people would confuse the name with an existing one
     */
    public Account create(UserName name, Role role, @Nullable String email, String password) {
        Account account = distinct(new Account(name, email, role));
        accounts.add(account, passwords.hash(password, known(name, email)), apiKeys.random());
        return account;
    }

    /**
     * Creates an account with a new API key and without a password. Nobody can sign in to it until a password is set.
     *
     * @throws IllegalArgumentException if the e-mail address is invalid
     * @throws DuplicateAccountException if the name is taken
     * @throws LookalikeNameException if people would confuse the name with an existing one
     */
    public Account createWithoutPassword(UserName name, Role role, String email) {
        Account account = distinct(new Account(name, email, role));
        accounts.add(account, passwords.nobodysHash(), apiKeys.random());
        return account;
    }

    /** Returns whether {@link #withPassword} can check passwords against a hash that an existing site stored. */
    public static boolean canCheck(String passwordHash) {
        return DjangoPassword.isHash(passwordHash);
    }

    /**
     * Adds an account of a site that moves here.
     *
     * @param into the repository, which records nothing in the audit log
     * @param passwordHash the hash of the password that the site stored, see {@link #canCheck}; null for none, so that nobody can sign
     *     in until a password is set
     * @param key the API key; null for a new one
     * @throws DuplicateAccountException if the name or the key is taken
     */
    public void addMoved(AccountRepository into, Account account, @Nullable String passwordHash, @Nullable ApiKey key) {
        into.add(
                account,
                passwordHash == null ? passwords.nobodysHash() : passwordHash,
                key == null ? apiKeys.random() : key);
    }

    /**
     * Returns the hash that replaces the hash of another program, after the password was checked. Empty if the hash is one of this
     * program.
     */
    Optional<String> replacement(String passwordHash, String password) {
        return DjangoPassword.isHash(passwordHash) ? Optional.of(passwords.replacement(password)) : Optional.empty();
    }

    private Account distinct(Account account) {
        UserName name = account.name();
        Stream<UserName> others = accounts.all().stream().map(Account::name);
        Lookalikes.find(name, Stream.concat(Stream.of(UserName.SYSTEM), others)).ifPresent(other -> {
            throw new LookalikeNameException(name, other);
        });
        return account;
    }

    /**
     * Sets whether programs may write as this account.
     *
     * @return the account after the change, or an empty {@code Optional} if there is no such account
     */
    public Optional<Account> allowWriting(UserName name, boolean allowed) {
        return change(name, account -> account.writingApi(allowed));
    }

    /**
     * Creates the first account, which is an administrator.
     *
     * @return the account, or an empty {@code Optional} if there already is an account
     * @throws IllegalArgumentException under the same conditions as {@link #create}
     */
    Optional<Account> createFirst(UserName name, @Nullable String email, String password) {
        Account account = distinct(new Account(name, email, Role.ADMIN));
        String hash = passwords.hash(password, known(name, email));
        return accounts.addFirst(account, hash, apiKeys.random()) ? Optional.of(account) : Optional.empty();
    }

    /** Returns the account with this name, or an empty {@code Optional} if there is no such account. */
    public Optional<Account> find(UserName name) {
        return accounts.find(name);
    }

    /** Returns whether there are no accounts. */
    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Returns all accounts, ordered by name. */
    public List<Account> all() {
        return accounts.all();
    }

    /**
     * Changes the role and the details of an account, starting from its current state. The account is locked during the change,
     * so that concurrent changes are not lost. An account that is inactive after the change is signed out everywhere. If it is
     * inactive or has another e-mail address, links that set its password no longer work.
     *
     * <p>If the change throws an exception, nothing is saved and the exception is passed on.
     *
     * @return the account after the change. An empty {@code Optional} means that nothing was saved, because there is no
     *     such account, or because it is the last active administrator and would no longer be one
     */
    public Optional<Account> change(UserName name, UnaryOperator<Account> change) {
        return storage.inTransaction(() -> {
            // Locks the administrators first. If two of them demote each other, the second change sees the first.
            List<Account> admins = accounts.adminsForUpdate();
            boolean isLast = admins.size() == 1 && admins.get(0).name().equals(name);
            Optional<Account> before = accounts.findForUpdate(name);
            Optional<Account> changed = before.map(change).filter(account -> account.isActiveAdmin() || !isLast);
            changed.ifPresent(after -> save(before.orElseThrow(), after));
            return changed;
        });
    }

    private void save(Account before, Account after) {
        accounts.update(after);
        if (!after.active()) {
            storage.sessions().endAll(after.name(), null);
        }
        if (!after.active() || !Objects.equals(before.email(), after.email())) {
            // The links are in the mailbox of the earlier address, which may belong to another person.
            storage.accountTokens().removeAll(after.name());
        }
    }

    /**
     * Changes the password of an account, and ends its other sessions. Links that set a password of this account no longer work.
     *
     * @param session the secret of the session to keep; null to end all sessions
     * @throws IllegalArgumentException if the password is too short, too long or too common
     */
    public void changePassword(UserName name, String password, @Nullable String session) {
        String hash = passwords.hash(password, known(name, null));
        storage.inTransaction(() -> {
            accounts.changePassword(name, hash);
            storage.sessions().endAll(name, session);
            storage.accountTokens().removeAll(name);
        });
    }

    /** Replaces the API key of an account. The previous key stops working immediately. */
    public void renewApiKey(UserName name) {
        accounts.changeApiKey(name, apiKeys.random());
    }

    /** Returns the further API keys of accounts. */
    public ApiKeys apiKeys() {
        return apiKeys;
    }

    /** Returns the last uses of accounts, by name. */
    public Map<UserName, AccountUse> uses(Collection<UserName> names) {
        return accounts.uses(names, clock.instant());
    }

    /**
     * Ends all sessions of an account.
     *
     * @param session the secret of the session to keep; null to end all
     */
    public void signOutEverywhere(UserName name, @Nullable String session) {
        storage.sessions().endAll(name, session);
    }

    /** Returns the API key of an account, or an empty {@code Optional} if there is no such account. */
    public Optional<ApiKey> apiKey(UserName name) {
        return accounts.apiKey(name);
    }

    /**
     * Returns the active account with this user name and API key. If there is no such account, logs it and returns an
     * empty {@code Optional}.
     *
     * @param address the address of the client
     */
    public Optional<Account> withApiKey(String user, String key, String address) {
        Optional<Account> account = withApiKey(user, key);
        if (account.isEmpty()) {
            FailedSignIns.wrongApiKey(address, named(user).orElse(null));
        }
        return account;
    }

    private Optional<Account> named(String user) {
        try {
            return accounts.find(new UserName(user));
        } catch (IllegalArgumentException e) {
            // The text is not a valid name.
            return Optional.empty();
        }
    }

    /**
     * Returns the active account with this user name and API key, or an empty {@code Optional} if there is no such account. Logs
     * nothing.
     */
    public Optional<Account> withApiKey(String user, String key) {
        try {
            ApiKey secret = new ApiKey(key);
            Optional<Account> account = accounts.findByApiKey(secret)
                    .filter(found -> found.active() && found.name().value().equals(user));
            if (account.isPresent()) {
                apiKeys.used(secret);
            }
            return account;
        } catch (IllegalArgumentException e) {
            // The text is not a valid key.
            return Optional.empty();
        }
    }

    /** Returns the active account with this name and password, or an empty {@code Optional} if there is no such account. */
    public Optional<Account> withPassword(UserName name, String password) {
        // An unknown name is checked against another hash, so that the check takes equally long.
        String hash = accounts.passwordHash(name).orElse(passwords.nobodysHash());
        boolean matches = Passwords.matches(password, hash);
        return accounts.find(name).filter(account -> matches && account.active());
    }
}

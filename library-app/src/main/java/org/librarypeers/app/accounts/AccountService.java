package org.librarypeers.app.accounts;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.library.LibraryStorage;

/** Makes accounts and tells who signs in. Safe for use by many threads. */
public final class AccountService {

    private static final int KEY_BYTES = 20;
    private static final String NOBODYS_HASH = Passwords.hashOf("of a password that nobody has");

    /** The fewest characters of a password. */
    public static final int SHORTEST_PASSWORD = Passwords.SHORTEST;

    /** The most characters of a password. */
    public static final int LONGEST_PASSWORD = Passwords.LONGEST;

    private static final Set<String> RESERVED = Set.of("new", ".", "..");

    private final LibraryStorage storage;
    private final AccountRepository accounts;
    private final SecureRandom random = new SecureRandom();

    /** A service on the accounts of that storage. */
    public AccountService(LibraryStorage storage) {
        this.storage = storage;
        this.accounts = storage.accounts();
    }

    /** Whether nobody may have that name: the library's own, and those that an address would not lead to. */
    public static boolean isReserved(UserName name) {
        return name.equals(UserName.SYSTEM) || RESERVED.contains(name.value());
    }

    /**
     * Returns whether that password is among the first that somebody would try for that account.
     *
     * @param name the user name of the account
     * @param email its e-mail address; null or empty for none
     */
    public static boolean isCommonPassword(String password, UserName name, @Nullable String email) {
        return Passwords.isCommon(password, known(name, email));
    }

    private static List<String> known(UserName name, @Nullable String email) {
        return email == null || email.isEmpty() ? List.of(name.value()) : List.of(name.value(), email);
    }

    /**
     * Makes an account, with a new API key.
     *
     * @throws IllegalArgumentException if the e-mail address is not valid, or the password too short, too long or too common
     * @throws DuplicateAccountException if the name is taken
     */
    public Account create(UserName name, Role role, @Nullable String email, String password) {
        Account account = new Account(name, email, role);
        accounts.add(account, Passwords.hash(password, known(name, email)), newKey());
        return account;
    }

    /**
     * Says whether programs may write in the name of that account.
     *
     * @return the account as it is now; nothing if there is none
     */
    public Optional<Account> allowWriting(UserName name, boolean allowed) {
        return change(name, account -> account.writingApi(allowed));
    }

    /**
     * Makes the first account, which runs the library.
     *
     * @return the account; nothing if somebody was quicker
     * @throws IllegalArgumentException as {@link #create}
     */
    Optional<Account> createFirst(UserName name, @Nullable String email, String password) {
        Account account = new Account(name, email, Role.ADMIN);
        String hash = Passwords.hash(password, known(name, email));
        return accounts.addFirst(account, hash, newKey()) ? Optional.of(account) : Optional.empty();
    }

    /** The account of that name. */
    public Optional<Account> find(UserName name) {
        return accounts.find(name);
    }

    /** Returns whether there is no account at all. */
    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** All accounts, in the order of their names. */
    public List<Account> all() {
        return accounts.all();
    }

    /**
     * Changes what an account may do and how it is reached, from what it is at that moment. What the change sets stands,
     * whatever others set just before; what it leaves alone stays as they set it. One that is not active any more is signed
     * out everywhere.
     *
     * <p>A change that throws changes nothing, and what it throws is thrown on.
     *
     * @return the account as it is now; nothing if there is none, or if it is the last active administrator and would not
     *     be one any more: then nothing changes
     */
    public Optional<Account> change(UserName name, UnaryOperator<Account> change) {
        return storage.inTransaction(() -> {
            // First the administrators, so that of two who take the role from each other the second sees what the first
            // did.
            List<Account> admins = accounts.adminsForUpdate();
            boolean isLast = admins.size() == 1 && admins.get(0).name().equals(name);
            Optional<Account> changed =
                    accounts.findForUpdate(name).map(change).filter(account -> account.isActiveAdmin() || !isLast);
            changed.ifPresent(this::save);
            return changed;
        });
    }

    private void save(Account account) {
        accounts.update(account);
        if (!account.active()) {
            storage.sessions().endAll(account.name(), null);
        }
    }

    /**
     * Gives an account another password, and signs it out everywhere else.
     *
     * @param session the secret of the session that goes on; null for none
     * @throws IllegalArgumentException if it is too short, too long or too common
     */
    public void changePassword(UserName name, String password, @Nullable String session) {
        String hash = Passwords.hash(password, known(name, null));
        storage.inTransaction(() -> {
            accounts.changePassword(name, hash);
            storage.sessions().endAll(name, session);
        });
    }

    /** Gives an account another API key. The one before stops working at once. */
    public void renewApiKey(UserName name) {
        accounts.changeApiKey(name, newKey());
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

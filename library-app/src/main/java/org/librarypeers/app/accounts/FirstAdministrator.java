package org.librarypeers.app.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.UserName;

/**
 * The creation of the first account of a library. It requires a token that only the person who starts the library sees.
 * The token is derived from the secret key of the library, so it is the same on every node and after each start. It
 * works until there is an account.
 */
public final class FirstAdministrator {

    private static final int TOKEN_BYTES = 20;

    private final AccountService accounts;
    private final String token;

    /** True once there has been an account. Accounts are never deleted. */
    private volatile boolean created;

    /** Creates an instance for a library with this secret key. */
    public FirstAdministrator(AccountService accounts, LibraryId library, byte[] secretKey) {
        this.accounts = accounts;
        this.token = token(library, secretKey);
    }

    private static String token(LibraryId library, byte[] secretKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey, "HmacSHA256"));
            byte[] drawn = mac.doFinal(("first administrator of " + library).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(drawn, 0, TOKEN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * Returns the token, or an empty {@code Optional} if there already is an account. Show it only to the person who
     * starts the library.
     */
    public Optional<String> token() {
        return accounts.isEmpty() ? Optional.of(token) : Optional.empty();
    }

    /** Returns whether the library has no account yet, so that nobody can sign in. */
    public boolean isAwaited() {
        if (!created) {
            created = !accounts.isEmpty();
        }
        return !created;
    }

    /** Returns whether the text is the token and there is no account yet. */
    public boolean admits(String shown) {
        return ConstantTime.equal(shown, token) && accounts.isEmpty();
    }

    /**
     * Creates the first account, which is an administrator.
     *
     * @param shown the token that the user entered
     * @return the account, or an empty {@code Optional} if the token is wrong or there already is an account
     * @throws IllegalArgumentException if the e-mail address is invalid, or the password is too short, too long or too
     *     common
     */
    public Optional<Account> create(String shown, UserName name, @Nullable String email, String password) {
        return admits(shown) ? accounts.createFirst(name, email, password) : Optional.empty();
    }
}

package org.librarypeers.app.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.UserName;

/**
 * Lets whoever started a library without accounts make the first one, with a token that only they were told. It is drawn from
 * the library's secret key, so that it is the same on every node and after each start; it works until there is an account.
 */
public final class FirstAdministrator {

    private static final int TOKEN_BYTES = 20;

    private final AccountService accounts;
    private final String token;

    /** For that library, with its secret key. */
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

    /** The token, for whoever starts the library; nothing if there is an account. */
    public Optional<String> token() {
        return accounts.isEmpty() ? Optional.of(token) : Optional.empty();
    }

    /** Returns whether the library has no account yet, so that nobody can sign in. */
    public boolean isAwaited() {
        return accounts.isEmpty();
    }

    /** Whether that is the token, and still works. */
    public boolean admits(String shown) {
        boolean same =
                MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return same && accounts.isEmpty();
    }

    /**
     * Makes the account.
     *
     * @return the account; nothing if the token is another, or there is an account already
     * @throws IllegalArgumentException if the e-mail address is not valid, or the password too short or too long
     */
    public Optional<Account> create(String shown, UserName name, @Nullable String email, String password) {
        return admits(shown) ? accounts.createFirst(name, email, password) : Optional.empty();
    }
}

package org.librarypeers.app.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.SessionRepository;
import org.librarypeers.sync.port.Storage;

/** Who is signed in with a browser. Safe for use by many threads. */
public final class SignIns {

    /** The cookie that holds a session's secret. */
    public static final String SESSION_COOKIE = "sessionid";

    /** The cookie that holds the token which a page sends back when it writes. */
    public static final String TOKEN_COOKIE = "csrftoken";

    /** How long a session lasts. */
    public static final Duration LASTS = Duration.ofDays(14);

    private static final int SECRET_BYTES = 32;
    private static final int MOST_FAILURES = 10;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final AccountService accounts;
    private final Storage storage;
    private final Clock clock;
    private final Map<UserName, Failures> failures = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** Sign-ins to the accounts of that storage. */
    public SignIns(AccountService accounts, Storage storage, Clock clock) {
        this.accounts = accounts;
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Begins a session for who knows the password; returns its secret, or nothing if name and password do not belong together,
     * or were tried wrong too often in the last minutes.
     */
    public Optional<String> signIn(UserName name, String password) {
        Instant now = clock.instant();
        failures.values()
                .removeIf(failed -> failed.since().plus(FORGOTTEN_AFTER).isBefore(now));
        Failures before = failures.getOrDefault(name, new Failures(0, now));
        if (before.count() >= MOST_FAILURES) {
            return Optional.empty();
        }
        Optional<Account> account = accounts.withPassword(name, password);
        if (account.isEmpty()) {
            failures.merge(name, new Failures(1, now), (old, one) -> new Failures(old.count() + 1, old.since()));
        } else {
            failures.remove(name);
        }
        return account.map(known -> begin(known.name()));
    }

    /**
     * Wrong passwords for one name.
     *
     * @param since when the first of them was tried
     */
    private record Failures(int count, Instant since) {}

    private String begin(UserName name) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        storage.sessions().removeExpired(now);
        storage.sessions().begin(secret, new SessionRepository.Session(name, now.plus(LASTS)));
        return secret;
    }

    /** The account of that session, if the session lasts and the account is active. */
    public Optional<Account> account(String secret) {
        return storage.sessions()
                .find(secret, clock.instant())
                .flatMap(session -> storage.accounts().find(session.account()))
                .filter(Account::active);
    }

    /** The token that pages of that session send back when they write: whoever can only make the browser ask cannot know it. */
    public String token(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(("csrf:" + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether that is the session's token. */
    public boolean isToken(String secret, @Nullable String token) {
        return token != null
                && MessageDigest.isEqual(
                        token(secret).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the session. */
    public void signOut(String secret) {
        storage.sessions().end(secret);
    }
}

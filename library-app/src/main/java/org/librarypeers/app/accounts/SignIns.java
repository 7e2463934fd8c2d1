package org.librarypeers.app.accounts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.AttemptLog;
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
    private static final int IPV6_BYTES = 16;
    private static final int LONGEST_ADDRESS = 100;
    private static final int MOST_FOR_NAME = 10;
    private static final int MOST_FROM_ADDRESS = 30;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final AccountService accounts;
    private final Storage storage;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Sign-ins to the accounts of that storage. */
    public SignIns(AccountService accounts, Storage storage, Clock clock) {
        this.accounts = accounts;
        this.storage = storage;
        this.clock = clock;
    }

    /** What came of signing in. */
    public sealed interface Outcome {

        /**
         * A session has begun.
         *
         * @param secret what the browser shows to go on with it
         */
        record SignedIn(Account account, String secret) implements Outcome {}

        /** Name and password do not belong together, or nobody has that name, or the account is not active. */
        record Wrong() implements Outcome {}

        /**
         * It was tried wrong too often, for that name or from that address.
         *
         * @param until when it may be tried again
         */
        record Later(Instant until) implements Outcome {}
    }

    /**
     * Begins a session for who knows the password. Ten wrong ones for one name, or thirty from one address, within a quarter of
     * an hour are all that are looked at, whether or not anybody has the name.
     *
     * @param address from where somebody signs in, as the request says; of an IPv6 address its network counts. Behind a proxy
     *     that is what the proxy says. Where there is none, whoever asks may say what they like, and only the limit of the
     *     name holds.
     */
    public Outcome signIn(UserName name, String password, String address) {
        Optional<String> hash = storage.accounts().passwordHash(name);
        Outcome outcome = check(name, password, address);
        return outcome instanceof Outcome.SignedIn && hash.isPresent() ? begin(name, hash.get()) : outcome;
    }

    /** As {@link #signIn}, and begins no session: the secret is empty. */
    public Outcome check(UserName name, String password, String address) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AttemptLog attempts = storage.attempts();
        String fromAddress = "sign-in from " + network(address);
        String forName = "sign-in as " + name;
        Optional<Instant> later = attempts.admit(fromAddress, MOST_FROM_ADDRESS, now, FORGOTTEN_AFTER)
                .or(() -> attempts.admit(forName, MOST_FOR_NAME, now, FORGOTTEN_AFTER));
        if (later.isPresent()) {
            return new Outcome.Later(later.get());
        }
        Optional<Account> account = accounts.withPassword(name, password);
        if (account.isEmpty()) {
            return new Outcome.Wrong();
        }
        attempts.forget(forName);
        attempts.forget(fromAddress, now);
        return new Outcome.SignedIn(account.get(), "");
    }

    /** Whoever has one IPv6 address mostly has all of its network. */
    private static String network(String address) {
        if (address.length() > LONGEST_ADDRESS) {
            return "nowhere";
        }
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // An address in figures is not looked up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == IPV6_BYTES
                    ? HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2)
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** Unless the password was changed, or the account made inactive, since: that ends all sessions, and this is one. */
    private Outcome begin(UserName name, String hash) {
        return storage.inTransaction(() -> storage.accounts()
                .findForUpdate(name)
                .filter(Account::active)
                .filter(account ->
                        storage.accounts().passwordHash(name).orElse("").equals(hash))
                .<Outcome>map(account -> new Outcome.SignedIn(account, begin(name)))
                .orElse(new Outcome.Wrong()));
    }

    /** Begins a session of that account, without a password. */
    public String begin(UserName name) {
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
        return storage.sessions().find(secret, clock.instant()).filter(Account::active);
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

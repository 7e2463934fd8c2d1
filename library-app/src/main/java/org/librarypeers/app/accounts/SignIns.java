package org.librarypeers.app.accounts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AttemptLog;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.library.LibraryStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is signed in with a browser. Safe for use by many threads. */
public final class SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    /** The cookie that holds a session's secret. */
    public static final String SESSION_COOKIE = "sessionid";

    /** The cookie that holds the token which a page sends back when it writes. */
    public static final String TOKEN_COOKIE = "csrftoken";

    /** The cookie that says in which browsers an account was signed in before. */
    public static final String BROWSER_COOKIE = "browser";

    /** How long a browser is known. */
    public static final Duration BROWSER_LASTS = Duration.ofDays(365);

    /** How long a session lasts. */
    public static final Duration LASTS = Duration.ofDays(14);

    private static final int SECRET_BYTES = 32;
    private static final int IPV6_BYTES = 16;
    private static final int LONGEST_ADDRESS = 100;
    private static final int MOST_FOR_NAME = 10;
    private static final int MOST_FROM_ADDRESS = 30;
    private static final int MOST_FOR_NAME_FROM_EVERYWHERE = 100;
    private static final int NONCE_BYTES = 16;
    private static final int LONGEST_BROWSER = 200;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final AccountService accounts;
    private final LibraryStorage storage;
    private final Clock clock;
    private final byte[] secretKey;
    private final SecureRandom random = new SecureRandom();

    /** Sign-ins to the accounts of that storage; the secret key is the library's. */
    public SignIns(AccountService accounts, LibraryStorage storage, Clock clock, byte[] secretKey) {
        this.accounts = accounts;
        this.storage = storage;
        this.clock = clock;
        this.secretKey = secretKey.clone();
    }

    /** What came of signing in. */
    public sealed interface SignInResult {

        /**
         * A session has begun.
         *
         * @param secret what the browser shows to go on with it
         */
        record SignedIn(Account account, String secret) implements SignInResult {}

        /** Name and password do not belong together, or nobody has that name, or the account is not active. */
        record Wrong() implements SignInResult {}

        /**
         * It was tried wrong too often, for that name or from that address.
         *
         * @param until when it may be tried again
         */
        record Later(Instant until) implements SignInResult {}
    }

    /**
     * Begins a session for who knows the password. Whoever guesses is slowed down, whether or not anybody has the name: after ten
     * wrong passwords for a name from one address, thirty from one address, or a hundred for a name from everywhere, within a
     * quarter of an hour, each further one has to wait longer. A browser in which the account was signed in before is counted apart,
     * so that guesses of others do not keep the owner of the account out.
     *
     * @param caller where the request comes from
     */
    public SignInResult signIn(UserName name, String password, Caller caller) {
        Optional<String> hash = storage.accounts().passwordHash(name);
        SignInResult outcome = check(name, password, caller);
        return outcome instanceof SignInResult.SignedIn && hash.isPresent() ? begin(name, hash.get()) : outcome;
    }

    /**
     * Where a request comes from.
     *
     * @param address as the request says; of an IPv6 address its network counts. Behind a proxy that is what the proxy says. Where
     *     there is none, whoever asks may say what they like, and only the limits of the name hold.
     * @param browser what {@link #browser} gave to that browser; null if it shows nothing
     */
    public record Caller(String address, @Nullable String browser) {}

    /** As {@link #signIn}, and begins no session: the secret is empty. */
    public SignInResult check(UserName name, String password, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AttemptLog attempts = storage.attempts();
        Map<String, Integer> limits = limits(name, caller);
        for (Map.Entry<String, Integer> limit : limits.entrySet()) {
            Optional<Instant> later = attempts.admit(limit.getKey(), limit.getValue(), now, FORGOTTEN_AFTER);
            if (later.isPresent()) {
                return new SignInResult.Later(later.get());
            }
        }
        Optional<Account> account = accounts.withPassword(name, password);
        if (account.isEmpty()) {
            LOG.warn("Sign-in as {} from {} failed", name, shown(caller.address()));
            return new SignInResult.Wrong();
        }
        String fromAddress = fromAddress(caller);
        limits.keySet().stream().filter(subject -> !subject.equals(fromAddress)).forEach(attempts::forget);
        // Others at that address may go on guessing.
        attempts.forget(fromAddress, now);
        return new SignInResult.SignedIn(account.get(), "");
    }

    /** Notes that somebody tried to sign in with what is no name; what was typed may be a password, and is not logged. */
    public SignInResult withoutName(Caller caller) {
        LOG.warn("Sign-in from {} failed: the user name is not one", shown(caller.address()));
        return new SignInResult.Wrong();
    }

    /** Returns how many attempts are free, by what is counted, in the order in which they are counted. */
    private Map<String, Integer> limits(UserName name, Caller caller) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        Optional<String> known = Optional.ofNullable(caller.browser()).filter(shown -> isBrowserOf(name, shown));
        if (known.isPresent()) {
            limits.put("sign-in as " + name + " with browser " + nonce(known.get()), MOST_FOR_NAME);
        } else {
            limits.put(fromAddress(caller), MOST_FROM_ADDRESS);
            limits.put("sign-in as " + name + " from " + network(caller.address()), MOST_FOR_NAME);
            limits.put("sign-in as " + name, MOST_FOR_NAME_FROM_EVERYWHERE);
        }
        return limits;
    }

    private static String fromAddress(Caller caller) {
        return "sign-in from " + network(caller.address());
    }

    /** Callers may write into it what they like. */
    private static String shown(String address) {
        String readable = address.replaceAll("[^\\x21-\\x7e]", "?");
        return readable.length() > LONGEST_ADDRESS ? readable.substring(0, LONGEST_ADDRESS) + "…" : readable;
    }

    /**
     * Returns what a browser shows from now on to be known as one in which that account was signed in. It ends with the account's
     * password, and signs nobody in.
     */
    public String browser(UserName name) {
        String nonce = random(NONCE_BYTES);
        return nonce + "." + proof(name, nonce);
    }

    private boolean isBrowserOf(UserName name, String shown) {
        String nonce = nonce(shown);
        return shown.length() <= LONGEST_BROWSER
                && MessageDigest.isEqual(
                        (nonce + "." + proof(name, nonce)).getBytes(StandardCharsets.UTF_8),
                        shown.getBytes(StandardCharsets.UTF_8));
    }

    private static String nonce(String shown) {
        return shown.replaceAll("\\..*", "");
    }

    private String proof(UserName name, String nonce) {
        String hash = storage.accounts().passwordHash(name).orElse("");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey, "HmacSHA256"));
            byte[] proof =
                    mac.doFinal(("browser " + nonce + " of " + name + " " + hash).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
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
    private SignInResult begin(UserName name, String hash) {
        return storage.inTransaction(() -> storage.accounts()
                .findForUpdate(name)
                .filter(Account::active)
                .filter(account ->
                        storage.accounts().passwordHash(name).orElse("").equals(hash))
                .<SignInResult>map(account -> new SignInResult.SignedIn(account, begin(name)))
                .orElse(new SignInResult.Wrong()));
    }

    /** Begins a session of that account, without a password. */
    public String begin(UserName name) {
        String secret = random(SECRET_BYTES);
        Instant now = clock.instant();
        storage.sessions().removeExpired(now);
        storage.sessions().begin(secret, new SessionRepository.Session(name, now.plus(LASTS)));
        return secret;
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
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

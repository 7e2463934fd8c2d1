package org.librarypeers.app.accounts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Sha256;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.RateLimit;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.library.LibraryStorage;

/** A service for the sign-ins and sessions of browsers. Thread-safe. */
public final class SignIns {

    /** The name of the cookie that holds the secret of a session. */
    public static final String SESSION_COOKIE = "sessionid";

    /** The name of the cookie that holds the CSRF token, which pages send back with each write. */
    public static final String TOKEN_COOKIE = "csrftoken";

    /** The name of the cookie that proves that an account was signed in with this browser before. */
    public static final String BROWSER_COOKIE = "browser";

    /** The lifetime of the browser cookie. */
    public static final Duration BROWSER_COOKIE_LIFETIME = Duration.ofDays(365);

    /** The lifetime of a session. */
    public static final Duration SESSION_LIFETIME = Duration.ofDays(14);

    private static final int SECRET_BYTES = 32;
    private static final int IPV6_BYTES = 16;
    private static final int LONGEST_ADDRESS = 100;
    private static final int NONCE_BYTES = 16;
    private static final int LONGEST_BROWSER = 200;

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final RateLimit FOR_NAME = RateLimit.slowing(10, WINDOW);
    private static final RateLimit FROM_ADDRESS = RateLimit.slowing(30, WINDOW);
    private static final RateLimit FOR_NAME_FROM_EVERYWHERE = RateLimit.slowing(100, WINDOW);

    private final AccountService accounts;
    private final LibraryStorage storage;
    private final Clock clock;
    private final byte[] secretKey;
    private final Consumer<SignInResult> refused;
    private final SecureRandom random = new SecureRandom();

    /**
     * Creates a service for the accounts of this storage.
     *
     * @param secretKey the secret key of the library
     * @param refused receives the result of each sign-in that is refused
     */
    public SignIns(
            AccountService accounts,
            LibraryStorage storage,
            Clock clock,
            byte[] secretKey,
            Consumer<SignInResult> refused) {
        this.accounts = accounts;
        this.storage = storage;
        this.clock = clock;
        this.secretKey = secretKey.clone();
        this.refused = refused;
    }

    /** The result of a sign-in. */
    public sealed interface SignInResult {

        /**
         * A successful sign-in.
         *
         * @param secret the secret of the new session; empty if none was begun
         */
        record SignedIn(Account account, String secret) implements SignInResult {}

        /** A failed sign-in: the name is unknown, the password is wrong, or the account is inactive. */
        record Wrong() implements SignInResult {}

        /**
         * A sign-in that was rejected because of too many failures, for the name or from the address.
         *
         * @param until when the next attempt is possible
         */
        record Later(Instant until) implements SignInResult {}
    }

    /**
     * Begins a session if the password is correct. Guessing is slowed down, whether or not the name exists: after 10
     * failures for a name from one address, 30 from one address, or 100 for a name from all addresses within 15
     * minutes, each further attempt must wait longer. A browser in which the account was signed in before is counted
     * separately, so that guesses from elsewhere do not lock out the owner of the account.
     *
     * @param caller the origin of the request
     */
    public SignInResult signIn(UserName name, String password, Caller caller) {
        Optional<String> hash = storage.accounts().passwordHash(name);
        SignInResult outcome = check(name, password, caller);
        return outcome instanceof SignInResult.SignedIn && hash.isPresent()
                ? begin(name, hash.get(), password)
                : outcome;
    }

    /**
     * The origin of a request.
     *
     * @param address the client's address according to the request. For an IPv6 address, only the network counts. Behind
     *     a proxy, it is the address that the proxy reports. Without a proxy, clients may send any address, and only
     *     the limits per name are effective
     * @param browser the value that {@link SignIns#browser} returned for the browser; null if it sent none
     */
    public record Caller(String address, @Nullable String browser) {

        /** Returns the address, or the network of an IPv6 address, for counting requests. */
        public String network() {
            return SignIns.network(address);
        }
    }

    /** Checks a password as {@link #signIn} does, but begins no session: the secret of the result is empty. */
    public SignInResult check(UserName name, String password, Caller caller) {
        SignInResult result = checked(name, password, caller);
        if (!(result instanceof SignInResult.SignedIn)) {
            refused.accept(result);
        }
        return result;
    }

    private SignInResult checked(UserName name, String password, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EventCounter attempts = storage.events();
        Map<String, RateLimit> limits = limits(name, caller);
        for (Map.Entry<String, RateLimit> limit : limits.entrySet()) {
            Optional<Instant> later = attempts.admit(limit.getKey(), limit.getValue(), now);
            if (later.isPresent()) {
                FailedSignIns.tooMany(caller.address());
                return new SignInResult.Later(later.get());
            }
        }
        Optional<Account> account = accounts.withPassword(name, password);
        if (account.isEmpty()) {
            if (accounts.find(name).isPresent()) {
                FailedSignIns.wrongPassword(caller.address(), name);
            } else {
                FailedSignIns.unknownName(caller.address());
            }
            return new SignInResult.Wrong();
        }
        String fromAddress = fromAddress(caller);
        limits.keySet().stream().filter(subject -> !subject.equals(fromAddress)).forEach(attempts::forget);
        // Removes only this attempt: others at the same address may still be guessing.
        attempts.forget(fromAddress, now);
        return new SignInResult.SignedIn(account.get(), "");
    }

    /**
     * Logs and rejects a sign-in with an invalid user name. The text itself is not logged, because it may be a
     * password.
     */
    public SignInResult withoutName(Caller caller) {
        FailedSignIns.unknownName(caller.address());
        SignInResult wrong = new SignInResult.Wrong();
        refused.accept(wrong);
        return wrong;
    }

    /** Returns the limit of each subject, in the order in which they are counted. */
    private Map<String, RateLimit> limits(UserName name, Caller caller) {
        Map<String, RateLimit> limits = new LinkedHashMap<>();
        Optional<String> known = Optional.ofNullable(caller.browser()).filter(shown -> isBrowserOf(name, shown));
        if (known.isPresent()) {
            limits.put("sign-in as " + name + " with browser " + nonce(known.get()), FOR_NAME);
        } else {
            limits.put(fromAddress(caller), FROM_ADDRESS);
            limits.put("sign-in as " + name + " from " + caller.network(), FOR_NAME);
            limits.put("sign-in as " + name, FOR_NAME_FROM_EVERYWHERE);
        }
        return limits;
    }

    private static String fromAddress(Caller caller) {
        return "sign-in from " + caller.network();
    }

    /**
     * Returns a new value of the browser cookie, which proves that the account was signed in with this browser. It does
     * not sign anybody in. It becomes invalid when the password of the account changes.
     */
    public String browser(UserName name) {
        String nonce = random(NONCE_BYTES);
        return nonce + "." + proof(name, nonce);
    }

    private boolean isBrowserOf(UserName name, String shown) {
        String nonce = nonce(shown);
        return shown.length() <= LONGEST_BROWSER && ConstantTime.equal(nonce + "." + proof(name, nonce), shown);
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

    /**
     * Returns the address, or the network of an IPv6 address. A client that has one IPv6 address usually has its whole
     * network.
     */
    private static String network(String address) {
        if (address.length() > LONGEST_ADDRESS) {
            return "an invalid address";
        }
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A numeric address is not looked up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == IPV6_BYTES
                    ? HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2)
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /**
     * Begins a session, unless the password was changed or the account was made inactive since the check. Either ends
     * all sessions, so it must prevent this one too. Replaces the hash of another program, from which the account came.
     */
    private SignInResult begin(UserName name, String hash, String password) {
        Optional<String> replacement = accounts.replacement(hash, password);
        return storage.inTransaction(() -> storage.accounts()
                .findForUpdate(name)
                .filter(Account::active)
                .filter(account ->
                        storage.accounts().passwordHash(name).orElse("").equals(hash))
                .<SignInResult>map(account -> {
                    replacement.ifPresent(better -> storage.accounts().replacePasswordHash(name, better));
                    return new SignInResult.SignedIn(account, begin(name));
                })
                .orElse(new SignInResult.Wrong()));
    }

    /** Begins a session of an account without a password, and returns the secret of the session. */
    public String begin(UserName name) {
        String secret = random(SECRET_BYTES);
        Instant now = clock.instant();
        storage.sessions().removeExpired(now);
        storage.inTransaction(() -> {
            storage.sessions().begin(secret, new SessionRepository.Session(name, now.plus(SESSION_LIFETIME)));
            storage.accounts().signedIn(name, now);
        });
        return secret;
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Returns the account of a session, or an empty {@code Optional} if the session has ended or the account is
     * inactive.
     */
    public Optional<Account> account(String secret) {
        return storage.sessions().find(secret, clock.instant()).filter(Account::active);
    }

    /**
     * Returns the CSRF token of a session, which pages send back with each write. Another site can make the browser
     * send a request, but does not have the token.
     */
    public String token(String secret) {
        return Sha256.hex("csrf:" + secret);
    }

    /** Returns whether this is the CSRF token of the session. */
    public boolean isToken(String secret, @Nullable String token) {
        return token != null && ConstantTime.equal(token(secret), token);
    }

    /** Ends the session. */
    public void signOut(String secret) {
        storage.sessions().end(secret);
    }
}

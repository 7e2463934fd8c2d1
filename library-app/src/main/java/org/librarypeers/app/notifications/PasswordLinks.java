package org.librarypeers.app.notifications;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.accounts.AccountTokenRepository.AccountToken;
import org.librarypeers.sync.accounts.AccountTokenRepository.Purpose;
import org.librarypeers.sync.accounts.RateLimit;
import org.librarypeers.sync.library.LibraryStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that mails links with which people set a password. Forgotten passwords are worked on by a thread of its own, so that
 * the time of an answer does not tell whether there is an account. Thread-safe.
 */
public final class PasswordLinks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordLinks.class);

    /** The path of the page that sets a password, before the token. */
    public static final String PATH = "/password/";

    /** The time for which a link of a person who has forgotten the password works. */
    public static final Duration RESET = Duration.ofHours(1);

    /** The time for which an invitation works. */
    public static final Duration INVITATION = Duration.ofDays(7);

    private static final int TOKEN_BYTES = 32;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final RateLimit FROM_ADDRESS = RateLimit.refusing(20, WINDOW);
    private static final RateLimit FOR_ACCOUNT = RateLimit.refusing(3, WINDOW);

    /** The maximum number of accounts with one e-mail address that get a link. */
    private static final int MOST_ACCOUNTS = 5;

    /**
     * The maximum number of accepted requests that wait for the thread. Further ones are answered in the same way, and
     * get no mail.
     */
    static final int MOST_WAITING = 200;

    /** The time after which the thread ends if it has nothing to do. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** The longest wait for the accepted requests when the service is closed. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final LibraryStorage storage;
    private final AccountService accounts;
    private final NotificationSettings settings;
    private final Announcer announcer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            DaemonThreads.named("password-links"),
            (task, pool) -> LOG.warn(
                    "A request for a password link was dropped, because the library stops or {} others are waiting",
                    MOST_WAITING));

    PasswordLinks(
            LibraryStorage storage,
            AccountService accounts,
            NotificationSettings settings,
            Announcer announcer,
            Clock clock) {
        this.storage = storage;
        this.accounts = accounts;
        this.settings = settings;
        this.announcer = announcer;
        this.clock = clock;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns whether links can be mailed: mails are set up, and the address of the library is known. */
    public boolean isAvailable() {
        return settings.mailsLinks();
    }

    /**
     * Mails a link soon, in the background, to the active accounts with a user name or an e-mail address, at most three times an
     * hour to each. Neither the result nor the time until this method returns tells whether there are any.
     *
     * @param who the user name or e-mail address, as typed
     * @param caller the origin of the request
     * @return empty if the request was accepted; otherwise the time from which this address may send another
     */
    public Optional<Instant> forgotten(String who, SignIns.Caller caller) {
        requireAvailable();
        Instant now = clock.instant();
        Optional<Instant> later = storage.events().admit("password link from " + caller.network(), FROM_ADDRESS, now);
        if (later.isEmpty()) {
            thread.execute(() -> mailResets(who, now));
        }
        return later;
    }

    private void mailResets(String who, Instant now) {
        try {
            for (Account account : accounts(who)) {
                if (storage.events()
                        .admit("password link for " + account.name(), FOR_ACCOUNT, now)
                        .isEmpty()) {
                    mail(account, Purpose.RESET, now);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("A request for a password link failed; the person has to send it again", e);
        }
    }

    /** Stops accepting requests, and waits up to 5 s for those that were accepted. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some requests for password links were not answered; stopping without them");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private List<Account> accounts(String who) {
        return accounts.all().stream()
                .filter(account -> account.active()
                        && account.email() != null
                        && (account.name().value().equals(who)
                                || account.email().equalsIgnoreCase(who)))
                .limit(MOST_ACCOUNTS)
                .toList();
    }

    /**
     * Mails an invitation to an account.
     *
     * @throws IllegalArgumentException if the account has no e-mail address
     */
    public void invite(Account account) {
        requireAvailable();
        if (account.email() == null) {
            throw new IllegalArgumentException(
                    "an invitation needs an e-mail address, but " + account.name() + " has none");
        }
        mail(account, Purpose.INVITATION, clock.instant());
    }

    private void requireAvailable() {
        if (!isAvailable()) {
            throw new IllegalStateException("links cannot be mailed; set mail.host, mail.from and base-url");
        }
    }

    private void mail(Account account, Purpose purpose, Instant now) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = now.plus(purpose == Purpose.RESET ? RESET : INVITATION);
        String link = Objects.requireNonNull(announcer.address(PATH + secret));
        Wording words = announcer.words(account);
        Letter letter = purpose == Purpose.RESET
                ? reset(words, account, link, expires)
                : invitation(words, account, link, expires);
        storage.inTransaction(() -> {
            if (isStill(account)) {
                storage.accountTokens().add(secret, new AccountToken(account.name(), purpose, expires));
                announcer.add(account, letter, now, expires);
            }
        });
    }

    /** Returns whether an account is still active and has the same address. Locks it, so that both stay so until the commit. */
    private boolean isStill(Account account) {
        return storage.accounts()
                .findForUpdate(account.name())
                .filter(now -> now.active() && Objects.equals(now.email(), account.email()))
                .isPresent();
    }

    private static Letter reset(Wording words, Account account, String link, Instant expires) {
        return new Letter(
                words.say("notifications.reset.subject"),
                words.say("notifications.reset.text", account.name().value()),
                link,
                words.say("notifications.reset.expires", words.time(expires)),
                words.say("notifications.reset.ignore"));
    }

    private Letter invitation(Wording words, Account account, String link, Instant expires) {
        return new Letter(
                words.say("notifications.invitation.subject"),
                words.say(
                        "notifications.invitation.text",
                        settings.libraryName(),
                        account.name().value()),
                link,
                words.say("notifications.invitation.expires", words.time(expires)));
    }

    /** Returns the account whose password a link sets. Empty if the link was used, has expired, or the account is inactive. */
    public Optional<Account> account(String token) {
        return storage.accountTokens()
                .find(token, clock.instant())
                .flatMap(found -> accounts.find(found.account()))
                .filter(Account::active);
    }

    /**
     * Sets the password of the account of a link. Ends all its sessions, and the link and all others of the account no
     * longer work. The audit log names the owner of the account, even if somebody else is signed in.
     *
     * @return the name of the account; empty if the link does not work, and then nothing was changed
     * @throws IllegalArgumentException if the password is too short, too long or too common; the link still works
     */
    public Optional<UserName> setPassword(String token, String password) {
        return storage.inTransaction(() -> {
            Optional<Account> owner = account(token)
                    .filter(account ->
                            storage.accountTokens().use(token, clock.instant()).isPresent());
            owner.ifPresent(account ->
                    CurrentActor.owner(account).run(() -> accounts.changePassword(account.name(), password, null)));
            return owner.map(Account::name);
        });
    }
}

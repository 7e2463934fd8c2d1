package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.SignIns.Caller;
import org.librarypeers.app.accounts.SignIns.SignInResult;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.contract.Proxies;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.library.LibraryStorage;
import org.slf4j.LoggerFactory;

class SignInsTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final UserName ASHA = new UserName("asha");
    private static final UserName JUMA = new UserName("juma");
    private static final String PASSWORD = "a long password";
    private static final String HOME = "192.0.2.1";
    private static final byte[] SECRET_KEY = new byte[32];
    private static final String ELSEWHERE = "198.51.100.7";

    private final LibraryStorage storage = new InMemoryStorage();
    private final SettableClock clock = new SettableClock(NOON);
    private final AccountService accounts = new AccountService(storage, RunningLibrary.PASSWORD_COST, clock);
    private final List<SignIns.SignInResult> refused = new ArrayList<>();
    private final SignIns signIns = new SignIns(accounts, storage, clock, SECRET_KEY, refused::add);

    @BeforeEach
    void people() {
        accounts.create(ASHA, Role.MEMBER, null, PASSWORD);
        accounts.create(JUMA, Role.MEMBER, null, PASSWORD);
    }

    private SignInResult signIn(UserName name, String password, String address) {
        return signIns.signIn(name, password, new Caller(address, null));
    }

    private void guess(UserName name, int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn(name, "wrong " + i, address)).isInstanceOf(SignInResult.Wrong.class);
        }
    }

    private void fromManyNames(int times, String address) {
        for (int i = 0; i < times; i++) {
            guess(new UserName("nobody" + i), 1, address);
        }
    }

    @Test
    void ten_wrong_passwords_delay_only_the_guessing_address_whether_or_not_the_name_exists() {
        for (UserName name : new UserName[] {ASHA, new UserName("nobody")}) {
            guess(name, 10, HOME);

            assertThat(signIn(name, PASSWORD, HOME)).isEqualTo(new SignInResult.Later(NOON.plusSeconds(1)));
        }
        assertThat(signIn(ASHA, PASSWORD, ELSEWHERE)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(JUMA, PASSWORD, HOME)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void each_refused_sign_in_is_reported() {
        guess(ASHA, 10, HOME);
        signIn(ASHA, PASSWORD, HOME);
        signIns.withoutName(new Caller(HOME, null));
        signIn(JUMA, PASSWORD, ELSEWHERE);

        assertThat(refused).hasSize(12);
        assertThat(refused.get(9)).isEqualTo(new SignInResult.Wrong());
        assertThat(refused.get(10)).isEqualTo(new SignInResult.Later(NOON.plusSeconds(1)));
        assertThat(refused.get(11)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void each_wrong_password_after_the_tenth_doubles_the_wait() {
        guess(ASHA, 10, HOME);
        Instant last = NOON;
        for (int seconds = 1; seconds <= 256; seconds *= 2) {
            clock.set(last.plusSeconds(seconds).minusMillis(1));
            assertThat(signIn(ASHA, PASSWORD, HOME)).isEqualTo(new SignInResult.Later(last.plusSeconds(seconds)));
            last = last.plusSeconds(seconds);
            clock.set(last);
            guess(ASHA, 1, HOME);
        }
        clock.set(last.plusSeconds(512));
        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void wrong_passwords_count_for_15_minutes() {
        guess(ASHA, 9, HOME);
        guess(JUMA, 9, ELSEWHERE);

        clock.set(NOON.plus(Duration.ofMinutes(15)).minusMillis(1));
        guess(ASHA, 1, HOME);
        assertThat(signIn(ASHA, PASSWORD, HOME))
                .isEqualTo(new SignInResult.Later(clock.instant().plusSeconds(1)));

        clock.set(NOON.plus(Duration.ofMinutes(15)));
        guess(JUMA, 10, ELSEWHERE);
        assertThat(signIn(JUMA, PASSWORD, ELSEWHERE))
                .isEqualTo(new SignInResult.Later(clock.instant().plusSeconds(1)));
    }

    @Test
    void a_session_lasts_fourteen_days() {
        String secret = signIns.begin(ASHA);

        clock.set(NOON.plus(Duration.ofDays(14)).minusMillis(1));
        assertThat(signIns.account(secret)).isPresent();

        clock.set(NOON.plus(Duration.ofDays(14)));
        assertThat(signIns.account(secret)).isEmpty();
    }

    @Test
    void a_hundred_wrong_passwords_from_many_addresses_delay_strangers_but_not_a_known_browser() {
        String browser = signIns.browser(ASHA);
        for (int i = 0; i < 10; i++) {
            guess(ASHA, 10, "198.51.100." + i);
        }

        assertThat(signIn(ASHA, PASSWORD, "203.0.113.9")).isInstanceOf(SignInResult.Later.class);
        assertThat(signIns.signIn(ASHA, PASSWORD, new Caller(HOME, browser))).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void a_known_browser_has_no_more_attempts_than_others() {
        Caller known = new Caller(HOME, signIns.browser(ASHA));
        for (int i = 0; i < 10; i++) {
            assertThat(signIns.signIn(ASHA, "wrong " + i, known)).isInstanceOf(SignInResult.Wrong.class);
        }

        assertThat(signIns.signIn(ASHA, PASSWORD, known)).isInstanceOf(SignInResult.Later.class);
    }

    @Test
    void a_browser_is_known_to_one_account_until_its_password_changes() {
        String browser = signIns.browser(ASHA);
        guess(JUMA, 10, HOME);
        assertThat(signIns.signIn(JUMA, PASSWORD, new Caller(HOME, browser))).isInstanceOf(SignInResult.Later.class);
        guess(ASHA, 10, HOME);
        for (String forged : List.of("", ".", browser.replaceAll("\\..*", ""), browser + "0", "x".repeat(10_000))) {
            assertThat(signIns.signIn(ASHA, PASSWORD, new Caller(HOME, forged))).isInstanceOf(SignInResult.Later.class);
        }

        accounts.changePassword(ASHA, "quite another one", null);

        assertThat(signIns.signIn(ASHA, "quite another one", new Caller(HOME, browser)))
                .isInstanceOf(SignInResult.Later.class);
    }

    @Test
    void attempts_recorded_in_the_future_delay_nobody() {
        clock.set(NOON.plus(Duration.ofDays(365)));
        guess(ASHA, 10, HOME);

        clock.set(NOON);

        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void a_failed_sign_in_is_logged_with_the_address_and_only_with_the_name_of_an_account() {
        List<String> lines = logged(() -> {
            signIn(ASHA, "hunter2 hunter2", HOME);
            signIn(new UserName("hunter2"), "hunter2 hunter2", "[2001:db8::1]");
            signIns.withoutName(new Caller("192.0.2.1\n2026-01-01 INFO forged", null));
        });

        assertThat(lines)
                .containsExactly(
                        "Failed sign-in from 192.0.2.1 as asha",
                        "Failed sign-in from 2001:db8::1: no account has that name",
                        "Failed sign-in from an unknown address: no account has that name");
    }

    @Test
    void a_sign_in_after_too_many_failures_is_logged() {
        guess(ASHA, 10, HOME);

        assertThat(logged(() -> signIn(ASHA, "hunter2 hunter2", HOME)))
                .containsExactly("Failed sign-in from 192.0.2.1: too many failures before");
    }

    private static List<String> logged(Runnable work) {
        List<String> lines = new ArrayList<>();
        Logger logger = (Logger) LoggerFactory.getLogger(FailedSignIns.class);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage());
            }
        };
        appender.start();
        logger.addAppender(appender);
        try {
            work.run();
        } finally {
            logger.detachAppender(appender);
        }
        return lines;
    }

    @Test
    void a_correct_password_clears_the_failures_of_the_name_but_not_of_the_address() {
        guess(ASHA, 9, HOME);
        fromManyNames(20, HOME);
        clock.set(NOON.plusSeconds(1));
        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.SignedIn.class);

        guess(ASHA, 1, HOME);

        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.Later.class);
        guess(ASHA, 10, ELSEWHERE);
        assertThat(signIn(ASHA, PASSWORD, ELSEWHERE)).isInstanceOf(SignInResult.Later.class);
    }

    @Test
    void attempts_from_an_ipv6_address_count_for_its_network() {
        fromManyNames(15, "2001:db8:1:2::1");
        fromManyNames(15, "2001:db8:1:2:ffff:ffff:ffff:ffff");

        assertThat(signIn(ASHA, PASSWORD, "2001:0db8:1:2:3:4:5:6")).isInstanceOf(SignInResult.Later.class);
        assertThat(signIn(ASHA, PASSWORD, "2001:db8:1:3::1")).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void an_ipv4_address_written_as_ipv6_is_the_same_address() {
        fromManyNames(30, HOME);

        assertThat(signIn(ASHA, PASSWORD, "::ffff:192.0.2.1")).isInstanceOf(SignInResult.Later.class);
        assertThat(signIn(ASHA, PASSWORD, "::ffff:198.51.100.7")).isInstanceOf(SignInResult.SignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "a:b", "fe80::1%nowhere", "_hidden", ":::", "[x"})
    void any_text_that_a_proxy_sends_counts_as_an_address(String said) {
        fromManyNames(30, said);

        assertThat(signIn(ASHA, PASSWORD, said)).isInstanceOf(SignInResult.Later.class);
    }

    @Test
    void all_texts_that_are_too_long_count_as_one_address() {
        for (int i = 0; i < 30; i++) {
            guess(new UserName("nobody" + i), 1, "x".repeat(5_000) + i);
        }

        assertThat(signIn(ASHA, PASSWORD, "y".repeat(101))).isInstanceOf(SignInResult.Later.class);
    }

    @Test
    void no_session_begins_if_the_password_changes_during_the_sign_in() {
        EventCounter changing = Proxies.around(EventCounter.class, storage.events(), (method, call) -> {
            // Changes the password after it was checked and before the session begins.
            if (method.getName().equals("forget")
                    && accounts.withPassword(ASHA, PASSWORD).isPresent()) {
                accounts.changePassword(ASHA, "quite another one", null);
            }
            return call.get();
        });
        LibraryStorage busy = Proxies.around(
                LibraryStorage.class,
                storage,
                (method, call) -> method.getName().equals("events") ? changing : call.get());

        SignInResult outcome = new SignIns(accounts, busy, Clock.systemUTC(), SECRET_KEY, ignored -> {})
                .signIn(ASHA, PASSWORD, new Caller(HOME, null));

        assertThat(outcome).isInstanceOf(SignInResult.Wrong.class);
        assertThat(signIn(ASHA, "quite another one", HOME)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void a_changed_password_ends_all_other_sessions() {
        String here = signIns.begin(ASHA);
        String there = signIns.begin(ASHA);
        String others = signIns.begin(JUMA);

        accounts.changePassword(ASHA, "quite another one", here);

        assertThat(signIns.account(here)).isPresent();
        assertThat(signIns.account(there)).isEmpty();
        assertThat(signIns.account(others)).isPresent();
        assertThat(signIn(ASHA, PASSWORD, HOME)).isInstanceOf(SignInResult.Wrong.class);
    }

    @Test
    void a_session_ends_when_its_browser_signs_out() {
        String secret = signIns.begin(ASHA);
        String other = signIns.begin(ASHA);
        assertThat(accounts.uses(List.of(ASHA))).containsEntry(ASHA, new AccountUse(NOON, null, 2));

        signIns.signOut(secret);

        assertThat(signIns.account(secret)).isEmpty();
        assertThat(signIns.account(other)).isPresent();
    }

    @Test
    void expired_sessions_are_removed_when_another_one_begins() {
        String old = signIns.begin(ASHA);
        clock.set(NOON.plus(Duration.ofDays(15)));

        signIns.begin(JUMA);

        assertThat(storage.sessions().find(old, NOON)).isEmpty();
    }

    @Test
    void only_the_token_of_a_session_proves_that_one_of_our_pages_sent_a_form() {
        String token = signIns.token("secret");

        assertThat(token).isNotBlank().doesNotContain("secret");
        assertThat(signIns.isToken("secret", token)).isTrue();
        assertThat(signIns.isToken("other", token)).isFalse();
        assertThat(signIns.isToken("secret", "")).isFalse();
        assertThat(signIns.isToken("secret", null)).isFalse();
    }

    @Test
    void the_hash_of_another_site_is_replaced_at_the_first_sign_in() {
        UserName moved = new UserName("moved");
        accounts.addMoved(
                storage.accounts(),
                new Account(moved, null, Role.MEMBER),
                "pbkdf2_sha1$500$seasalt$dZWa2aBcLwmPBrWijmn3ckdvtqc=",
                null);

        assertThat(signIn(moved, "lètmein", HOME)).isInstanceOf(SignInResult.SignedIn.class);

        assertThat(storage.accounts().passwordHash(moved).orElseThrow()).startsWith("$argon2id$");
        assertThat(signIn(moved, "lètmein", HOME)).isInstanceOf(SignInResult.SignedIn.class);
    }
}

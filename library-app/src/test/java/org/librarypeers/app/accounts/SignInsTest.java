package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.accounts.SignIns.Outcome;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.Proxies;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.port.AttemptLog;
import org.librarypeers.sync.port.Storage;

class SignInsTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final UserName ASHA = new UserName("asha");
    private static final UserName JUMA = new UserName("juma");
    private static final String PASSWORD = "a long password";
    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final Storage storage = new InMemoryStorage();
    private final AccountService accounts = new AccountService(storage);
    private Instant now = NOON;
    private final SignIns signIns = new SignIns(accounts, storage, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody needs the zone");
        }
    });

    @BeforeEach
    void people() {
        accounts.create(ASHA, Role.MEMBER, null, PASSWORD);
        accounts.create(JUMA, Role.MEMBER, null, PASSWORD);
    }

    private void guess(UserName name, int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(signIns.signIn(name, "wrong " + i, address)).isInstanceOf(Outcome.Wrong.class);
        }
    }

    private void fromManyNames(int times, String address) {
        for (int i = 0; i < times; i++) {
            guess(new UserName("nobody" + i), 1, address);
        }
    }

    @Test
    void ten_wrong_passwords_for_a_name_hold_it_up_from_everywhere_whether_or_not_somebody_has_it() {
        UserName nobody = new UserName("nobody");
        for (UserName name : new UserName[] {ASHA, nobody}) {
            guess(name, 5, HOME);
            guess(name, 5, ELSEWHERE);

            assertThat(signIns.signIn(name, PASSWORD, "203.0.113.9"))
                    .isEqualTo(new Outcome.Later(NOON.plus(Duration.ofMinutes(15))));
        }
        assertThat(signIns.signIn(JUMA, PASSWORD, HOME)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void when_the_time_has_come_the_right_password_is_looked_at_again() {
        guess(ASHA, 10, HOME);
        now = NOON.plus(Duration.ofMinutes(15)).minusNanos(1_000);
        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.Later.class);

        now = NOON.plus(Duration.ofMinutes(15));

        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void a_right_password_clears_what_the_name_has_against_it_and_not_what_the_address_has() {
        guess(ASHA, 9, HOME);
        fromManyNames(20, HOME);
        now = NOON.plusSeconds(1);
        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.SignedIn.class);
        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.SignedIn.class);

        guess(ASHA, 1, HOME);

        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.Later.class);
        guess(ASHA, 9, ELSEWHERE);
        assertThat(signIns.signIn(ASHA, PASSWORD, ELSEWHERE)).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void of_an_ipv6_address_the_network_counts() {
        fromManyNames(15, "2001:db8:1:2::1");
        fromManyNames(15, "2001:db8:1:2:ffff:ffff:ffff:ffff");

        assertThat(signIns.signIn(ASHA, PASSWORD, "2001:0db8:1:2:3:4:5:6")).isInstanceOf(Outcome.Later.class);
        assertThat(signIns.signIn(ASHA, PASSWORD, "2001:db8:1:3::1")).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void an_ipv4_address_written_as_ipv6_is_the_same_address() {
        fromManyNames(30, HOME);

        assertThat(signIns.signIn(ASHA, PASSWORD, "::ffff:192.0.2.1")).isInstanceOf(Outcome.Later.class);
        assertThat(signIns.signIn(ASHA, PASSWORD, "::ffff:198.51.100.7")).isInstanceOf(Outcome.SignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "a:b", "fe80::1%nowhere", "_hidden", ":::", "[x"})
    void what_a_proxy_says_instead_of_an_address_counts_as_one(String said) {
        fromManyNames(30, said);

        assertThat(signIns.signIn(ASHA, PASSWORD, said)).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void what_is_too_long_to_be_an_address_is_one_address() {
        for (int i = 0; i < 30; i++) {
            guess(new UserName("nobody" + i), 1, "x".repeat(5_000) + i);
        }

        assertThat(signIns.signIn(ASHA, PASSWORD, "y".repeat(101))).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void a_session_that_would_begin_with_a_password_just_changed_does_not() {
        AttemptLog changing = Proxies.around(AttemptLog.class, storage.attempts(), (method, call) -> {
            // Between looking at the password and beginning the session.
            if (method.getName().equals("forget")
                    && accounts.withPassword(ASHA, PASSWORD).isPresent()) {
                accounts.changePassword(ASHA, "quite another one", null);
            }
            return call.get();
        });
        Storage busy = Proxies.around(
                Storage.class, storage, (method, call) -> method.getName().equals("attempts") ? changing : call.get());

        Outcome outcome = new SignIns(accounts, busy, Clock.systemUTC()).signIn(ASHA, PASSWORD, HOME);

        assertThat(outcome).isInstanceOf(Outcome.Wrong.class);
        assertThat(signIns.signIn(ASHA, "quite another one", HOME)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void a_changed_password_ends_all_sessions_but_the_one_that_changed_it() {
        String here = signIns.begin(ASHA);
        String there = signIns.begin(ASHA);
        String others = signIns.begin(JUMA);

        accounts.changePassword(ASHA, "quite another one", here);

        assertThat(signIns.account(here)).isPresent();
        assertThat(signIns.account(there)).isEmpty();
        assertThat(signIns.account(others)).isPresent();
        assertThat(signIns.signIn(ASHA, PASSWORD, HOME)).isInstanceOf(Outcome.Wrong.class);
    }
}

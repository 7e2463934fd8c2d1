package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.SignIns.SignInResult;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.library.LibraryStorage;

/** Tests of concurrent changes to the accounts of one database, by several requests and several nodes. */
@Timeout(60)
class ConcurrentAccountChangesTest {

    private static final UserName ONE = new UserName("one");
    private static final UserName OTHER = new UserName("other");
    private static final String PASSWORD = "a long password";
    private static final byte[] KEY = new byte[32];

    private static RunningLibrary running;
    private static LibraryStorage storage;
    private static AccountService accounts;

    private final AtomicBoolean done = new AtomicBoolean();

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        storage = running.library().storage();
        accounts = running.library().accounts();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void nobody() {
        running.execute("delete from account");
        running.execute("delete from counted_event");
    }

    private void awaitSomebodyWaitingOrDone() {
        String waiting = "select pid::text from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'";
        await(
                "somebody waits or is done",
                () -> done.get() || !running.texts(waiting).isEmpty());
    }

    private static <T> List<T> concurrently(List<Callable<T>> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.size());
        ExecutorService executor = Executors.newFixedThreadPool(work.size());
        try {
            List<Future<T>> results = new ArrayList<>();
            for (Callable<T> each : work) {
                results.add(executor.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> result : results) {
                all.add(result.get(30, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    @RepeatedTest(10)
    void two_administrators_who_demote_each_other_leave_one_administrator() throws Exception {
        accounts.create(ONE, Role.ADMIN, null, PASSWORD);
        accounts.create(OTHER, Role.ADMIN, null, PASSWORD);

        List<Optional<Account>> changed = concurrently(List.of(
                () -> accounts.change(ONE, account -> account.withRole(Role.MEMBER)),
                () -> accounts.change(OTHER, account -> account.withActive(false))));

        assertThat(changed).containsOnlyOnce(Optional.empty());
        assertThat(accounts.all()).filteredOn(Account::isActiveAdmin).hasSize(1);
    }

    @Test
    void a_profile_saved_while_its_account_is_made_inactive_does_not_make_it_active_again() throws Exception {
        accounts.create(ONE, Role.ADMIN, null, PASSWORD);
        accounts.create(OTHER, Role.ADMIN, null, PASSWORD);
        CountDownLatch begun = new CountDownLatch(1);
        UnaryOperator<Account> slowly = account -> {
            begun.countDown();
            awaitSomebodyWaitingOrDone();
            return account.withActive(false);
        };

        concurrently(List.of(() -> accounts.change(OTHER, slowly), () -> {
            begun.await();
            Optional<Account> saved = accounts.change(OTHER, account -> account.withProfile(null, null, "WHO", "fr"));
            done.set(true);
            return saved;
        }));

        assertThat(accounts.find(OTHER))
                .contains(new Account(OTHER, null, null, "WHO", "fr", Role.ADMIN, false, false));
    }

    @Test
    void simultaneous_wrong_passwords_are_counted_across_all_nodes() throws Exception {
        accounts.create(ONE, Role.MEMBER, null, PASSWORD);
        List<Callable<SignInResult>> guesses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            // A fixed clock keeps the attempts counted while the threads wait for one another.
            Clock clock = Clock.fixed(Instant.parse("2026-02-03T12:00:00Z"), ZoneOffset.UTC);
            SignIns node = new SignIns(
                    new AccountService(storage, RunningLibrary.PASSWORD_COST, clock),
                    storage,
                    clock,
                    KEY,
                    ignored -> {});
            guesses.add(() -> node.signIn(ONE, "wrong", new SignIns.Caller("192.0.2.1", null)));
        }

        List<SignInResult> outcomes = concurrently(guesses);

        assertThat(outcomes).filteredOn(SignInResult.Wrong.class::isInstance).hasSize(10);
        assertThat(outcomes).filteredOn(SignInResult.Later.class::isInstance).hasSize(6);
    }

    @Test
    void attempts_from_addresses_of_any_length_and_script_are_counted() {
        SignIns signIns = running.library().signIns();
        for (String address : List.of("x".repeat(8_000), "ق".repeat(99), "'; drop table counted_event; --", "")) {
            assertThat(signIns.signIn(ONE, "wrong", new SignIns.Caller(address, null)))
                    .as(address)
                    .isInstanceOf(SignInResult.Wrong.class);
        }
        assertThat(running.texts("select count(*)::text from counted_event where subject like 'sign-in from %'"))
                .containsExactly("4");
    }

    @Test
    void only_one_of_two_simultaneous_uses_of_the_first_administrator_link_succeeds() throws Exception {
        List<Callable<Optional<Account>>> uses = new ArrayList<>();
        for (UserName name : List.of(ONE, OTHER)) {
            FirstAdministrator node = new FirstAdministrator(
                    new AccountService(storage, RunningLibrary.PASSWORD_COST, Clock.systemUTC()), storage.id(), KEY);
            String token = node.token().orElseThrow();
            uses.add(() -> node.create(token, name, null, PASSWORD));
        }

        List<Optional<Account>> made = concurrently(uses);

        assertThat(made).containsOnlyOnce(Optional.empty());
        assertThat(accounts.all()).singleElement().matches(Account::isActiveAdmin);
    }
}

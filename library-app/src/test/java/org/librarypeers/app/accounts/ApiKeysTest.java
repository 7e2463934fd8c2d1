package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;

/** Tests of the further API keys of accounts, and of the record of when keys are used. */
class ApiKeysTest {

    private static final UserName ASHA = new UserName("asha");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryStorage inMemory = new InMemoryStorage();
    private final SettableClock clock = new SettableClock(NOON);
    private final AccountService accounts = new AccountService(inMemory, RunningLibrary.PASSWORD_COST, clock);
    private final ApiKeys ofAccounts = accounts.apiKeys();

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void a_key_works_although_its_use_cannot_be_recorded() {
        AtomicInteger attempts = new AtomicInteger();
        ApiKeyRepository readOnly = proxy(ApiKeyRepository.class, (self, method, arguments) -> {
            attempts.incrementAndGet();
            throw new StorageException("the database is read-only", null);
        });
        LibraryStorage storage = proxy(LibraryStorage.class, (self, method, arguments) -> readOnly);
        ApiKeys keys = new ApiKeys(storage, Clock.systemUTC());

        assertThatCode(() -> keys.used(new ApiKey("a-key-of-somebody"))).doesNotThrowAnyException();
        assertThat(attempts).hasValue(1);
    }

    private void createAccount() {
        accounts.create(ASHA, Role.MEMBER, null, "a long password");
    }

    @Test
    void a_further_key_works_until_it_is_removed() {
        createAccount();

        ApiKey laptop = ofAccounts.add(ASHA, "laptop").orElseThrow();

        assertThat(laptop.secret()).matches("[0-9a-f]{40}");
        assertThat(ofAccounts.of(ASHA)).containsExactly(new NamedKey(ASHA, "laptop", NOON, null));
        assertThat(accounts.withApiKey("asha", laptop.secret())).isPresent();
        assertThat(ofAccounts.add(ASHA, "laptop")).isEmpty();
        assertThat(ofAccounts.remove(ASHA, "laptop")).isTrue();
        assertThat(ofAccounts.remove(ASHA, "laptop")).isFalse();
        assertThat(accounts.withApiKey("asha", laptop.secret())).isEmpty();
    }

    @Test
    void an_account_has_at_most_twenty_further_keys() {
        createAccount();
        for (int i = 0; i < 20; i++) {
            assertThat(ofAccounts.add(ASHA, "key " + i)).isPresent();
        }

        assertThatThrownBy(() -> ofAccounts.add(ASHA, "one more")).hasMessageContaining("20 further API keys");
        ofAccounts.remove(ASHA, "key 7");
        assertThat(ofAccounts.add(ASHA, "one more")).isPresent();
    }

    private Instant lastUse() {
        return ofAccounts.of(ASHA).get(0).used();
    }

    @Test
    void a_use_is_recorded_once_in_ten_minutes() {
        createAccount();
        String secret = ofAccounts.add(ASHA, "laptop").orElseThrow().secret();

        accounts.withApiKey("asha", secret);
        assertThat(lastUse()).isEqualTo(NOON);
        clock.advance(Duration.ofMinutes(10).minusNanos(1));
        accounts.withApiKey("asha", secret);
        assertThat(lastUse()).isEqualTo(NOON);
        clock.advance(Duration.ofNanos(1));
        accounts.withApiKey("asha", secret);
        assertThat(lastUse()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_use_by_a_clock_that_was_set_back_is_recorded_too() {
        List<Object> recorded = new ArrayList<>();
        ApiKeyRepository repository = proxy(ApiKeyRepository.class, (self, method, arguments) -> {
            recorded.add(arguments[1]);
            return null;
        });
        ApiKeys keys = new ApiKeys(proxy(LibraryStorage.class, (self, method, arguments) -> repository), clock);
        ApiKey key = new ApiKey("a-key-of-somebody");

        keys.used(key);
        keys.used(key);
        keys.used(new ApiKey("a-key-of-somebody-else"));
        clock.set(NOON.minusSeconds(1));
        keys.used(key);

        assertThat(recorded).containsExactly(NOON, NOON, NOON.minusSeconds(1));
    }
}

package org.librarypeers.app.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.sync.accounts.ApiKeyRepository;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;

/** Tests of the record of when keys are used. */
class ApiKeysTest {

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
}

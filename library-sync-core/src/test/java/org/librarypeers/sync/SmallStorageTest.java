package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.ReviewQueue;

/** Tests of the defaults of ports, for storages that were written before these methods existed. */
class SmallStorageTest {

    private static final Guid GUID = Guid.ofTag("resource", "1");

    /** Implements a port with nothing but its defaults. The other methods return a list with one GUID. */
    private static <T> T onlyDefaults(Class<T> port) {
        InvocationHandler handler = (self, method, arguments) ->
                method.isDefault() ? InvocationHandler.invokeDefault(self, method, arguments) : List.of(GUID);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    @Test
    void a_storage_without_effects_has_no_decisions_to_undo() {
        DecisionRepository decisions = onlyDefaults(DecisionRepository.class);

        assertThat(decisions.decidedIn(UUID.randomUUID(), null, 1)).isEmpty();
        assertThat(decisions.action(UUID.randomUUID())).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> onlyDefaults(HarvestRepository.class).reviewAgain(List.of(GUID)));
    }

    @Test
    void a_storage_without_other_orders_lists_by_guid() {
        ReviewQueue queue = onlyDefaults(ReviewQueue.class);

        assertThat(queue.page(InboxFilter.Kind.PENDING, InboxFilter.ALL, InboxOrder.GUID, null, 1))
                .containsExactly(GUID);
        assertThat(queue.pageBefore(InboxFilter.Kind.PENDING, InboxFilter.ALL, InboxOrder.GUID, GUID, 1))
                .containsExactly(GUID);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> queue.page(InboxFilter.Kind.PENDING, InboxFilter.ALL, InboxOrder.TITLE, null, 1))
                .withMessageContaining("TITLE");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(
                        () -> queue.pageBefore(InboxFilter.Kind.PENDING, InboxFilter.ALL, InboxOrder.NEWEST, GUID, 1));
    }
}

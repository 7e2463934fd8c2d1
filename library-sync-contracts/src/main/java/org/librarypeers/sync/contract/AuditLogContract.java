package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditEntry.Actor;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.accounts.AuditLog.Filter;

/** Contract tests of {@link org.librarypeers.sync.accounts.AuditLog}. */
@Timeout(60)
abstract class AuditLogContract extends LibraryContract {

    private static final Actor ASHA = new Actor(Actor.Kind.ACCOUNT, "asha");
    private static final Actor ROOT = new Actor(Actor.Kind.COMMAND_LINE, "root");
    private static final Subject PEER = new Subject("peer", "7", "Ünïcode 😀 library");

    private static AuditEntry entry(Actor actor, String action, Instant at) {
        return new AuditEntry(AuditEntry.NEW, at, actor, "2001:db8::1", action, PEER, Map.of("fields", "host, name"));
    }

    private static Instant after(int seconds) {
        return Samples.NOON.plusSeconds(seconds);
    }

    private List<String> actions(Filter filter, @Nullable Long before, int limit) {
        return storage.audit().find(filter, before, limit).stream()
                .map(AuditEntry::action)
                .toList();
    }

    @Test
    void an_entry_is_returned_as_it_was_added_with_a_number() {
        AuditEntry full = entry(ASHA, "peer-edited", Samples.NOON.plusNanos(123_456_789));
        AuditEntry least = new AuditEntry(AuditEntry.NEW, after(1), ROOT, null, "exported", null, Map.of());
        storage.audit().add(full);
        storage.audit().add(least);

        List<AuditEntry> found = storage.audit().find(Filter.ALL, null, 10);

        assertThat(found).extracting(each -> each.numbered(AuditEntry.NEW)).containsExactly(least, full);
        assertThat(found).allSatisfy(each -> assertThat(each.id()).isPositive());
    }

    @Test
    void the_newest_entries_come_first_and_the_last_number_continues_the_list() {
        for (int i = 0; i < 5; i++) {
            storage.audit().add(entry(ASHA, "action-" + "abcde".charAt(i), Samples.NOON));
        }

        List<AuditEntry> first = storage.audit().find(Filter.ALL, null, 2);

        assertThat(first).extracting(AuditEntry::action).containsExactly("action-e", "action-d");
        assertThat(actions(Filter.ALL, first.get(1).id(), 2)).containsExactly("action-c", "action-b");
    }

    @Test
    void a_filter_selects_by_actor_by_action_and_by_time() {
        storage.audit().add(entry(ASHA, "peer-added", after(0)));
        storage.audit().add(entry(ROOT, "peer-added", after(1)));
        storage.audit().add(entry(ASHA, "peer-removed", after(2)));

        assertThat(actions(new Filter("asha", null, null), null, 10)).containsExactly("peer-removed", "peer-added");
        assertThat(actions(new Filter("ASHA", null, null), null, 10)).isEmpty();
        assertThat(storage.audit().find(new Filter(null, "peer-added", null), null, 10))
                .extracting(AuditEntry::actor)
                .containsExactly(ROOT, ASHA);
        assertThat(storage.audit().find(new Filter(null, null, after(1)), null, 10))
                .extracting(AuditEntry::at)
                .containsExactly(after(2), after(1));
        assertThat(actions(new Filter("asha", "peer-added", after(1)), null, 10))
                .isEmpty();
    }

    @Test
    void an_entry_is_saved_with_its_action_or_not_at_all() {
        Account account = new Account(Samples.AMINA, null, Role.ADMIN);

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.accounts().add(account, "hash", new ApiKey("key"));
                    storage.audit().add(entry(ASHA, "user-created", Samples.NOON));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(storage.accounts().all()).isEmpty();
        assertThat(actions(Filter.ALL, null, 10)).isEmpty();
    }

    @Test
    void old_entries_are_deleted_in_batches_and_newer_ones_stay() {
        for (int second = 0; second < 4; second++) {
            storage.audit().add(entry(ASHA, "peer-added", after(second)));
        }

        assertThat(storage.audit().removeOld(after(3), 2)).isEqualTo(2);
        assertThat(storage.audit().removeOld(after(3), 2)).isEqualTo(1);
        assertThat(storage.audit().removeOld(after(3), 2)).isZero();

        assertThat(storage.audit().find(Filter.ALL, null, 10))
                .extracting(AuditEntry::at)
                .containsExactly(after(3));
    }

    @Test
    void old_addresses_are_deleted_and_their_entries_stay() {
        storage.audit().add(entry(ASHA, "peer-added", after(0)));
        storage.audit().add(entry(ASHA, "peer-removed", after(1)));

        assertThat(storage.audit().removeAddresses(after(1), 10)).isEqualTo(1);
        assertThat(storage.audit().removeAddresses(after(1), 10)).isZero();

        assertThat(storage.audit().find(Filter.ALL, null, 10))
                .extracting(AuditEntry::action, AuditEntry::address)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("peer-removed", "2001:db8::1"),
                        org.assertj.core.groups.Tuple.tuple("peer-added", null));
    }
}

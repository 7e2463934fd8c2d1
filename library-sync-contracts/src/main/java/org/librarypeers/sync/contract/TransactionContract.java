package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * Contract tests of {@link org.librarypeers.sync.storage.SyncStorage#inTransaction(java.util.function.Supplier)}.
 */
@Timeout(60)
abstract class TransactionContract extends StorageContract<SyncStorage> {

    private static final class Misfortune extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void all_that_was_saved_is_kept_and_the_result_handed_back() {
        Resource first = Samples.local("First");
        Resource second = Samples.local("Second");

        String result = storage.inTransaction(() -> {
            storage.resources().save(first);
            storage.resources().save(second);
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(storage.resources().find(List.of(first.guid(), second.guid())))
                .hasSize(2);
    }

    @Test
    void if_the_work_throws_nothing_is_kept_anywhere() {
        Peer peer = savedPeer("https://a.example.org");
        Resource known = saved(Samples.local("Known"));
        Resource added = Samples.local("Added");
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, Samples.NOON);
        Misfortune misfortune = new Misfortune();

        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            assertThatThrownBy(() -> storage.inTransaction(() -> {
                        storage.resources()
                                .save(List.of(added, known.edit(Samples.hostile(), Samples.AMINA, Samples.NOON)));
                        storage.peers().save(peer.withActive(false));
                        storage.peers().save(Samples.peer(storage.peers().nextId(), "https://b.example.org"));
                        storage.syncLogs().save(log);
                        storage.harvest()
                                .commit(lease, Samples.progress(new Cursor("c", null), Map.of(added.guid(), "v")));
                        throw misfortune;
                    }))
                    .isSameAs(misfortune);
        }

        assertThat(storage.resources().find(added.guid())).isEmpty();
        assertSame(found(known.guid()), known);
        assertThat(storage.resources().history(known.guid())).isEmpty();
        assertThat(storage.peers().all()).containsExactly(peer);
        assertThat(storage.syncLogs().find(log.id())).isEmpty();
        assertThat(storage.harvest().cursor(peer.id())).isEmpty();
        assertThat(Samples.versions(storage, peer.id(), List.of(added.guid()))).isEmpty();
    }

    @Test
    void an_error_undoes_it_as_well() {
        Resource resource = Samples.local("Undone");

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(resource);
                    throw new AssertionError("something is very wrong");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("something is very wrong");
        assertThat(storage.resources().find(resource.guid())).isEmpty();
    }

    @Test
    void after_a_failure_the_next_transaction_is_a_new_one() {
        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    throw new Misfortune();
                }))
                .isInstanceOf(Misfortune.class);

        Resource resource = Samples.local("Next");
        storage.inTransaction(() -> storage.resources().save(resource));

        assertSame(found(resource.guid()), resource);
    }

    @Test
    void what_was_saved_is_read_back_within() {
        Resource resource = Samples.local(Samples.hostile());
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");

        storage.inTransaction(() -> {
            storage.resources().save(resource);
            storage.peers().save(peer);
            Resource read = found(resource.guid());
            assertSame(read, resource);
            storage.resources().save(read.approve(Samples.NOON));
            Resource again = found(resource.guid());
            storage.resources().save(again.edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON));
            assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.APPROVED, 1L));
            assertThat(storage.resources().history(resource.guid())).containsExactly(resource.revision());
            assertThat(found(resource.guid()).content()).isEqualTo(Samples.titled("Edited"));
            assertThat(storage.peers().findByHost(peer.host())).contains(peer);
        });

        assertThat(found(resource.guid()).version()).isEqualTo(3);
    }

    @Test
    void a_nested_transaction_joins_the_outer_one() {
        Resource outer = Samples.local("Outer");
        Resource inner = Samples.local("Inner");

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(outer);
                    storage.inTransaction(() -> {
                        assertThat(storage.resources().find(outer.guid())).isPresent();
                        storage.resources().save(inner);
                    });
                    throw new Misfortune();
                }))
                .isInstanceOf(Misfortune.class);

        assertThat(storage.resources().find(List.of(outer.guid(), inner.guid())))
                .isEmpty();
    }

    @Test
    void a_failure_goes_through_all_layers_and_undoes_them_all() {
        Resource outer = Samples.local("Outer");
        Misfortune misfortune = new Misfortune();

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(outer);
                    storage.inTransaction(() -> {
                        throw misfortune;
                    });
                }))
                .isSameAs(misfortune);

        assertThat(storage.resources().find(outer.guid())).isEmpty();
    }

    @Test
    void transactions_of_two_threads_are_two() throws Exception {
        List<Guid> guids = atOnce(4, () -> {
            Resource resource = Samples.local("By one of four");
            storage.inTransaction(() -> {
                storage.resources().save(resource);
                assertThat(found(resource.guid()).content()).isEqualTo(resource.content());
            });
            return resource.guid();
        });

        assertThat(storage.resources().find(guids)).hasSize(4);
    }
}

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

    private static final class WorkFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void everything_is_committed_and_the_result_is_returned() {
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
    void if_the_work_throws_nothing_is_saved_in_any_repository() {
        Peer peer = savedPeer("https://a.example.org");
        Resource known = saved(Samples.local("Known"));
        Resource added = Samples.local("Added");
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, Samples.NOON);
        WorkFailedException failure = new WorkFailedException();

        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            assertThatThrownBy(() -> storage.inTransaction(() -> {
                        storage.resources()
                                .save(List.of(added, known.edit(Samples.hostile(), Samples.AMINA, Samples.NOON)));
                        storage.peers().save(peer.withActive(false));
                        storage.peers().save(Samples.peer(storage.peers().nextId(), "https://b.example.org"));
                        storage.syncLogs().save(log);
                        storage.harvest()
                                .commit(lease, Samples.progress(new Cursor("c", null), Map.of(added.guid(), "v")));
                        throw failure;
                    }))
                    .isSameAs(failure);
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
    void an_error_rolls_the_transaction_back_too() {
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
                    throw new WorkFailedException();
                }))
                .isInstanceOf(WorkFailedException.class);

        Resource resource = Samples.local("Next");
        storage.inTransaction(() -> storage.resources().save(resource));

        assertSame(found(resource.guid()), resource);
    }

    @Test
    void saved_data_is_read_back_within_the_transaction() {
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
            assertThat(storage.peers().findByHost(peer.host().orElseThrow())).contains(peer);
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
                    throw new WorkFailedException();
                }))
                .isInstanceOf(WorkFailedException.class);

        assertThat(storage.resources().find(List.of(outer.guid(), inner.guid())))
                .isEmpty();
    }

    @Test
    void a_failure_passes_through_nested_transactions_and_rolls_all_back() {
        Resource outer = Samples.local("Outer");
        WorkFailedException failure = new WorkFailedException();

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(outer);
                    storage.inTransaction(() -> {
                        throw failure;
                    });
                }))
                .isSameAs(failure);

        assertThat(storage.resources().find(outer.guid())).isEmpty();
    }

    @Test
    void threads_have_separate_transactions() throws Exception {
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

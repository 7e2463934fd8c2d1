package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.notifications.OutboxEntry;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of the event that a run sends in the transaction of its end. */
class EndingListenerTest {

    private final Library library = new Library();
    private final List<SyncLog> ended = new ArrayList<>();

    /** Called with each end after it was added to the outbox. */
    private Consumer<SyncLog> then = end -> {};

    private final SyncService service = SyncService.builder()
            .storage(library.storage)
            .client(library.script)
            .clock(library.clock)
            .listener(new SyncListener() {
                @Override
                public void ending(SyncLog run) {
                    ended.add(run);
                    assertThat(library.storage.syncLogs().find(run.id())).contains(run);
                    library.storage.outbox().add(Samples.announcement(run));
                    then.accept(run);
                }
            })
            .build();

    private List<String> outbox() {
        return library.storage.outbox().unsent(10).stream()
                .map(OutboxEntry::subject)
                .toList();
    }

    private SyncLog startedElsewhere() {
        SyncLog log =
                SyncLog.start(library.storage.syncLogs().nextId(), library.peer.id(), null, library.clock.instant());
        library.storage.syncLogs().save(log);
        return log;
    }

    @Test
    void the_end_of_a_run_and_what_the_listener_saves_are_committed_together() {
        library.script.lastPage(cursor(1), full(1, "v1"));

        SyncReport report = service.sync(library.peer);

        assertThat(ended).containsExactly(report.log());
        assertThat(outbox()).containsExactly("succeeded");
    }

    @Test
    void a_run_that_fails_has_an_end_too() {
        library.script.failure(new PeerException(PeerTrouble.UNREACHABLE, "broke off", null));

        service.sync(library.peer);

        assertThat(ended).extracting(SyncLog::status).containsExactly(SyncStatus.FAILED);
        assertThat(outbox()).containsExactly("failed");
    }

    @Test
    void a_failure_of_this_library_has_an_end_if_it_can_be_saved() {
        library.script.page(cursor(1), full(1, "v1"));
        StorageException failure = new StorageException("disk full", null);
        library.storage.inCommit = () -> {
            library.storage.inCommit = () -> {};
            throw failure;
        };

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> service.sync(library.peer))
                .isSameAs(failure);

        assertThat(outbox()).containsExactly("failed");
    }

    @Test
    void an_end_that_cannot_be_saved_leaves_nothing_of_the_listener() {
        library.script.lastPage(cursor(1), full(1, "v1"));
        IllegalStateException failure = new IllegalStateException("outbox is full");
        then = end -> {
            throw failure;
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> service.sync(library.peer))
                .isSameAs(failure);

        assertThat(ended).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED, SyncStatus.FAILED);
        assertThat(outbox()).isEmpty();
        assertThat(library.logs()).extracting(SyncLog::status).containsExactly(SyncStatus.RUNNING);
        assertThat(library.resources()).hasSize(1);
    }

    @Test
    void an_end_is_saved_again_while_the_storage_of_the_listener_is_unavailable() {
        library.script.lastPage(cursor(1), full(1, "v1"));
        then = end -> {
            then = again -> {};
            throw new StorageUnavailableException("restarting", null);
        };

        SyncReport report = service.sync(library.peer);

        assertThat(report.succeeded()).isTrue();
        assertThat(outbox()).containsExactly("succeeded");
    }

    @Test
    void the_next_run_ends_the_run_of_a_dead_process() {
        SyncLog dead = startedElsewhere();
        library.script.lastPage(cursor(1), full(1, "v1"));

        service.sync(library.peer);

        assertThat(ended).extracting(SyncLog::id).startsWith(dead.id()).hasSize(2);
        assertThat(outbox()).containsExactlyInAnyOrder("interrupted", "succeeded");
    }

    @Test
    void a_run_of_another_process_that_is_cancelled_or_whose_peer_is_removed_has_an_end() {
        startedElsewhere();
        assertThat(service.cancel(library.peer.id(), Library.EDITOR)).isTrue();
        startedElsewhere();
        assertThat(service.remove(library.peer.id())).isTrue();

        assertThat(ended).extracting(SyncLog::message).containsExactly("cancelled by amina", "the peer was removed");
        assertThat(outbox()).containsExactly("interrupted", "interrupted");
    }

    @Test
    void a_run_that_lost_its_lease_has_no_second_end() {
        library.script.lastPage(cursor(1), full(1, "v1"));
        library.storage.inCommit = () -> {
            library.storage.inCommit = () -> {};
            library.storage.harvest().revoke(library.peer.id());
        };

        service.sync(library.peer);

        assertThat(outbox()).isEmpty();
    }

    @Test
    void a_preview_and_the_listener_of_one_run_have_no_such_event() {
        library.script.lastPage(cursor(1), full(1, "v1"));
        service.preview(library.peer);
        assertThat(ended).isEmpty();

        library.script.lastPage(cursor(1), full(1, "v1"));
        library.service.sync(library.peer, new SyncListener() {
            @Override
            public void ending(SyncLog run) {
                throw new AssertionError("not for the listener of a run");
            }
        });
        assertThat(library.logs()).extracting(SyncLog::status).containsExactly(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_listener_that_throws_at_the_end_of_a_dead_run_prevents_the_next_run() {
        startedElsewhere();
        IllegalStateException failure = new IllegalStateException("outbox is full");
        then = end -> {
            throw failure;
        };

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> service.sync(library.peer));

        assertThat(library.logs()).extracting(SyncLog::status).containsExactly(SyncStatus.RUNNING);
        assertThat(outbox()).isEmpty();
        try (PeerLease lease =
                library.storage.harvest().claim(library.peer.id()).orElseThrow()) {
            assertThat(lease.peer()).isEqualTo(library.peer.id());
        }
    }

    @Test
    void a_listener_that_saves_nothing_with_an_end_does_not_receive_it() {
        List<String> asked = new ArrayList<>();
        SyncService quiet = SyncService.builder()
                .storage(library.storage)
                .client(library.script)
                .clock(library.clock)
                .listener(new SyncListener() {
                    @Override
                    public boolean savesWithEnd(SyncLog run, @Nullable SyncStatus before) {
                        asked.add(before + " " + run.status());
                        return before != run.status();
                    }

                    @Override
                    public void ending(SyncLog run) {
                        ended.add(run);
                    }
                })
                .build();
        for (int i = 0; i < 3; i++) {
            library.script.lastPage(cursor(1), full(1, "v1"));
        }

        SyncReport first = quiet.sync(library.peer);
        SyncReport second = quiet.sync(library.peer);
        library.script.failure(new PeerException(PeerTrouble.UNREACHABLE, "broke off", null));

        assertThat(ended).containsExactly(first.log());
        assertThat(asked).containsExactly("null SUCCEEDED", "SUCCEEDED SUCCEEDED");
        assertThat(library.storage.syncLogs().recent(library.peer.id(), 1)).containsExactly(second.log());
        assertThat(second.log().tally().unchanged()).isOne();
    }
}

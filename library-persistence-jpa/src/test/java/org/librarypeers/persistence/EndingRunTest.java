package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.notifications.OutboxEntry;

/** Tests that the end of a run and the messages about it are committed in one transaction. */
@Timeout(60)
class EndingRunTest {

    private final JpaStorage storage = TestDatabase.sharedStorage();
    private final ScriptedPeer script = new ScriptedPeer();
    private boolean failing;

    private final SyncService service = SyncService.builder()
            .storage(storage)
            .client(script)
            .listener(new SyncListener() {
                @Override
                public void ending(SyncLog run) {
                    storage.outbox().add(Samples.announcement(run));
                    if (failing) {
                        throw new IllegalStateException("the listener failed");
                    }
                }
            })
            .build();

    private Peer peer() {
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");
        storage.peers().save(peer);
        return peer;
    }

    @Test
    void an_end_that_is_rolled_back_leaves_no_message_and_the_next_run_ends_the_log() {
        Peer peer = peer();
        failing = true;
        script.lastPage(ScriptedPeer.cursor(1), ScriptedPeer.full(1, "v1"));
        assertThatThrownBy(() -> service.sync(peer)).hasMessage("the listener failed");

        assertThat(storage.outbox().unsent(10)).isEmpty();
        assertThat(storage.syncLogs().recent(peer.id(), 10))
                .extracting(SyncLog::status)
                .containsExactly(SyncStatus.RUNNING);

        failing = false;
        script.lastPage(ScriptedPeer.cursor(2), ScriptedPeer.full(2, "v1"));
        service.sync(peer);

        assertThat(storage.outbox().unsent(10))
                .extracting(OutboxEntry::subject)
                .containsExactlyInAnyOrder("interrupted", "succeeded");
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.items;
import static org.librarypeers.sync.contract.ScriptedPeer.relayed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.StorageException;

/** Tests of the dry run. It reads and decides as a run does, and changes nothing. */
class PreviewTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    /** Prepares a library in which a run can have every outcome. */
    private void prepare() {
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"), item(3, "v1"), item(8, "v1"), full(9, "v1"))
                .body(3, new Fetched.Unreadable("no JSON"))
                .body(8, new Fetched.Unreadable("no JSON"));
        library.sync();
        library.storage
                .resources()
                .save(Resource.create(guid(4), titled("Made here"), EDITOR, library.clock.instant()));
        Peer malawi = Library.peer(library.storage.peers().nextId(), "Malawi", "https://malawi.example.org");
        library.storage.peers().save(malawi);
        Delivery delivery = new Delivery(malawi, new SyncLogId(99), library.storage.id(), library.clock.instant());
        library.storage.resources().save(Samples.adopted(incoming(5, "From Malawi"), delivery));
    }

    /**
     * Scripts one answer for each outcome: new, updated, unchanged, kept local, kept other source, retried with
     * success, retried in vain, withdrawn, and an item that changes while the list is read.
     */
    private void answers() {
        script.page(cursor(2), full(1, "v1"), full(2, "v2"), full(4, "v1"), full(6, "v1"), full(11, "v1"))
                .lastPage(
                        cursor(3),
                        full(5, "v2", relayed(5, "Malawi", "https://malawi.example.org")),
                        item(7, "v1"),
                        item(10, "v1"),
                        full(11, "v2"),
                        full(6, "v1"))
                .body(3, "Mended")
                .body(7, new Fetched.Gone())
                .body(10, "Ten");
    }

    @Test
    void a_preview_predicts_exactly_what_the_run_then_does_and_changes_nothing() {
        prepare();
        var before = library.everything();
        List<SyncProgress> foreseen = new ArrayList<>();
        List<SyncProgress> heard = new ArrayList<>();

        answers();
        SyncReport preview = library.service.preview(library.peer, SyncListener.onProgress(foreseen::add));

        assertThat(library.everything()).isEqualTo(before);
        answers();
        SyncReport run = library.service.sync(library.peer, SyncListener.onProgress(heard::add));

        assertThat(preview.log().tally())
                .isEqualTo(run.log().tally())
                .isEqualTo(tally().added(4)
                        .updated(2)
                        .unchanged(1)
                        .keptLocal(1)
                        .keptOtherSource(1)
                        .failed(2));
        assertThat(foreseen)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("run.id", "peer.syncsAutomatically")
                .isEqualTo(heard);
        assertThat(preview.log())
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(run.log());
        assertThat(preview.preview()).isTrue();
        assertThat(run.preview()).isFalse();
        assertThat(preview.succeeded()).isTrue();
    }

    @Test
    void a_preview_asks_the_peer_what_the_run_asks() {
        prepare();
        answers();
        script.asked.clear();
        script.fetched.clear();
        library.service.preview(library.peer, SyncListener.NONE);
        var asked = List.copyOf(script.asked);
        var fetched = List.copyOf(script.fetched);
        script.asked.clear();
        script.fetched.clear();

        answers();
        library.sync();

        assertThat(asked).isEqualTo(script.asked).containsExactly(cursor(1), cursor(2));
        assertThat(fetched).isEqualTo(script.fetched);
        assertThat(script.closed).isEqualTo(3);
    }

    @Test
    void a_preview_uses_no_number_and_no_transaction_and_disturbs_no_run_under_way() {
        library.storage.beforeTransaction = () -> {
            throw new StorageException("nothing is to be saved", null);
        };
        script.lastPage(cursor(1), items(1, 60, "v1")).bodies(1, 60, "A");
        try (var lease = library.storage.harvest().claim(library.peer.id()).orElseThrow()) {
            SyncReport report = library.service.preview(library.peer, SyncListener.NONE);
            assertThat(report.log().tally()).isEqualTo(tally().added(60));
            assertThat(library.storage.harvest().claim(lease.peer())).isEmpty();
        }

        assertThat(library.storage.commits).isZero();
        assertThat(library.storage.syncLogs().nextId()).isEqualTo(new SyncLogId(1));
    }

    @Test
    void a_preview_says_why_it_stopped_and_does_not_log_it() {
        script.page(cursor(1), full(1, "v1"))
                .failure(new PeerException(PeerTrouble.REFUSED, "wrong key", null))
                .failure(new PeerThrottledException(Instant.EPOCH, "later"));

        SyncReport failed = library.service.preview(library.peer, SyncListener.NONE);
        SyncReport throttled = library.service.preview(library.peer, SyncListener.NONE);

        assertThat(failed.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(failed.log().message()).isEqualTo("wrong key");
        assertThat(failed.log().tally()).isEqualTo(tally().added(1));
        assertThat(throttled.log().status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(library.logs()).isEmpty();
    }

    @Test
    void trouble_of_our_own_in_a_preview_is_thrown_and_not_logged() {
        StorageException trouble = new StorageException("gone", null);
        script.failure(trouble);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> library.service.preview(library.peer, SyncListener.NONE))
                .isSameAs(trouble);
        assertThat(library.logs()).isEmpty();
    }
}

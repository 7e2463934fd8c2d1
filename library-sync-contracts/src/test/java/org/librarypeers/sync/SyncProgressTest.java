package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;

/** Tests of the batches that a run commits, and of what can be seen of a run under way. */
class SyncProgressTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    @Test
    void bodies_that_are_sent_along_are_committed_as_one_page() {
        script.lastPage(
                cursor(1),
                IntStream.rangeClosed(1, 120)
                        .mapToObj(number -> full(number, "v1"))
                        .toArray(ChangePage.Item[]::new));
        List<SyncProgress> heard = new ArrayList<>();

        library.service.sync(library.peer, SyncListener.onProgress(heard::add));

        assertThat(heard).extracting(progress -> progress.tally().added()).containsExactly(120);
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void bodies_that_are_fetched_one_by_one_are_committed_by_fifties() {
        script.page(cursor(1), items(1, 100, "v1"))
                .lastPage(cursor(2), items(101, 201, "v1"))
                .bodies(1, 201, "A");
        List<SyncProgress> heard = new ArrayList<>();

        library.service.sync(library.peer, SyncListener.onProgress(heard::add));

        assertThat(script.fetched).extracting(List::size).containsExactly(50, 50, 50, 50, 1);
        assertThat(heard).extracting(progress -> progress.tally().added()).containsExactly(0, 50, 100, 150, 200, 201);
        assertThat(library.storage.resources().counts()).isEqualTo(Map.of(Status.PENDING, 201L));
    }

    @Test
    void a_listener_hears_peer_tally_requests_pages_and_total() {
        script.lastPage(cursor(1), items(1, 60, "v1")).bodies(1, 60, "A");
        library.sync();
        ChangePage.Item[] again = items(1, 120, "v1");
        script.answer(() -> new ChangePage(List.of(again), cursor(2), false, 120))
                .lastPage(cursor(3), full(121, "v1"))
                .bodies(61, 120, "A");
        List<SyncProgress> heard = new ArrayList<>();

        library.service.sync(library.peer, SyncListener.onProgress(heard::add));

        assertThat(heard)
                .extracting(SyncProgress::peer)
                .containsOnly(library.storage.peers().find(library.peer.id()).orElseThrow());
        assertThat(heard)
                .extracting(
                        SyncProgress::tally,
                        SyncProgress::requests,
                        SyncProgress::pages,
                        SyncProgress::total,
                        SyncProgress::remaining)
                .containsExactly(
                        tuple(tally(), 1, 1, 120, null),
                        tuple(tally().added(50).unchanged(60), 51, 1, 120, null),
                        tuple(tally().added(60).unchanged(60), 61, 1, 120, null),
                        tuple(tally().added(61).unchanged(60), 62, 2, 120, null));
    }

    @Test
    void the_log_of_a_run_under_way_can_be_read() {
        List<SyncLog> seen = new ArrayList<>();
        script.page(cursor(1), full(1, "v1")).answer(() -> {
            seen.addAll(library.logs());
            return new ChangePage(List.of(), cursor(2), true, -1);
        });

        SyncReport report = library.sync();

        assertThat(seen).singleElement().satisfies(log -> {
            assertThat(log.id()).isEqualTo(report.log().id());
            assertThat(log.status()).isEqualTo(SyncStatus.RUNNING);
            assertThat(log.tally().added()).isEqualTo(1);
            assertThat(log.requests()).isEqualTo(1);
        });
    }
}

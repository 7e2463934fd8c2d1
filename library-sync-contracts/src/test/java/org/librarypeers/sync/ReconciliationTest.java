package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.Withdrawal;

/** Tests of runs that read everything that a peer offers, to find what was missed or withdrawn. */
class ReconciliationTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    @BeforeEach
    void tenFromThePeer() {
        script.lastPage(cursor(3), listed(1, 10));
        library.sync();
        script.asked.clear();
    }

    private static ChangePage.Item[] listed(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> full(n, "v1")).toArray(ChangePage.Item[]::new);
    }

    private SyncTally withdrawals(int unchanged, int withdrawn) {
        return SyncTally.NONE.unchanged(unchanged).withdrawn(withdrawn);
    }

    @Test
    void it_reads_from_the_beginning_and_takes_what_was_missed() {
        script.lastPage(cursor(4), listed(1, 11));
        SyncLog log = library.reconcile();
        assertThat(script.asked).containsExactly((Cursor) null);
        assertThat(log.since()).isNull();
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(1).unchanged(10));
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(4));
    }

    @Test
    void what_is_no_longer_listed_is_marked_once_and_stays_as_it_is() {
        Object before = library.resources();
        script.lastPage(cursor(4), listed(1, 8));
        assertThat(library.reconcile().tally()).isEqualTo(withdrawals(8, 2));
        assertThat(library.withdrawn()).containsExactlyInAnyOrder(guid(9), guid(10));
        assertThat(library.storage.harvest().withdrawals(null, 10))
                .containsExactlyInAnyOrder(
                        new Withdrawal(guid(9), library.peer.id(), library.clock.instant()),
                        new Withdrawal(guid(10), library.peer.id(), library.clock.instant()));
        assertThat(library.resources()).isEqualTo(before);

        script.lastPage(cursor(4), listed(1, 8));
        assertThat(library.reconcile().tally()).isEqualTo(withdrawals(8, 0));
        assertThat(library.withdrawn()).hasSize(2);
    }

    @Test
    void what_is_listed_again_is_withdrawn_no_longer() {
        script.lastPage(cursor(4), listed(1, 8));
        library.reconcile();
        script.lastPage(cursor(4), listed(1, 9));
        assertThat(library.reconcile().tally()).isEqualTo(withdrawals(9, 0));
        assertThat(library.withdrawn()).containsExactly(guid(10));
    }

    @Test
    void more_than_a_fifth_gone_at_once_is_doubted_and_nothing_is_marked() {
        script.lastPage(cursor(4), listed(1, 7));
        SyncLog log = library.reconcile();
        assertThat(log.tally()).isEqualTo(withdrawals(7, 0));
        assertThat(log.message()).contains("3 of 10", "20 %");
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void an_outage_is_doubted_too_where_all_is_followed_elsewhere() {
        Peer malawi = library.addPeer("Malawi", "https://malawi.example.org");
        script.lastPage(cursor(1), listed(1, 10));
        library.service.sync(malawi, SyncListener.NONE);
        script.lastPage(cursor(1));

        SyncLog log = library.service
                .sync(malawi, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();

        assertThat(log.message()).contains("another source", "10 of 10", "20 %");
        assertThat(library.storage.harvest().withdrawn(malawi.id())).isEmpty();
        assertThat(library.storage.harvest().alsoOffered(malawi.id())).hasSize(10);
    }

    @Test
    void what_is_new_does_not_make_the_loss_look_small() {
        script.lastPage(cursor(4), listed(11, 60));
        SyncLog log = library.reconcile();
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(50));
        assertThat(log.message()).contains("10 of 10");
    }

    @Test
    void a_list_that_breaks_off_marks_nothing_and_moves_no_cursor() {
        script.page(cursor(1), listed(1, 5)).failure(new PeerException(PeerTrouble.UNREACHABLE, "gone", null));
        assertThat(library.reconcile().message()).isEqualTo("gone");
        assertThat(library.withdrawn()).isEmpty();
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(3));
    }

    @Test
    void a_listed_item_without_a_legible_guid_may_be_the_missing_one() {
        ChangePage.Item illegible = new ChangePage.Item("10", null, "v1", new Fetched.Unreadable("no guid"));
        ChangePage.Item[] items = listed(1, 10);
        items[9] = illegible;
        script.lastPage(cursor(4), items);
        assertThat(library.reconcile().message()).contains("1 of 10", "no readable GUID");
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void an_incremental_run_says_nothing_of_what_it_did_not_read() {
        script.lastPage(cursor(4), listed(1, 2));
        library.sync();
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void a_preview_counts_what_would_be_marked_and_marks_nothing() {
        script.lastPage(cursor(4), listed(1, 9));
        List<Object> before = library.everything();
        SyncReport preview = library.service.preview(library.peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(preview.log().tally()).isEqualTo(withdrawals(9, 1));
        assertThat(library.withdrawn()).isEmpty();
        assertThat(library.everything()).isEqualTo(before);
    }
}

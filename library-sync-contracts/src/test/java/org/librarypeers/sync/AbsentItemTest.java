package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests of items that a peer lists but does not have when they are fetched. */
class AbsentItemTest {

    private static final Fetched GONE = new Fetched.Gone();

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private List<String> bad() {
        return library.quarantined().stream().map(QuarantinedItem::remoteId).toList();
    }

    private static SyncTally withdrawn(int unchanged, int withdrawn) {
        return SyncTally.NONE.unchanged(unchanged).withdrawn(withdrawn);
    }

    private void hold(int many) {
        script.lastPage(cursor(1), items(1, many, "v1")).bodies(1, many, "Held");
        library.sync();
        script.fetched.clear();
    }

    @Test
    void what_was_never_accepted_leaves_the_quarantine_after_two_runs_and_is_not_asked_for_again() {
        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1")).body(1, "One").body(2, GONE);
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).failed(1));
        assertThat(bad()).containsExactly("2");

        SyncLog second = library.sync().log();
        assertThat(second.tally()).isEqualTo(tally());
        assertThat(second.message())
                .isEqualTo(
                        "1 listed item was not found in two runs; it will not be requested again until the peer changes"
                                + " it or a reconciliation reads it");
        assertThat(bad()).isEmpty();
        assertThat(script.allFetched()).containsExactly("1", "2", "2");

        script.lastPage(cursor(1), item(1, "v1"), item(2, "v1"));
        SyncLog third = library.sync().log();
        assertThat(third.tally()).isEqualTo(tally().unchanged(1));
        assertThat(third.message()).isNull();
        assertThat(script.allFetched()).containsExactly("1", "2", "2");
    }

    @Test
    void it_leaves_the_quarantine_though_each_run_lists_it() {
        for (int run = 0; run < 4; run++) {
            script.lastPage(cursor(1), item(1, "v1"), item(2, "v1"))
                    .body(1, "One")
                    .body(2, GONE);
            library.sync();
        }
        assertThat(script.allFetched()).containsExactly("1", "2", "2");
        assertThat(bad()).isEmpty();
    }

    @Test
    void another_version_is_asked_for_and_taken() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, GONE);
        library.sync();
        library.sync();

        script.lastPage(cursor(2), item(2, "v2")).body(2, "There");
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(library.storage.harvest().absentItems(library.peer.id())).isEmpty();
    }

    @Test
    void another_version_that_is_not_there_either_begins_anew() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, GONE);
        library.sync();
        library.sync();

        script.lastPage(cursor(2), item(2, "v2"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().failed(1));
        assertThat(bad()).containsExactly("2");
        library.sync();
        assertThat(bad()).isEmpty();
    }

    @Test
    void a_reconciliation_asks_for_it_and_takes_it_if_it_is_there() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, GONE);
        library.sync();
        library.sync();
        script.fetched.clear();

        script.lastPage(cursor(1), item(2, "v1"));
        assertThat(library.reconcile().tally()).isEqualTo(tally());
        assertThat(script.allFetched()).containsExactly("2");
        assertThat(bad()).isEmpty();

        script.lastPage(cursor(1), item(2, "v1")).body(2, "There");
        assertThat(library.reconcile().tally()).isEqualTo(tally().added(1));
        assertThat(library.storage.harvest().absentItems(library.peer.id())).isEmpty();
    }

    @Test
    void one_that_is_there_again_at_its_second_try_is_taken() {
        script.lastPage(cursor(1), item(2, "v1")).body(2, GONE);
        library.sync();

        script.body(2, "There");
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(bad()).isEmpty();
    }

    @Test
    void what_is_held_here_is_withdrawn_after_two_runs() {
        hold(5);
        script.lastPage(cursor(2), item(3, "v2")).body(3, GONE);
        assertThat(library.sync().log().tally()).isEqualTo(tally().failed(1));
        assertThat(library.withdrawn()).isEmpty();

        script.lastPage(cursor(2), item(3, "v2"));
        SyncLog second = library.sync().log();

        assertThat(second.tally()).isEqualTo(withdrawn(0, 1));
        assertThat(second.message()).isNull();
        assertThat(library.withdrawn()).containsExactly(guid(3));
        assertThat(bad()).isEmpty();
        assertThat(library.title(3)).isEqualTo("Held");

        script.lastPage(cursor(2), item(3, "v2"));
        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(0, 0));
    }

    @Test
    void a_reconciliation_that_lists_it_does_not_bring_it_back_unless_it_is_there() {
        hold(5);
        script.lastPage(cursor(2), item(3, "v2")).body(3, GONE);
        library.sync();
        library.sync();

        script.lastPage(cursor(2), item(1, "v1"), item(2, "v1"), item(3, "v2"), item(4, "v1"), item(5, "v1"));
        assertThat(library.reconcile().tally()).isEqualTo(withdrawn(4, 0));
        assertThat(library.withdrawn()).containsExactly(guid(3));
        assertThat(bad()).isEmpty();

        script.lastPage(cursor(2), item(1, "v1"), item(2, "v1"), item(3, "v2"), item(4, "v1"), item(5, "v1"))
                .body(3, "Held");
        assertThat(library.reconcile().tally()).isEqualTo(withdrawn(5, 0));
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void more_than_a_fifth_is_doubted_and_stays_quarantined() {
        hold(9);
        script.lastPage(cursor(2), item(3, "v2"), item(4, "v2")).body(3, GONE).body(4, GONE);
        library.sync();

        SyncLog second = library.sync().log();

        assertThat(second.tally()).isEqualTo(tally().failed(2));
        assertThat(second.message()).contains("2 of 9 resources", "20 %");
        assertThat(library.withdrawn()).isEmpty();
        assertThat(bad()).containsExactly("3", "4");

        script.body(4, "Held");
        assertThat(library.sync().log().tally())
                .isEqualTo(SyncTally.NONE.unchanged(1).withdrawn(1));
        assertThat(library.withdrawn()).containsExactly(guid(3));
        assertThat(bad()).isEmpty();
    }

    @Test
    void what_the_list_does_not_show_counts_too() {
        hold(9);
        script.lastPage(cursor(2), item(3, "v2")).body(3, GONE);
        library.sync();

        script.page(cursor(2), items(1, 2, "v1")).page(cursor(2), item(3, "v2")).lastPage(cursor(2), items(4, 8, "v1"));
        SyncLog reconciliation = library.reconcile();

        assertThat(reconciliation.tally())
                .isEqualTo(SyncTally.NONE.unchanged(7).failed(1).withdrawn(1));
        assertThat(library.withdrawn()).containsExactly(guid(9));
        assertThat(reconciliation.message()).contains("1 of 9 resources");
    }

    @Test
    void what_is_listed_as_it_was_and_not_there_when_it_is_read_again_is_withdrawn_after_two_runs() {
        hold(5);
        library.clock.advance(Duration.ofDays(2));
        script.lastPage(cursor(2), items(1, 5, "v1")).body(3, GONE);
        assertThat(library.reconcile().tally()).isEqualTo(tally().unchanged(4).failed(1));
        assertThat(bad()).containsExactly("3");

        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(0, 1));
        assertThat(library.withdrawn()).containsExactly(guid(3));
    }

    @Test
    void what_is_withdrawn_so_is_archived_if_the_peer_is_set_so() {
        library.storage.peers().save(library.peer.withArchivesWithdrawn(true));
        hold(5);
        new ReviewService(library.storage, library.clock).approve(List.of(guid(3)));
        script.lastPage(cursor(2), item(3, "v2")).body(3, GONE);
        library.sync();
        library.sync();

        assertThat(library.resource(3).orElseThrow().status()).isEqualTo(Status.ARCHIVED);
    }

    @Test
    void a_preview_tells_the_same_and_changes_nothing() {
        hold(5);
        script.lastPage(cursor(2), item(3, "v2"), item(7, "v1")).body(3, GONE).body(7, GONE);
        library.sync();
        List<Object> before = library.everything();

        SyncReport preview = library.service.preview(library.peer, SyncListener.NONE);

        assertThat(preview.log().tally()).isEqualTo(withdrawn(0, 1));
        assertThat(library.everything()).isEqualTo(before);
        SyncLog run = library.sync().log();
        assertThat(run.tally()).isEqualTo(preview.log().tally());
        assertThat(run.message()).isEqualTo(preview.log().message());
        assertThat(library.storage.harvest().absentItems(library.peer.id())).isEqualTo(Map.of("3", "v2", "7", "v1"));
    }
}

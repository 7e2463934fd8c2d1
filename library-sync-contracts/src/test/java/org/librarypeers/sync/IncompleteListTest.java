package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.KnownShortfalls;

/**
 * Tests of lists with fewer resources than the peer announced. A resource missing from such a list is not withdrawn.
 */
class IncompleteListTest {

    private static final Shortfall TWO_MISSING = new Shortfall(14, 12);

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private static ChangePage.Item[] listed(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> full(n, "v1")).toArray(ChangePage.Item[]::new);
    }

    private Optional<Cursor> stored() {
        return library.storage.harvest().cursor(library.peer.id());
    }

    private KnownShortfalls known() {
        return library.storage.harvest().shortfalls(library.peer.id());
    }

    private static SyncTally unchanged(int unchanged) {
        return SyncTally.NONE.unchanged(unchanged);
    }

    /** Syncs fourteen resources from a complete list. */
    private void fourteen() {
        script.lastPage(cursor(1), listed(1, 14));
        library.sync();
    }

    @Test
    void a_first_sync_of_a_short_list_fails_with_the_numbers_and_keeps_what_it_read() {
        script.lastPage(TWO_MISSING, cursor(1), listed(1, 12));

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
        assertThat(log.trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(log.message()).contains("https://orb.example.org", "12 of the 14 resources");
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(12));
        assertThat(library.resources()).hasSize(12);
        assertThat(stored()).isEmpty();
        assertThat(known()).isEqualTo(new KnownShortfalls(TWO_MISSING, null));
    }

    @Test
    void the_same_shortfall_in_the_next_run_is_a_remark_and_moves_the_cursor() {
        script.lastPage(TWO_MISSING, cursor(1), listed(1, 12)).lastPage(TWO_MISSING, cursor(1), listed(1, 12));
        library.sync();

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).contains("earlier run", "12 of the 14 resources");
        assertThat(log.tally()).isEqualTo(unchanged(12));
        assertThat(stored()).contains(cursor(1));
        assertThat(known()).isEqualTo(new KnownShortfalls(TWO_MISSING, null));
    }

    @Test
    void as_many_missing_of_a_longer_list_are_the_same_shortfall() {
        script.lastPage(TWO_MISSING, cursor(1), listed(1, 12));
        library.sync();
        script.lastPage(new Shortfall(16, 14), cursor(2), listed(1, 14));

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).contains("14 of the 16");
        assertThat(stored()).contains(cursor(2));
    }

    @Test
    void another_shortfall_fails_again() {
        script.lastPage(TWO_MISSING, cursor(1), listed(1, 12));
        library.sync();
        script.lastPage(new Shortfall(14, 11), cursor(1), listed(1, 11));

        SyncLog log = library.sync().log();

        assertThat(log.trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(log.message()).contains("11 of the 14");
        assertThat(stored()).isEmpty();
        assertThat(known().whole()).isEqualTo(new Shortfall(14, 11));
    }

    @Test
    void a_short_reconciliation_withdraws_nothing_and_leaves_the_cursor_where_it_is() {
        fourteen();
        script.lastPage(TWO_MISSING, cursor(2), listed(1, 12));

        SyncLog log = library.reconcile();

        assertThat(log.trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(log.tally()).isEqualTo(unchanged(12));
        assertThat(library.withdrawn()).isEmpty();
        assertThat(stored()).contains(cursor(1));
    }

    @Test
    void withdrawals_stay_off_while_the_shortfall_stays_and_come_back_with_a_complete_list() {
        fourteen();
        script.lastPage(TWO_MISSING, cursor(2), listed(1, 12)).lastPage(TWO_MISSING, cursor(2), listed(1, 12));
        library.reconcile();

        SyncLog same = library.reconcile();

        assertThat(same.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(same.message()).contains("earlier run", "12 of the 14", "2 of 14 resources");
        assertThat(library.withdrawn()).isEmpty();
        assertThat(stored()).contains(cursor(2));

        script.lastPage(cursor(3), listed(1, 12));
        SyncLog complete = library.reconcile();

        assertThat(complete.message()).isNull();
        assertThat(complete.tally().withdrawn()).isEqualTo(2);
        assertThat(library.withdrawn()).containsExactlyInAnyOrder(guid(13), guid(14));
        assertThat(known()).isEqualTo(KnownShortfalls.NONE);
    }

    @Test
    void a_peer_whose_withdrawals_are_archived_loses_nothing_by_a_short_list() {
        library.storage.peers().save(archiving(library.peer));
        fourteen();
        new ReviewService(library.storage, library.clock).approveAll();
        for (int run = 0; run < 3; run++) {
            script.lastPage(TWO_MISSING, cursor(2), listed(1, 12));
            library.reconcile();
        }

        assertThat(library.storage.resources().withStatus(Status.APPROVED, null, 100))
                .hasSize(14);
        assertThat(library.withdrawn()).isEmpty();
    }

    private static Peer archiving(Peer peer) {
        return peer.withArchivesWithdrawn(true);
    }

    @Test
    void what_others_have_too_is_not_withdrawn_by_a_short_list_either() {
        fourteen();
        Peer malawi = library.addPeer("Malawi", "https://malawi.example.org");
        script.lastPage(cursor(1), listed(1, 14));
        library.service.sync(malawi, SyncListener.NONE);
        for (int run = 0; run < 2; run++) {
            script.lastPage(TWO_MISSING, cursor(2), listed(1, 12));
            library.service.sync(malawi, SyncScope.EVERYTHING, SyncListener.NONE);
        }

        assertThat(library.storage.harvest().alsoOffered(malawi.id())).hasSize(14);
    }

    @Test
    void from_a_short_page_on_the_cursor_stays_though_what_follows_is_read_and_kept() {
        script.page(cursor(1), listed(1, 3))
                .page(new Shortfall(3, 1), cursor(2), listed(4, 4))
                .lastPage(new Shortfall(3, 1), cursor(3), listed(7, 9));

        SyncLog log = library.sync().log();

        assertThat(log.trouble()).isEqualTo(PeerTrouble.INCOMPLETE);
        assertThat(log.tally().added()).isEqualTo(7);
        assertThat(stored()).contains(cursor(1));
    }

    @Test
    void a_page_that_is_complete_when_it_is_asked_for_again_moves_the_cursor() {
        script.page(new Shortfall(3, 1), cursor(1), listed(1, 1)).lastPage(cursor(2), listed(1, 3));

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).isNull();
        assertThat(stored()).contains(cursor(2));
    }

    @Test
    void a_run_that_breaks_off_behind_a_short_page_leaves_the_cursor_before_it() {
        script.page(cursor(1), listed(1, 3))
                .page(new Shortfall(3, 1), cursor(2), listed(4, 4))
                .failure(new PeerThrottledException(Instant.EPOCH, "later"));

        assertThat(library.sync().log().status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(stored()).contains(cursor(1));
        assertThat(known()).isEqualTo(KnownShortfalls.NONE);
    }

    @Test
    void a_list_of_which_it_is_not_known_withdraws_nothing_and_says_why() {
        fourteen();
        Completeness unknown = new Completeness.Unknown("the peer does not say how many there are");
        script.lastPage(unknown, cursor(2), listed(1, 12));

        SyncLog log = library.reconcile();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message())
                .isEqualTo(
                        "2 of 14 resources are no longer listed; none was marked as withdrawn because the peer does not"
                                + " say how many there are");
        assertThat(library.withdrawn()).isEmpty();
        assertThat(stored()).contains(cursor(2));
    }

    @Test
    void a_complete_list_of_changes_does_not_make_the_whole_list_complete() {
        fourteen();
        script.lastPage(TWO_MISSING, cursor(2), listed(1, 12)).lastPage(cursor(3), listed(12, 12));
        library.reconcile();
        library.sync();

        script.lastPage(TWO_MISSING, cursor(4), listed(1, 12));
        assertThat(library.reconcile().status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(known()).isEqualTo(new KnownShortfalls(TWO_MISSING, null));
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void the_list_of_changes_and_the_whole_list_may_fall_short_by_different_numbers() {
        fourteen();
        Shortfall one = new Shortfall(3, 2);
        script.lastPage(TWO_MISSING, cursor(2), listed(1, 12)).lastPage(one, cursor(3), listed(11, 12));
        library.reconcile();
        assertThat(library.sync().log().trouble()).isEqualTo(PeerTrouble.INCOMPLETE);

        for (int night = 0; night < 2; night++) {
            script.lastPage(one, cursor(3), listed(11, 12)).lastPage(TWO_MISSING, cursor(2), listed(1, 12));
            assertThat(library.sync().log().status()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(library.reconcile().status()).isEqualTo(SyncStatus.SUCCEEDED);
        }
    }

    @Test
    void a_preview_tells_the_same_and_saves_nothing() {
        fourteen();
        for (int run = 0; run < 2; run++) {
            List<Object> before = library.everything();
            script.lastPage(TWO_MISSING, cursor(2), listed(1, 12)).lastPage(TWO_MISSING, cursor(2), listed(1, 12));

            SyncLog preview = library.service
                    .preview(library.peer, SyncScope.EVERYTHING, SyncListener.NONE)
                    .log();
            assertThat(library.everything()).isEqualTo(before);
            SyncLog done = library.reconcile();

            assertThat(preview.status()).isEqualTo(run == 0 ? SyncStatus.FAILED : SyncStatus.SUCCEEDED);
            assertThat(preview.message()).contains("12 of the 14").isEqualTo(done.message());
            assertThat(preview.trouble()).isEqualTo(done.trouble());
            assertThat(preview.tally()).isEqualTo(done.tally());
        }
    }

    @Test
    void remarks_of_pages_are_told_in_their_order() {
        script.answer(() -> new ChangePage(
                        List.of(full(1, "v1")), cursor(1), false, -1, new Completeness.Complete(), List.of("one")))
                .answer(() ->
                        new ChangePage(List.of(), cursor(2), true, -1, new Completeness.Complete(), List.of("two")));

        assertThat(library.sync().log().message()).isEqualTo("one; two");
    }
}

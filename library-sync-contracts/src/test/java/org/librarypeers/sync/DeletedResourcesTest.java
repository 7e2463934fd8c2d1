package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.ScriptedPeer.answered;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.Withdrawal;

/** Tests of runs in which the peer's feed says which resources it no longer serves. */
class DeletedResourcesTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    @BeforeEach
    void tenFromThePeer() {
        script.lastPage(cursor(1), listed(1, 10));
        library.sync();
    }

    private static ChangePage.Item[] listed(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> full(n, "v1")).toArray(ChangePage.Item[]::new);
    }

    private static Set<Guid> guids(int... numbers) {
        return IntStream.of(numbers).mapToObj(ScriptedPeer::guid).collect(Collectors.toSet());
    }

    private static SyncTally withdrawn(int number) {
        return SyncTally.NONE.withdrawn(number);
    }

    @Test
    void a_deleted_resource_waits_for_a_reviewer_and_stays_as_it_is() {
        Object before = library.resources();
        script.lastPage(guids(3, 99), cursor(2));

        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(withdrawn(1));
        assertThat(report.log().message()).isNull();
        assertThat(library.storage.harvest().withdrawals(null, 10))
                .containsExactly(new Withdrawal(guid(3), library.peer.id(), library.clock.instant()));
        assertThat(library.resources()).isEqualTo(before);
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(2));
        assertThat(library.storage
                        .syncLogs()
                        .outcomes(report.log().id(), Outcome.Kind.WITHDRAWN, 0, 10)
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.outcome().guid()).isEqualTo(guid(3)));
        assertThat(library.storage.syncLogs().withdrawals(guid(3)))
                .singleElement()
                .satisfies(past -> assertThat(past.listed()).isNull());
    }

    @Test
    void a_deletion_that_is_repeated_counts_once_even_after_a_decision() {
        script.lastPage(guids(3), cursor(2));
        library.sync();
        library.storage.harvest().reviewed(List.of(guid(3)));

        script.page(guids(3), cursor(3)).lastPage(guids(3), cursor(4));
        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(0));
        assertThat(library.storage.harvest().withdrawals(null, 10)).isEmpty();
    }

    @Test
    void a_deleted_resource_with_another_source_is_settled_for_a_preview_too() {
        Peer source = library.addPeer("Source", "https://source.example.org");
        script.lastPage(cursor(1), full(11, "x"));
        library.service.sync(source, SyncListener.NONE);
        script.lastPage(cursor(2), full(11, "v1")).body(11, new Fetched.Gone());
        library.sync();
        library.clock.tick();

        script.lastPage(guids(11), cursor(3), listed(1, 10));
        SyncLog preview = library.service
                .preview(library.peer, SyncScope.EVERY_DETAIL, SyncListener.NONE)
                .log();
        script.lastPage(guids(11), cursor(3), listed(1, 10));
        SyncLog run = library.service
                .sync(library.peer, SyncScope.EVERY_DETAIL, SyncListener.NONE)
                .log();

        assertThat(run.message()).isNull();
        assertThat(library.withdrawn()).isEqualTo(guids(11));
        assertThat(preview.requests()).isEqualTo(run.requests()).isEqualTo(1);
        assertThat(preview.tally()).isEqualTo(run.tally());
        assertThat(preview.message()).isNull();
    }

    @Test
    void a_resource_that_is_served_again_is_withdrawn_no_longer() {
        script.lastPage(guids(3), cursor(2));
        library.sync();
        script.lastPage(cursor(3), full(3, "v2"));
        library.sync();
        assertThat(library.withdrawn()).isEmpty();

        script.page(guids(3), cursor(4)).lastPage(cursor(5), full(3, "v2"));
        assertThat(library.sync().log().tally().withdrawn()).isEqualTo(1);
        assertThat(library.withdrawn()).isEmpty();

        script.page(guids(3), cursor(6)).page(cursor(7), full(3, "v3")).lastPage(guids(3), cursor(8));
        assertThat(library.sync().log().tally().withdrawn()).isEqualTo(1);
        assertThat(library.withdrawn()).isEqualTo(guids(3));
    }

    @Test
    void a_resource_of_another_source_loses_only_this_offer() {
        Peer malawi = library.addPeer("Malawi", "https://malawi.example.org");
        script.lastPage(cursor(1), listed(1, 10));
        library.service.sync(malawi, SyncListener.NONE);
        script.lastPage(guids(1, 2, 3, 4, 5), cursor(2));

        SyncLog log = library.service.sync(malawi, SyncListener.NONE).log();

        assertThat(log.tally()).isEqualTo(withdrawn(0));
        assertThat(log.message()).isNull();
        assertThat(library.storage.harvest().alsoOffered(malawi.id())).isEqualTo(guids(6, 7, 8, 9, 10));
        assertThat(library.storage.harvest().withdrawals(null, 10)).isEmpty();
    }

    @Test
    void what_was_made_here_and_what_is_unknown_stay_untouched() {
        library.storage
                .resources()
                .save(Resource.create(guid(50), Samples.titled("Ours"), Library.EDITOR, library.clock.instant()));
        Object before = library.resources();
        script.lastPage(guids(50, 51), cursor(2));

        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(0));
        assertThat(library.resources()).isEqualTo(before);
        assertThat(library.withdrawn()).isEmpty();
    }

    @Test
    void a_peer_that_is_set_so_has_its_deleted_resources_archived() {
        new ReviewService(library.storage, library.clock).approveAll();
        library.storage.peers().save(library.peer.withArchivesWithdrawn(true));
        Peer archiving = library.storage.peers().find(library.peer.id()).orElseThrow();
        script.lastPage(guids(4), cursor(2));
        library.clock.tick();

        library.service.sync(archiving, SyncListener.NONE);

        assertThat(library.resource(4).orElseThrow().status()).isEqualTo(Status.ARCHIVED);
        assertThat(library.storage.catalogue().deletion(guid(4)).orElseThrow().reason())
                .isEqualTo(Deletion.Reason.WITHDRAWN);
    }

    @Test
    void a_deletion_ends_the_quarantine_of_the_resource() {
        script.lastPage(cursor(2), answered(20, "v1", new Fetched.Unreadable("no JSON")))
                .body(20, new Fetched.Unreadable("no JSON"));
        library.sync();
        assertThat(library.quarantined()).hasSize(1);
        script.fetched.clear();

        script.lastPage(guids(20), cursor(3));
        library.sync();

        assertThat(library.quarantined()).isEmpty();
        assertThat(script.fetched).isEmpty();
    }

    @Test
    void more_than_a_fifth_within_a_day_may_be_an_outage_and_the_cursor_moves_on() {
        script.lastPage(guids(1, 2, 3), cursor(2));
        SyncLog log = library.sync().log();
        assertThat(log.tally()).isEqualTo(withdrawn(0));
        assertThat(log.message()).contains("3 of 10 resources", "20 %", "outage");
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(2));

        // Two of ten are a fifth. Another one is too many on the same day, in whichever run.
        script.lastPage(guids(1, 2), cursor(3));
        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(2));
        script.lastPage(guids(3), cursor(4));
        assertThat(library.sync().log().message()).contains("1 of 10 resources was deleted");
        assertThat(library.withdrawn()).isEqualTo(guids(1, 2));

        library.clock.advance(Duration.ofDays(2));
        script.lastPage(guids(4), cursor(5));
        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(1));
    }

    @Test
    void a_run_that_fails_later_tells_too_which_deletions_it_did_not_follow() {
        script.page(guids(1, 2, 3), cursor(2)).failure(new PeerException(PeerTrouble.UNREACHABLE, "gone", null));

        assertThat(library.sync().log().message()).startsWith("gone; 3 of 10 resources were deleted");
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(2));
    }

    @Test
    void the_guard_counts_over_the_pages_of_a_run_and_not_what_the_run_adds() {
        script.page(guids(1, 2), cursor(2), listed(11, 40))
                .page(guids(3), cursor(3))
                .lastPage(guids(4), cursor(4));

        SyncLog log = library.sync().log();

        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(30).withdrawn(2));
        assertThat(log.message()).contains("2 of 10 resources");
        assertThat(library.withdrawn()).isEqualTo(guids(1, 2));
    }

    @Test
    void a_reconciliation_decides_by_its_list_and_counts_each_resource_once() {
        script.lastPage(guids(9), cursor(2), listed(1, 8));

        SyncLog log = library.reconcile();

        assertThat(log.tally()).isEqualTo(SyncTally.NONE.unchanged(8).withdrawn(2));
        assertThat(library.withdrawn()).isEqualTo(guids(9, 10));

        script.page(cursor(3), listed(1, 8)).lastPage(guids(8), cursor(3));
        assertThat(library.reconcile().tally())
                .isEqualTo(SyncTally.NONE.unchanged(8).withdrawn(1));
        assertThat(library.withdrawn()).isEqualTo(guids(8, 9, 10));
    }

    @Test
    void deletions_are_followed_when_the_cursor_passes_them_and_not_before() {
        Shortfall shortfall = new Shortfall(5, 4);
        for (boolean isFirst : List.of(true, false)) {
            script.answer(() -> new ChangePage(List.of(), guids(3), cursor(2), true, -1, shortfall, List.of()));
            SyncLog log = library.sync().log();
            assertThat(log.tally()).isEqualTo(withdrawn(isFirst ? 0 : 1));
            assertThat(library.withdrawn()).isEqualTo(isFirst ? Set.of() : guids(3));
        }

        script.page(guids(4), cursor(3)).failure(new PeerException(PeerTrouble.UNREACHABLE, "gone", null));
        assertThat(library.sync().log().tally()).isEqualTo(withdrawn(1));
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(3));
    }

    @Test
    void a_preview_counts_them_and_changes_nothing() {
        Runnable pages = () -> script.page(guids(1, 50), cursor(2), full(11, "v1"))
                .lastPage(guids(1, 2, 11), cursor(3), full(12, "v1"));
        List<Object> before = library.everything();
        pages.run();
        SyncReport preview = library.service.preview(library.peer, SyncListener.NONE);
        assertThat(library.everything()).isEqualTo(before);

        pages.run();
        SyncTally done = library.sync().log().tally();
        assertThat(done).isEqualTo(SyncTally.NONE.added(2).withdrawn(3));
        assertThat(preview.log().tally()).isEqualTo(done);
        assertThat(library.storage
                        .harvest()
                        .withdrawals(library.resources().keySet())
                        .keySet())
                .isEqualTo(Map.of(guid(1), 1, guid(2), 1, guid(11), 1).keySet());
    }
}

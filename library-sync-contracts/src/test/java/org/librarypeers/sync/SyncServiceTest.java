package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
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
import static org.librarypeers.sync.contract.ScriptedPeer.withoutGuid;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;

/** Tests of runs in which the peer answers correctly. */
class SyncServiceTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    @Test
    void a_first_run_takes_all_as_pending_and_says_so_in_the_log() {
        script.page(cursor(1), full(1, "v1"), full(2, "v1"))
                .lastPage(cursor(2), item(3, "v1"))
                .body(3, "Three");

        SyncReport report = library.sync();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.preview()).isFalse();
        assertThat(report.peer()).isEqualTo(library.peer);
        assertThat(report.log().tally()).isEqualTo(tally().added(3));
        assertThat(report.log().requests()).isEqualTo(3);
        assertThat(report.log().since()).isNull();
        assertThat(report.log().finished()).isEqualTo(library.clock.instant());
        assertThat(library.logs()).containsExactly(report.log());
        assertThat(library.storage.resources().counts()).isEqualTo(Map.of(Status.PENDING, 3L));
        assertThat(library.title(3)).isEqualTo("Three");
        Resource first = library.resource(1).orElseThrow();
        assertThat(first.revision().author())
                .isEqualTo(new Author.Sync(library.peer.id(), report.log().id()));
        assertThat(first.created()).isEqualTo(library.clock.instant());
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(2));
        assertThat(script.asked).containsExactly(null, cursor(1));
        assertThat(script.closed).isEqualTo(1);
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void a_second_run_asks_from_the_cursor_and_fetches_and_changes_nothing() {
        script.lastPage(cursor(1), items(1, 3, "v1")).bodies(1, 3, "A");
        library.sync();
        var before = library.resources();
        script.fetched.clear();
        script.asked.clear();

        // Peers look back a little and list accepted items again.
        script.lastPage(cursor(1), items(2, 3, "v1"));
        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(tally().unchanged(2));
        assertThat(report.log().since()).isEqualTo(cursor(1).upTo());
        assertThat(script.asked).containsExactly(cursor(1));
        assertThat(script.fetched).isEmpty();
        assertThat(library.resources()).isEqualTo(before);
        assertThat(library.logs()).hasSize(2);
    }

    @Test
    void a_peer_is_synced_as_it_is_stored_at_that_moment() {
        Peer stale = library.peer;
        library.storage.peers().save(stale.withActive(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> library.service.sync(stale, SyncListener.NONE))
                .withMessageContaining("not active");

        library.service.remove(stale.id());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> library.service.sync(stale, SyncListener.NONE))
                .withMessageContaining("it was removed");
        assertThat(library.logs()).isEmpty();
        assertThat(script.asked).isEmpty();
        assertThat(library.isFree()).isTrue();
    }

    @Test
    void an_update_is_taken_over_and_what_it_overwrote_stays_readable() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        new ReviewService(library.storage, library.clock).approveAll();
        script.lastPage(cursor(2), full(1, "v2"));

        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(tally().updated(1));
        assertThat(library.title(1)).isEqualTo("1 v2");
        assertThat(library.resource(1).orElseThrow().status()).isEqualTo(Status.APPROVED);
        assertThat(library.storage.resources().history(guid(1)))
                .extracting(revision -> revision.content())
                .containsExactly(titled("1 v1"));
    }

    @Test
    void a_new_version_that_says_the_same_is_unchanged_and_not_fetched_again() {
        script.lastPage(cursor(1), item(1, "v1")).body(1, "A");
        library.sync();
        var before = library.resources();
        script.lastPage(cursor(2), item(1, "v2"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1));
        script.fetched.clear();

        script.lastPage(cursor(2), item(1, "v2"));

        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1));
        assertThat(script.fetched).isEmpty();
        assertThat(library.resources()).isEqualTo(before);
    }

    @Test
    void a_local_resource_is_kept_and_its_version_remembered() {
        library.storage
                .resources()
                .save(Resource.create(guid(1), titled("Made here"), EDITOR, library.clock.instant()));
        var before = library.resources();
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1")).body(1, "Made there");
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).keptLocal(1));

        script.lastPage(cursor(1), item(1, "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1));

        assertThat(script.allFetched()).containsExactly("1");
        assertThat(library.resources()).containsAllEntriesOf(before);
    }

    @Test
    void a_resource_that_is_followed_at_another_peer_is_kept() {
        Peer malawi = Library.peer(library.storage.peers().nextId(), "Malawi", "https://malawi.example.org");
        library.storage.peers().save(malawi);
        script.lastPage(cursor(1), full(1, "v1"));
        library.service.sync(malawi, SyncListener.NONE);
        var before = library.resources();
        script.lastPage(cursor(1), full(1, "v9", relayed(1, "Malawi", "https://malawi.example.org")));

        assertThat(library.sync().log().tally()).isEqualTo(tally().keptOtherSource(1));
        assertThat(library.resources()).isEqualTo(before);
        assertThat(((Origin.FromPeer) library.resource(1).orElseThrow().origin()).sourceName())
                .isEqualTo("Malawi");
    }

    @Test
    void items_that_are_listed_twice_count_once() {
        script.page(cursor(1), item(1, "v1"), item(1, "v1"), full(2, "v1"))
                .page(cursor(2), item(1, "v1"), full(2, "v1"))
                .lastPage(cursor(3), full(3, "v1"), full(3, "v2"))
                .body(1, "A");

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(3));

        assertThat(script.allFetched()).containsExactly("1");
        assertThat(library.title(3)).isEqualTo("3 v2");
        assertThat(library.resource(3).orElseThrow().revision().number()).isEqualTo(1);
    }

    @Test
    void a_resource_that_is_edited_while_the_pages_are_read_is_taken_twice() {
        script.page(cursor(1), full(1, "v1")).lastPage(cursor(2), full(1, "v2"));

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).updated(1));
        assertThat(library.title(1)).isEqualTo("1 v2");
    }

    @Test
    void what_is_listed_but_not_there_is_asked_for_once_more() {
        script.lastPage(cursor(1), items(1, 3, "v1")).body(1, "A").bodies(2, 3, "B");
        script.body(2, new Fetched.Gone()).body(3, new Fetched.Gone());
        SyncLog first = library.sync().log();
        assertThat(first.tally()).isEqualTo(tally().added(1).failed(2));
        assertThat(library.quarantined())
                .extracting(item -> item.reason().kind())
                .containsExactly(QuarantineReason.Kind.NOT_THERE, QuarantineReason.Kind.NOT_THERE);

        script.body(2, "Mislaid for a moment");
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(library.resources()).containsOnlyKeys(guid(1), guid(2));
        assertThat(library.sync().log().tally()).isEqualTo(tally());
        assertThat(script.allFetched()).containsExactly("1", "2", "3", "2", "3");

        script.lastPage(cursor(1), items(1, 2, "v1"));
        assertThat(library.reconcile().tally()).isEqualTo(tally().unchanged(2));
        assertThat(library.quarantined()).isEmpty();
    }

    @Test
    void the_first_sync_that_is_started_makes_a_peer_sync_automatically_and_a_preview_does_not() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.service.preview(library.peer, SyncListener.NONE);
        assertThat(stored().syncsAutomatically()).isFalse();

        script.failure(new PeerException(PeerTrouble.UNREACHABLE, "gone", null));
        library.sync();
        assertThat(stored()).isEqualTo(library.peer.withSyncsAutomatically(true));

        library.storage.peers().save(library.peer);
        library.sync();
        assertThat(stored().syncsAutomatically()).isFalse();
    }

    private Peer stored() {
        return library.storage.peers().find(library.peer.id()).orElseThrow();
    }

    @Test
    void a_peer_that_has_little_of_what_it_lists_has_not_been_synced() {
        script.lastPage(cursor(1), items(1, 5, "v1")).bodies(1, 2, "A");
        IntStream.rangeClosed(3, 5).forEach(number -> script.body(number, new Fetched.Gone()));

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
        assertThat(log.message()).startsWith("3 of 5 resources ");
    }

    @Test
    void a_peer_without_anything_is_read_from_the_beginning_again() {
        script.lastPage(null);

        assertThat(library.sync().succeeded()).isTrue();
        assertThat(library.sync().succeeded()).isTrue();
        assertThat(script.asked).containsExactly(null, null);
        assertThat(library.storage.harvest().cursor(library.peer.id())).isEmpty();
    }

    @Test
    void a_peer_that_cannot_be_asked_is_refused_and_leaves_no_trace() {
        var inactive = library.peer.withActive(false);
        var before = library.everything();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> library.service.sync(inactive, SyncListener.NONE))
                .withMessageContainingAll("[1] ORB, https://orb.example.org", "not active");
        assertThatIllegalArgumentException().isThrownBy(() -> library.service.preview(inactive, SyncListener.NONE));

        assertThat(library.everything()).isEqualTo(before);
    }

    @Test
    void a_peer_is_synced_by_one_run_at_a_time() {
        var held = library.storage.harvest().claim(library.peer.id()).orElseThrow();

        assertThatExceptionOfType(PeerBusyException.class)
                .isThrownBy(library::sync)
                .withMessageContaining("ORB")
                .withMessageContaining("sync_log 1");
        assertThat(library.logs()).isEmpty();
        assertThat(script.asked).isEmpty();

        held.close();
        assertThat(library.sync().succeeded()).isTrue();
    }

    @Test
    void a_run_that_was_left_running_is_marked_by_the_next() {
        SyncLog left =
                SyncLog.start(library.storage.syncLogs().nextId(), library.peer.id(), null, library.clock.instant());
        SyncLog others = SyncLog.start(
                library.storage.syncLogs().nextId(), library.storage.peers().nextId(), null, library.clock.instant());
        library.storage.syncLogs().save(left);
        library.storage.syncLogs().save(others);

        SyncReport report = library.sync();

        assertThat(library.storage.syncLogs().find(left.id())).hasValueSatisfying(log -> {
            assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(log.finished()).isEqualTo(library.clock.instant());
            assertThat(log.message()).contains("run " + report.log().id() + " continues");
        });
        assertThat(library.storage.syncLogs().find(others.id())).contains(others);
    }

    @Test
    void an_update_of_a_peer_whose_updates_are_reviewed_waits_while_what_was_approved_stays_public() {
        var suspect = library.peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING);
        library.storage.peers().save(suspect);
        script.lastPage(cursor(1), full(1, "v1")).lastPage(cursor(2), full(1, "v2"));
        library.service.sync(suspect, SyncListener.NONE);
        ReviewService review = new ReviewService(library.storage, library.clock);
        review.approve(List.of(guid(1)));

        library.service.sync(suspect, SyncListener.NONE);

        Resource resource = library.resource(1).orElseThrow();
        assertThat(resource.status()).isEqualTo(Status.APPROVED);
        assertThat(resource.content()).isEqualTo(titled("1 v1"));
        assertThat(resource.toReview().content()).isEqualTo(titled("1 v2"));
        assertThat(review.changedUpstream(null, 10))
                .singleElement()
                .satisfies(each -> assertThat(each.guid()).isEqualTo(guid(1)));
    }

    @Test
    void what_a_policy_publishes_is_public_immediately_and_the_history_says_so() {
        var trusted = library.peer.withPublication(PublicationPolicy.PUBLISH_EVERYTHING);
        library.storage.peers().save(trusted);
        script.lastPage(cursor(1), full(1, "v1")).lastPage(cursor(2), full(1, "v2"));
        ReviewService review = new ReviewService(library.storage, library.clock);

        library.service.sync(trusted, SyncListener.NONE);
        assertThat(library.resource(1).orElseThrow().status()).isEqualTo(Status.APPROVED);
        library.service.sync(trusted, SyncListener.NONE);

        assertThat(library.resource(1).orElseThrow().content()).isEqualTo(titled("1 v2"));
        assertThat(review.waitingCount()).isZero();
        assertThat(new Provenance(library.storage, library.clock)
                        .history(guid(1))
                        .orElseThrow()
                        .decisions())
                .extracting(Decision::revision, Decision::policy)
                .containsExactly(tuple(2, trusted.publication()), tuple(1, trusted.publication()));
    }

    @Test
    void a_policy_that_is_revoked_during_a_run_publishes_nothing_more() {
        var trusted = library.peer.withPublication(PublicationPolicy.PUBLISH_EVERYTHING);
        library.storage.peers().save(trusted);
        script.page(cursor(1), full(1, "v1")).lastPage(cursor(2), full(2, "v1"));
        Peer reviewed = trusted.withPublication(PublicationPolicy.REVIEW_EVERYTHING);

        library.service.sync(
                trusted,
                SyncListener.onProgress(progress -> library.storage.peers().save(reviewed)));

        assertThat(library.resource(1).orElseThrow().status()).isEqualTo(Status.APPROVED);
        assertThat(library.resource(2).orElseThrow().status()).isEqualTo(Status.PENDING);
    }

    @Test
    void an_item_whose_list_entry_has_no_legible_guid_is_fetched_each_time() {
        ChangePage.Item illegible = withoutGuid(1, "v1");
        script.lastPage(cursor(1), illegible)
                .lastPage(cursor(1), illegible)
                .body(1, new Fetched.Body(incoming(1, "A")));

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1));
        assertThat(script.allFetched()).containsExactly("1", "1");
    }
}

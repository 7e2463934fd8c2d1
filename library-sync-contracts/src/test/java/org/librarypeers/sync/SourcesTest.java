package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.item;
import static org.librarypeers.sync.contract.ScriptedPeer.relayed;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;

/** Tests of the choice of sources: a successor for a lost source, and what happens to withdrawn resources. */
class SourcesTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;
    private final ReviewService review = new ReviewService(library.storage, library.clock);
    private final Peer malawi = Library.peer(library.storage.peers().nextId(), "Malawi", "https://malawi.example.org");

    private SyncLog fromMalawi() {
        library.clock.tick();
        return library.service.sync(malawi, SyncListener.NONE).log();
    }

    private PeerId source(int number) {
        return ((Origin.FromPeer) library.resource(number).orElseThrow().origin()).peer();
    }

    /** Adds a resource that follows the first peer and that Malawi offers too. */
    private void bothHaveOne() {
        library.storage.peers().save(malawi);
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        script.lastPage(cursor(1), full(1, "v1"));
        assertThat(fromMalawi().tally()).isEqualTo(tally().keptOtherSource(1));
    }

    @Test
    void the_next_peer_takes_over_when_the_source_is_inactive_though_it_lists_nothing_new() {
        bothHaveOne();
        library.storage.peers().save(library.peer.withActive(false));
        script.body(1, "Newer at Malawi");

        SyncLog log = fromMalawi();

        assertThat(log.tally()).isEqualTo(tally().updated(1));
        assertThat(source(1)).isEqualTo(malawi.id());
        assertThat(library.title(1)).isEqualTo("Newer at Malawi");
        assertThat(fromMalawi().tally()).isEqualTo(tally());
        assertThat(script.allFetched()).containsExactly("1");
    }

    @Test
    void what_the_pages_of_a_full_read_bring_is_taken_over_without_asking_for_each() {
        bothHaveOne();
        library.service.remove(library.peer.id());
        script.fetched.clear();
        script.lastPage(cursor(1), full(1, "v1"));

        SyncLog log = library.service
                .sync(malawi, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();

        assertThat(log.tally()).isEqualTo(tally().unchanged(1));
        assertThat(source(1)).isEqualTo(malawi.id());
        assertThat(script.allFetched()).isEmpty();
    }

    @Test
    void the_next_peer_takes_over_when_the_source_is_removed() {
        bothHaveOne();
        assertThat(library.service.remove(library.peer.id())).isTrue();
        assertThat(library.service.remove(library.peer.id())).isFalse();
        script.body(1, "1 v1");

        assertThat(fromMalawi().tally()).isEqualTo(tally().unchanged(1));

        assertThat(source(1)).isEqualTo(malawi.id());
        assertThat(library.title(1)).isEqualTo("1 v1");
    }

    @Test
    void a_preview_foresees_that_a_peer_takes_over() {
        bothHaveOne();
        library.storage.peers().save(library.peer.withActive(false));
        script.body(1, "Newer at Malawi");
        List<Object> before = library.everything();

        SyncLog preview = library.service.preview(malawi, SyncListener.NONE).log();

        assertThat(library.everything()).isEqualTo(before);
        SyncLog run = fromMalawi();
        assertThat(preview.tally()).isEqualTo(run.tally());
        assertThat(preview.requests()).isEqualTo(run.requests());
    }

    @Test
    void what_the_next_peer_has_no_more_is_not_asked_for_again() {
        bothHaveOne();
        library.storage.peers().save(library.peer.withActive(false));
        script.body(1, new Fetched.Gone());

        assertThat(fromMalawi().tally()).isEqualTo(tally());
        fromMalawi();

        assertThat(script.allFetched()).containsExactly("1");
        assertThat(source(1)).isEqualTo(library.peer.id());
    }

    @Test
    void a_run_whose_peer_is_removed_keeps_nothing_more_and_says_why_it_ended() {
        script.page(cursor(1), full(1, "v1"));
        script.pages.add(() -> {
            library.service.remove(library.peer.id());
            return new ChangePage(List.of(full(2, "v1")), cursor(2), true, -1);
        });

        library.sync();

        assertThat(library.resource(1)).isPresent();
        assertThat(library.resource(2)).isEmpty();
        SyncLog log = library.logs().get(0);
        assertThat(log.status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(log.message()).contains("removed");
    }

    @Test
    void a_number_that_the_peer_gave_to_another_resource_is_bad_no_more() {
        script.lastPage(cursor(1), item(1, "v1"), full(2, "v1")).body(1, new Fetched.Unreadable("no JSON"));
        library.sync();
        assertThat(library.quarantined()).hasSize(1);
        script.lastPage(
                cursor(2), new ChangePage.Item("1", guid(2), "v1", full(2, "v1").body()));
        script.body(2, new Fetched.Gone());

        SyncLog log = library.sync().log();

        assertThat(library.quarantined()).isEmpty();
        assertThat(log.tally()).isEqualTo(tally().unchanged(1));
    }

    @Test
    void what_a_peer_withdraws_is_archived_at_once_if_it_is_set_so_and_otherwise_waits() {
        Peer peer = library.peer;
        library.storage.peers().save(peer.withArchivesWithdrawn(true));
        ChangePage.Item[] ten = new ChangePage.Item[10];
        for (int i = 0; i < 10; i++) {
            ten[i] = full(i + 1, "v1");
        }
        script.lastPage(cursor(1), ten);
        library.sync();
        review.approve(List.of(guid(9)));
        Peer archiving = library.storage.peers().find(peer.id()).orElseThrow();
        script.lastPage(cursor(1), List.of(ten).subList(0, 8).toArray(ChangePage.Item[]::new));

        library.service.sync(archiving, SyncScope.EVERYTHING, SyncListener.NONE);

        assertThat(library.resource(9).orElseThrow().status()).isEqualTo(Status.ARCHIVED);
        assertThat(library.resource(10).orElseThrow().status()).isEqualTo(Status.PENDING);
        assertThat(review.withdrawn(null, 10)).hasSize(2);
        review.reject(List.of(guid(10)));
        assertThat(review.withdrawn(null, 10))
                .singleElement()
                .satisfies(withdrawal -> assertThat(withdrawal.resource()).isEqualTo(guid(9)));
    }

    @Test
    void the_maker_that_becomes_a_peer_takes_over_from_a_relay() {
        library.storage.peers().save(malawi);
        IncomingResource relayed = relayed(1, "Malawi", "https://malawi.example.org");
        script.lastPage(cursor(1), full(1, "v1", relayed));
        library.sync();
        script.lastPage(cursor(1), full(1, "v1"));

        assertThat(fromMalawi().tally()).isEqualTo(tally().updated(1));

        assertThat(source(1)).isEqualTo(malawi.id());
        script.lastPage(cursor(2), full(1, "v2", relayed));
        assertThat(library.sync().log().tally()).isEqualTo(tally().keptOtherSource(1));
        assertThat(library.title(1)).isEqualTo("1 v1");
    }

    @Test
    void a_peer_that_fails_while_bad_items_are_retried_does_not_undo_the_run() {
        script.lastPage(cursor(1), item(1, "v1")).body(1, new Fetched.Unreadable("no JSON"));
        library.sync();
        script.lastPage(cursor(2), full(2, "v1"), full(3, "v1"))
                .bodyFailure(1, new PeerException(PeerTrouble.UNAVAILABLE, "broke off", null));

        SyncLog log = library.sync().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).startsWith("1 resource ").endsWith("could be retried: broke off");
    }
}

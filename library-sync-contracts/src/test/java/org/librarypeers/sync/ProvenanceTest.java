package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.PastWithdrawal;

/** Tests of the history of a resource, and of restoring a revision. */
class ProvenanceTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;
    private final Provenance provenance = new Provenance(library.storage, library.clock);
    private final ReviewService review = new ReviewService(library.storage, library.clock);
    private final Peer malawi = Library.peer(library.storage.peers().nextId(), "Malawi", "https://malawi.example.org");

    private SyncLog fromMalawi() {
        library.clock.tick();
        return library.service.sync(malawi, SyncListener.NONE).log();
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
    void a_reviewer_sees_what_changed_upstream_until_deciding_again() {
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"));
        library.sync();
        review.reject(List.of(guid(1)));
        review.approve(List.of(guid(2)));
        script.lastPage(cursor(2), full(1, "v2"), full(2, "v2"));
        library.sync();

        assertThat(review.changedUpstream(null, 10))
                .extracting(Resource::guid)
                .containsExactlyInAnyOrder(guid(1), guid(2));
        assertThat(review.waitingCount()).isEqualTo(2);
        assertThat(review.approve(List.of(guid(2)))).isEqualTo(new ReviewResult(1, 0, List.of()));
        assertThat(review.reject(List.of(guid(1)))).isEqualTo(new ReviewResult(1, 0, List.of()));
        assertThat(review.waitingCount()).isZero();
    }

    @Test
    void a_history_says_by_which_run_of_which_peer_each_version_came_even_of_a_removed_one() {
        bothHaveOne();
        SyncLog first = library.logs().get(1);
        review.approve(List.of(guid(1)));
        library.storage
                .resources()
                .save(library.resource(1).orElseThrow().edit(titled("Edited here"), EDITOR, library.clock.instant()));
        script.lastPage(cursor(2), full(1, "v2"));
        SyncLog second = library.sync().log();
        library.service.remove(library.peer.id());

        Provenance.History history = provenance.history(guid(1)).orElseThrow();

        assertThat(history.revisions()).extracting(Revision::number).containsExactly(3, 2, 1);
        assertThat(history.revisions())
                .extracting(Revision::author)
                .containsExactly(
                        new Author.Sync(library.peer.id(), second.id()),
                        new Author.Person(EDITOR),
                        new Author.Sync(library.peer.id(), first.id()));
        assertThat(history.peers().get(library.peer.id()).name()).isEqualTo("ORB");
        assertThat(history.offering()).extracting(Peer::id).containsExactly(malawi.id());
        assertThat(provenance.history(Guid.random())).isEmpty();
    }

    @Test
    void a_history_says_which_runs_withdrew_and_archived_a_resource_and_why() {
        ChangePage.Item[] ten =
                IntStream.rangeClosed(1, 10).mapToObj(n -> full(n, "v1")).toArray(ChangePage.Item[]::new);
        ChangePage.Item[] nine = Arrays.copyOf(ten, 9);
        script.lastPage(cursor(1), ten);
        library.sync();
        review.approveAll();
        script.lastPage(cursor(2), nine).lastPage(cursor(3), ten).lastPage(cursor(4), nine);

        SyncLog first = library.reconcile();
        library.reconcile();
        Peer peer = library.peer;
        library.storage.peers().save(peer.withArchivesWithdrawn(true));
        SyncLog second = library.reconcile();
        library.service.remove(peer.id());

        Provenance.History history = provenance.history(guid(10)).orElseThrow();
        assertThat(history.resource().status()).isEqualTo(Status.ARCHIVED);
        assertThat(history.withdrawals())
                .containsExactly(
                        new PastWithdrawal(second.id(), peer.id(), library.clock.instant(), 9, true),
                        new PastWithdrawal(first.id(), peer.id(), first.started(), 9, false));
        assertThat(history.peers().get(peer.id()).name()).isEqualTo("ORB");
        assertThat(provenance.history(guid(1)).orElseThrow().withdrawals()).isEmpty();
    }

    @Test
    void a_restored_edit_is_a_new_change_of_our_own_that_stands_until_the_source_changes_it() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        library.storage
                .resources()
                .save(library.resource(1).orElseThrow().edit(titled("Edited here"), EDITOR, library.clock.instant()));
        script.lastPage(cursor(2), full(1, "v2"));
        library.sync();

        Resource restored = provenance.restore(guid(1), 2, EDITOR);

        assertThat(restored.revision().number()).isEqualTo(4);
        assertThat(restored.revision().author()).isEqualTo(new Author.Person(EDITOR));
        assertThat(library.title(1)).isEqualTo("Edited here");
        assertThat(provenance.restore(guid(1), 4, EDITOR).revision().number()).isEqualTo(4);
        script.lastPage(cursor(2), full(1, "v2"));
        library.sync();
        assertThat(library.title(1)).isEqualTo("Edited here");
        script.lastPage(cursor(3), full(1, "v3"));
        library.sync();
        assertThat(library.title(1)).isEqualTo("1 v3");
    }

    @Test
    void what_cannot_be_restored_is_named() {
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        Guid unknown = Guid.random();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provenance.restore(unknown, 1, EDITOR))
                .withMessageContaining(unknown.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provenance.restore(guid(1), 2, EDITOR))
                .withMessageContainingAll(guid(1).toString(), "revision 2", "1 to 1");
    }
}

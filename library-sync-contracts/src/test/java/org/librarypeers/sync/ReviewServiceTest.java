package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.StorageException;

class ReviewServiceTest {

    private final Library library = new Library();
    private final HookedStorage storage = library.storage;
    private final ReviewService review = new ReviewService(storage, library.clock);

    private void pending(int from, int to) {
        storage.resources()
                .save(IntStream.rangeClosed(from, to)
                        .mapToObj(number -> Resource.create(guid(number), titled("A"), EDITOR, library.clock.instant()))
                        .toList());
    }

    private Status status(int number) {
        return library.resource(number).orElseThrow().status();
    }

    @Test
    void what_waits_is_read_page_by_page_in_the_order_of_the_guids() {
        pending(1, 7);
        review.approve(List.of(guid(3)));
        List<Guid> read = new ArrayList<>();
        Guid after = null;
        List<Resource> page = review.pending(null, 4);
        assertThat(page).hasSize(4);
        while (!page.isEmpty()) {
            page.forEach(resource -> read.add(resource.guid()));
            after = read.get(read.size() - 1);
            page = review.pending(after, 4);
        }

        assertThat(read).isSorted().containsExactlyInAnyOrder(guid(1), guid(2), guid(4), guid(5), guid(6), guid(7));
        assertThat(review.pendingCount()).isEqualTo(6);
    }

    @Test
    void the_inbox_is_what_waits_and_says_how_much_it_is() {
        pending(1, 5);

        assertThat(review.inbox(Kind.PENDING, InboxFilter.ALL, guid(2), 2))
                .containsExactlyElementsOf(
                        review.pending(guid(2), 2).stream().map(Resource::guid).toList());
        assertThat(review.inboxCounts(InboxFilter.ALL))
                .containsEntry(Kind.PENDING, review.pendingCount())
                .containsEntry(Kind.CHANGED_UPSTREAM, 0L);
        assertThat(review.withdrawn(List.of(guid(1)))).isEmpty();
    }

    @Test
    void nothing_waits_in_an_empty_library() {
        assertThat(review.pending(null, 10)).isEmpty();
        assertThat(review.pendingCount()).isZero();
        assertThat(review.approveAll()).isEqualTo(new ReviewResult(0, 0, List.of()));
        assertThat(review.approve(List.of())).isEqualTo(new ReviewResult(0, 0, List.of()));
    }

    @Test
    void approving_one_publishes_it_and_moves_its_update_date() {
        pending(1, 2);
        library.clock.tick();

        assertThat(review.approve(List.of(guid(1)))).isEqualTo(new ReviewResult(1, 0, List.of()));

        assertThat(status(1)).isEqualTo(Status.APPROVED);
        assertThat(library.resource(1).orElseThrow().updated()).isEqualTo(library.clock.instant());
        assertThat(status(2)).isEqualTo(Status.PENDING);
        assertThat(storage.catalogue().changes(0, 10)).hasSize(1);
    }

    @Test
    void rejecting_one_takes_it_back_from_the_public() {
        pending(1, 1);
        review.approve(List.of(guid(1)));

        assertThat(review.reject(List.of(guid(1)))).isEqualTo(new ReviewResult(1, 0, List.of()));

        assertThat(status(1)).isEqualTo(Status.REJECTED);
        assertThat(storage.catalogue().changes(0, 10)).isEmpty();
    }

    @Test
    void saying_the_same_again_changes_nothing() {
        pending(1, 2);
        review.approve(List.of(guid(1), guid(2)));
        var before = library.resources();
        library.clock.tick();

        assertThat(review.approve(List.of(guid(1), guid(2)))).isEqualTo(new ReviewResult(0, 2, List.of()));
        assertThat(library.resources()).isEqualTo(before);
    }

    @Test
    void of_many_each_counts_once_and_unknown_ones_are_named() {
        pending(1, 3);
        review.reject(List.of(guid(3)));

        ReviewResult result = review.reject(List.of(guid(9), guid(1), guid(1), guid(3), guid(8), guid(9)));

        assertThat(result).isEqualTo(new ReviewResult(1, 1, List.of(guid(9), guid(8))));
        assertThat(status(1)).isEqualTo(Status.REJECTED);
        assertThat(status(2)).isEqualTo(Status.PENDING);
    }

    @Test
    void all_that_waits_is_approved_however_much_it_is_and_nothing_else() {
        pending(1, 1_001);
        review.reject(List.of(guid(7)));

        assertThat(review.approveAll()).isEqualTo(new ReviewResult(1_000, 0, List.of()));

        assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.APPROVED, 1_000L, Status.REJECTED, 1L));
        assertThat(review.approveAll()).isEqualTo(new ReviewResult(0, 0, List.of()));
    }

    @Test
    void all_that_waits_is_rejected() {
        pending(1, 501);
        review.approve(List.of(guid(7)));

        assertThat(review.rejectAll()).isEqualTo(new ReviewResult(500, 0, List.of()));
        assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.REJECTED, 500L, Status.APPROVED, 1L));
    }

    @Test
    void what_somebody_decides_while_all_are_approved_stays_decided() {
        pending(1, 3);
        storage.beforeTransaction = () -> {
            storage.beforeTransaction = () -> {};
            review.reject(List.of(guid(2)));
        };

        assertThat(review.approveAll()).isEqualTo(new ReviewResult(2, 1, List.of()));

        assertThat(status(2)).isEqualTo(Status.REJECTED);
        assertThat(status(3)).isEqualTo(Status.APPROVED);
    }

    @Test
    void many_are_decided_in_one_transaction_or_not_at_all() {
        pending(1, 2);
        List<Integer> transactions = new ArrayList<>();
        storage.beforeTransaction = () -> {
            transactions.add(1);
            if (transactions.size() == 2) {
                throw new StorageException("gone", null);
            }
        };
        review.approve(List.of(guid(1), guid(2)));

        assertThat(transactions).hasSize(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> review.reject(List.of(guid(1), guid(2))));
        assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.APPROVED, 2L));
    }

    private static final UserName ASHA = new UserName("asha");

    private ReviewedRevision seen(int number, boolean withdrawn) {
        return ReviewedRevision.of(library.resource(number).orElseThrow(), withdrawn);
    }

    @Test
    void who_decided_what_when_on_which_revision_and_why_is_kept() {
        pending(1, 2);

        review.decide(Status.REJECTED, Map.of(guid(1), seen(1, false)), ASHA, " too old ");
        review.approve(List.of(guid(1), guid(2)));
        review.approve(List.of(guid(1)));

        assertThat(review.decisions(guid(1)))
                .extracting(Decision::revision, Decision::status, Decision::by, Decision::at, Decision::note)
                .containsExactly(
                        tuple(1, Status.APPROVED, UserName.SYSTEM, library.clock.instant(), null),
                        tuple(1, Status.REJECTED, ASHA, library.clock.instant(), "too old"));
        assertThat(review.decisions(guid(2))).hasSize(1);
    }

    @Test
    void what_changed_since_it_was_seen_is_not_decided_on() {
        pending(1, 3);
        Map<Guid, ReviewedRevision> asSeen =
                Map.of(guid(1), seen(1, false), guid(2), seen(2, false), guid(3), seen(3, false));
        storage.resources().save(library.resource(1).orElseThrow().edit(titled("B"), EDITOR, library.clock.instant()));
        review.reject(List.of(guid(2)));

        ReviewResult result = review.decide(Status.APPROVED, asSeen, ASHA, null);

        assertThat(result.changed()).isEqualTo(1);
        assertThat(result.unread()).containsExactlyInAnyOrder(guid(1), guid(2));
        assertThat(result.decided()).isEqualTo(Map.of(guid(2), Status.REJECTED));
        assertThat(List.of(status(1), status(2), status(3)))
                .containsExactly(Status.PENDING, Status.REJECTED, Status.APPROVED);
        assertThat(review.decisions(guid(1))).isEmpty();
    }

    @Test
    void what_somebody_else_decided_on_alike_since_it_was_seen_is_not_decided_on() {
        pending(1, 1);
        review.approve(List.of(guid(1)));
        Resource approved = library.resource(1).orElseThrow();
        storage.resources().save(approved.edit(titled("B"), EDITOR, library.clock.instant()));
        Map<Guid, ReviewedRevision> asSeen = Map.of(guid(1), seen(1, false));
        review.approve(List.of(guid(1)));

        assertThat(review.decide(Status.REJECTED, asSeen, ASHA, null).unread()).containsExactly(guid(1));
        assertThat(status(1)).isEqualTo(Status.APPROVED);
    }

    /** Saves a public resource of a peer whose updates are reviewed, with a waiting change. */
    private void waiting(int number) {
        Peer peer = library.peer;
        Peer reviewed = peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING);
        Delivery delivery = new Delivery(reviewed, storage.syncLogs().nextId(), storage.id(), library.clock.instant());
        Resource adopted = Samples.adopted(incoming(number, "Public"), delivery);
        storage.resources().save(adopted.approve(library.clock.instant()));
        Received received = library.resource(number).orElseThrow().receive(incoming(number, "Changed"), delivery);
        storage.resources().save(((Received.Updated) received).resource());
    }

    @Test
    void a_decision_on_a_change_that_waits_is_about_that_change() {
        waiting(1);
        waiting(2);

        review.decide(Status.APPROVED, Map.of(guid(1), seen(1, false)), ASHA, null);
        review.decide(Status.REJECTED, Map.of(guid(2), seen(2, false)), ASHA, "wrong dose");

        assertThat(library.resource(1).orElseThrow().content()).isEqualTo(titled("Changed"));
        assertThat(library.resource(2).orElseThrow().content()).isEqualTo(titled("Public"));
        assertThat(List.of(status(1), status(2))).containsExactly(Status.APPROVED, Status.APPROVED);
        assertThat(review.decisions(guid(2)))
                .extracting(Decision::revision, Decision::status, Decision::by, Decision::at, Decision::note)
                .containsExactly(tuple(2, Status.REJECTED, ASHA, library.clock.instant(), "wrong dose"));
        assertThat(review.waitingCount()).isZero();
    }

    @Test
    void who_decides_on_a_change_after_somebody_else_is_told_what_that_one_decided() {
        waiting(1);
        waiting(2);
        waiting(3);
        Map<Guid, ReviewedRevision> asSeen =
                Map.of(guid(1), seen(1, false), guid(2), seen(2, false), guid(3), seen(3, false));
        review.approve(List.of(guid(1)));
        review.reject(List.of(guid(2)));
        Resource edited = library.resource(3).orElseThrow();
        storage.resources().save(edited.edit(titled("Edited"), EDITOR, library.clock.instant()));

        ReviewResult result = review.decide(Status.APPROVED, asSeen, ASHA, null);

        assertThat(result.unread()).hasSize(3);
        assertThat(result.decided()).isEqualTo(Map.of(guid(1), Status.APPROVED, guid(2), Status.REJECTED));
    }

    @Test
    void a_change_that_waits_is_not_decided_on_if_what_is_public_was_edited_since_it_was_seen() {
        waiting(1);
        Map<Guid, ReviewedRevision> asSeen = Map.of(guid(1), seen(1, false));
        Resource resource = library.resource(1).orElseThrow();
        storage.resources().save(resource.edit(titled("Edited"), EDITOR, library.clock.instant()));

        assertThat(review.decide(Status.APPROVED, asSeen, ASHA, null).unread()).containsExactly(guid(1));
        assertThat(library.resource(1).orElseThrow().content()).isEqualTo(titled("Edited"));
    }

    @Test
    void what_was_withdrawn_since_it_was_seen_is_not_decided_on() {
        pending(1, 1);

        assertThat(review.decide(Status.APPROVED, Map.of(guid(1), seen(1, true)), ASHA, null)
                        .unread())
                .containsExactly(guid(1));
        assertThat(status(1)).isEqualTo(Status.PENDING);
    }

    @Test
    void how_a_resource_was_seen_travels_as_a_word() {
        pending(1, 1);
        for (ReviewedRevision seen : List.of(seen(1, false), new ReviewedRevision(12, 10, Status.APPROVED, 11, true))) {
            assertThat(ReviewedRevision.ofWord(seen.word())).contains(seen);
        }
        for (String other : List.of(
                "",
                "1",
                "1-0-pending",
                "1-pending-0",
                "0-0-pending-0",
                "1-0-none-0",
                "99999999999-0-pending-0",
                "1-0-pending-0-withdrawn-x")) {
            assertThat(ReviewedRevision.ofWord(other)).isEmpty();
        }
    }
}

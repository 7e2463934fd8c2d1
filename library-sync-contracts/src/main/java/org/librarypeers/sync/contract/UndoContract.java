package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of decisions that are undone, in a storage. */
@Timeout(60)
abstract class UndoContract extends ReviewedPeerContract<SyncStorage> {

    private final SettableClock clock = new SettableClock(Samples.NOON.plusSeconds(60));

    private ReviewService review() {
        return new ReviewService(storage, clock);
    }

    private UUID decide(Status status, Guid... guids) {
        UUID action = UUID.randomUUID();
        Map<Guid, ReviewedRevision> seen = new HashMap<>();
        Set<Guid> withdrawn = review().withdrawn(List.of(guids)).keySet();
        for (Guid guid : guids) {
            seen.put(guid, ReviewedRevision.of(found(guid), withdrawn.contains(guid)));
        }
        assertThat(review().decide(action, status, seen, Samples.AMINA, "why").unread())
                .isEmpty();
        clock.advance(Duration.ofSeconds(1));
        return action;
    }

    private UndoResult undo(UUID action) {
        UndoResult result = review().undo(action, Samples.AMINA);
        clock.advance(Duration.ofSeconds(1));
        return result;
    }

    private List<Integer> history(Guid guid) {
        return storage.resources().history(guid).stream().map(Revision::number).toList();
    }

    @Test
    void a_resource_is_restored_after_an_edit_and_the_edit_stays_in_the_history() {
        Guid guid = approved.guid();
        storage.resources().save(approved.edit(Samples.titled("Edited"), Samples.AMINA, clock.instant()));
        Resource edited = found(guid);
        clock.advance(Duration.ofSeconds(1));

        storage.resources()
                .save(edited.restored(
                                ReviewSnapshot.of(approved),
                                ReviewSnapshot.of(edited),
                                storage.resources().history(guid),
                                clock.instant())
                        .orElseThrow());

        Resource restored = found(guid);
        assertThat(ReviewSnapshot.of(restored)).isEqualTo(ReviewSnapshot.of(approved));
        assertThat(restored.content()).isEqualTo(approved.content());
        assertThat(restored.revision().author()).isEqualTo(approved.revision().author());
        assertThat(restored.updated()).isAfter(edited.updated());
        assertThat(history(guid)).containsExactly(edited.revision().number());
        // No number is used again.
        storage.resources().save(restored.edit(Samples.titled("Again"), Samples.AMINA, clock.instant()));
        assertThat(found(guid).revision().number()).isEqualTo(edited.revision().number() + 1);
        assertThat(history(guid))
                .containsExactly(edited.revision().number(), approved.revision().number());
    }

    @Test
    void an_undone_approval_of_an_update_makes_the_former_revision_public_and_the_update_waits_again() {
        Resource waiting = received(approved, Samples.hostile());
        UUID action = decide(Status.APPROVED, approved.guid());
        Resource published = found(approved.guid());
        assertThat(published.content()).isNotEqualTo(approved.content());

        assertThat(undo(action).undone()).isEqualTo(1);

        Resource undone = found(approved.guid());
        assertThat(ReviewSnapshot.of(undone)).isEqualTo(ReviewSnapshot.of(waiting));
        assertThat(undone.content()).isEqualTo(waiting.content());
        assertThat(undone.toReview().content().saysTheSameAs(waiting.toReview().content()))
                .isTrue();
        assertThat(undone.toReview().author()).isEqualTo(waiting.toReview().author());
        assertThat(undone.updated()).isAfter(published.updated());
        assertThat(history(approved.guid())).isEmpty();
        assertThat(storage.reviewQueue().page(Kind.CHANGED_UPSTREAM, InboxFilter.ALL, null, 9))
                .containsExactly(approved.guid());

        decide(Status.APPROVED, approved.guid());
        assertThat(found(approved.guid()).content()).isEqualTo(published.content());
        assertThat(history(approved.guid())).containsExactly(1);
    }

    @Test
    void an_undone_rejection_of_an_update_makes_it_wait_again() {
        Resource waiting = received(approved, Samples.hostile());
        UUID action = decide(Status.REJECTED, approved.guid());
        assertThat(history(approved.guid())).containsExactly(2);

        assertThat(undo(action).undone()).isEqualTo(1);

        Resource undone = found(approved.guid());
        assertThat(ReviewSnapshot.of(undone)).isEqualTo(ReviewSnapshot.of(waiting));
        assertThat(undone.toReview().content()).isEqualTo(waiting.toReview().content());
        assertThat(history(approved.guid())).isEmpty();

        decide(Status.REJECTED, approved.guid());
        assertThat(history(approved.guid())).containsExactly(2);
    }

    @Test
    void an_undone_decision_on_a_new_resource_makes_it_pending_again_and_is_an_entry_of_its_own() {
        Guid one = saved(Samples.local("One")).guid();
        Guid two = saved(Samples.local("Two")).guid();
        UUID action = decide(Status.APPROVED, one, two);

        UndoResult result = undo(action);

        assertThat(result.undone()).isEqualTo(2);
        assertThat(found(one).status()).isEqualTo(Status.PENDING);
        assertThat(storage.reviewQueue().counts(InboxFilter.ALL)).containsEntry(Kind.PENDING, 2L);
        assertThat(storage.decisions().about(one))
                .extracting(Decision::isUndo, Decision::status)
                .containsExactly(tuple(true, Status.APPROVED), tuple(false, Status.APPROVED));
        UndoResult again = undo(action);
        assertThat(again.undone()).isZero();
        assertThat(again.already()).isEqualTo(2);
    }

    @Test
    void decisions_are_undone_one_after_the_other_from_the_last() {
        Guid one = saved(Samples.local("One")).guid();
        UUID first = decide(Status.REJECTED, one);
        UUID second = decide(Status.APPROVED, one);

        assertThat(undo(first).changed()).containsExactly(one);
        assertThat(found(one).status()).isEqualTo(Status.APPROVED);

        assertThat(undo(second).undone()).isEqualTo(1);
        assertThat(found(one).status()).isEqualTo(Status.REJECTED);
        assertThat(undo(first).undone()).isEqualTo(1);
        assertThat(found(one).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_resource_that_was_edited_or_updated_since_stays() {
        Guid edited = saved(Samples.local("One")).guid();
        UUID action = decide(Status.APPROVED, edited, approved.guid());
        storage.resources().save(found(edited).edit(Samples.titled("Mine"), Samples.AMINA, clock.instant()));
        received(found(approved.guid()), Samples.titled("Dose five"));

        UndoResult result = undo(action);

        assertThat(result.undone()).isZero();
        assertThat(result.changed()).contains(edited);
        assertThat(found(edited).status()).isEqualTo(Status.APPROVED);
        assertThat(found(approved.guid()).toReview().content()).isEqualTo(Samples.titled("Dose five"));
        assertThat(undo(UUID.randomUUID())).isEqualTo(new UndoResult(0, 0, List.of()));
    }

    @Test
    void only_the_resource_that_is_named_is_undone() {
        Guid one = saved(Samples.local("One")).guid();
        Guid two = saved(Samples.local("Two")).guid();
        UUID action = decide(Status.REJECTED, one, two);

        assertThat(review().undo(action, two, Samples.AMINA).undone()).isEqualTo(1);

        assertThat(found(one).status()).isEqualTo(Status.REJECTED);
        assertThat(found(two).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_withdrawal_waits_again_when_the_decision_on_it_is_undone() {
        try (PeerLease lease = storage.harvest().claim(reviewed.id()).orElseThrow()) {
            storage.harvest().withdraw(lease, Set.of(approved.guid()), Set.of(), Samples.NOON);
        }
        UUID action = decide(Status.APPROVED, approved.guid());
        assertThat(storage.harvest().withdrawalCount()).isZero();

        assertThat(undo(action).undone()).isEqualTo(1);

        assertThat(storage.harvest().withdrawalCount()).isEqualTo(1);
    }
}

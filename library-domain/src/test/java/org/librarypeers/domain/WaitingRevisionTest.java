package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.MALAWI;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.adopted;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.incoming;
import static org.librarypeers.domain.Samples.readAgain;
import static org.librarypeers.domain.Samples.relayed;
import static org.librarypeers.domain.Samples.titled;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a change to a public resource that waits for a reviewer while the approved revision stays public. */
class WaitingRevisionTest {

    private static final ResourceContent PUBLIC = titled("Dose: 10 ml");
    private static final ResourceContent CHANGED = titled("Dose: 5 ml");
    private static final ResourceContent THIRD = titled("Dose: 7 ml");
    private static final Peer REVIEWED = readAgain(ORB);
    private static final Instant LATEST = LATER.plusSeconds(60);

    private final Resource approved = adopted(PUBLIC, ORB).approve(NOW);
    private final Resource waiting = received(approved, CHANGED, 2);

    private static Resource received(Resource resource, ResourceContent content, long run) {
        return after(resource, resource.receive(incoming(content), from(REVIEWED, run, LATER)));
    }

    @Test
    void what_was_approved_stays_public_and_nothing_that_is_served_changes() {
        Received received = approved.receive(incoming(CHANGED), from(REVIEWED, 2, LATER));

        assertThat(received)
                .isInstanceOfSatisfying(
                        Received.Updated.class,
                        updated -> assertThat(updated.overwritten()).isEqualTo(approved.revision()));
        assertThat(waiting.status()).isEqualTo(Status.APPROVED);
        assertThat(waiting.revision()).isEqualTo(approved.revision());
        assertThat(waiting.updated()).isEqualTo(approved.updated());
        assertThat(waiting.isChangedUpstream()).isTrue();
        assertThat(waiting.toReview())
                .isEqualTo(new Revision(2, CHANGED, new Author.Sync(ORB.id(), new SyncLogId(2)), LATER));
    }

    @Test
    void the_same_change_sent_again_changes_nothing() {
        assertThat(waiting.receive(incoming(CHANGED), from(REVIEWED, 3, LATEST)))
                .isEqualTo(new Received.Unchanged());
    }

    @Test
    void a_reviewer_who_approves_publishes_the_change() {
        Resource decided = waiting.approve(LATEST);

        assertThat(decided.revision()).isEqualTo(waiting.toReview());
        assertThat(decided.revisions()).isEqualTo(Revisions.of(waiting.toReview()));
        assertThat(decided.status()).isEqualTo(Status.APPROVED);
        assertThat(decided.updated()).isEqualTo(LATEST);
        assertThat(decided.isChangedUpstream()).isFalse();
        assertThat(decided.review()).isEqualTo(new ReviewState(2, 2));
        assertThat(waiting.revisions().supersededBy(decided.revisions())).containsExactly(approved.revision());
    }

    @Test
    void a_reviewer_who_rejects_leaves_what_is_public() {
        Resource decided = waiting.reject(LATEST);

        assertThat(decided.status()).isEqualTo(Status.APPROVED);
        assertThat(decided.revision()).isEqualTo(approved.revision());
        assertThat(decided.updated()).isEqualTo(approved.updated());
        assertThat(decided.isChangedUpstream()).isFalse();
        assertThat(decided.review()).isEqualTo(new ReviewState(1, 2));
        assertThat(waiting.revisions().supersededBy(decided.revisions())).containsExactly(waiting.toReview());
        assertThat(decided.receive(incoming(CHANGED), from(REVIEWED, 3, LATEST)))
                .isEqualTo(new Received.Unchanged());
        assertThat(decided.reject(LATEST).status()).isEqualTo(Status.REJECTED);
        assertThat(received(decided, THIRD, 3).toReview().number()).isEqualTo(3);
    }

    @Test
    void a_later_change_supersedes_the_one_that_waits() {
        Resource changed = received(waiting, THIRD, 3);

        assertThat(changed.revision()).isEqualTo(approved.revision());
        assertThat(changed.toReview().content()).isEqualTo(THIRD);
        assertThat(changed.toReview().number()).isEqualTo(3);
        assertThat(waiting.revisions().supersededBy(changed.revisions())).containsExactly(waiting.toReview());
    }

    @Test
    void a_source_that_takes_its_change_back_leaves_nothing_to_review() {
        Received received = waiting.receive(incoming(PUBLIC), from(REVIEWED, 3, LATEST));

        Resource settled = after(waiting, received);
        assertThat(received).isInstanceOf(Received.Followed.class);
        assertThat(settled.revision()).isEqualTo(approved.revision());
        assertThat(settled.isChangedUpstream()).isFalse();
        assertThat(settled.updated()).isEqualTo(approved.updated());
        assertThat(received(settled, CHANGED, 4).toReview().number()).isEqualTo(3);
    }

    @Test
    void a_stale_copy_of_a_successor_takes_nothing_back() {
        IncomingResource stale = relayed(PUBLIC, "ORB", "https://orb.example.org");

        Resource taken = after(waiting, waiting.takeOver(stale, from(readAgain(MALAWI), 3, LATEST), List.of()));

        assertThat(((Origin.FromPeer) taken.origin()).peer()).isEqualTo(MALAWI.id());
        assertThat(taken.revisions()).isEqualTo(waiting.revisions());
        assertThat(taken.updated()).isEqualTo(LATEST);
    }

    @Test
    void an_edit_made_here_is_public_and_the_change_goes_on_waiting() {
        Resource edited = waiting.edit(THIRD, EDITOR, LATEST);

        assertThat(edited.content()).isEqualTo(THIRD);
        assertThat(edited.revision().number()).isEqualTo(3);
        assertThat(edited.toReview()).isEqualTo(waiting.toReview());
        assertThat(edited.isChangedUpstream()).isTrue();

        Resource published = edited.approve(LATEST);
        assertThat(published.revision()).isEqualTo(waiting.toReview());
        assertThat(edited.revisions().supersededBy(published.revisions())).containsExactly(edited.revision());
        assertThat(published.edit(PUBLIC, EDITOR, LATEST).revision().number()).isEqualTo(4);
    }

    @Test
    void an_edit_that_says_what_waits_leaves_nothing_to_review() {
        Resource edited = waiting.edit(CHANGED, EDITOR, LATEST);

        assertThat(edited.revision()).isEqualTo(new Revision(3, CHANGED, new Author.Person(EDITOR), LATEST));
        assertThat(edited.isChangedUpstream()).isFalse();
    }

    @Test
    void an_update_of_a_peer_whose_updates_are_published_supersedes_what_waits() {
        Resource updated = after(waiting, waiting.receive(incoming(THIRD), from(ORB, 3, LATEST)));

        assertThat(updated.content()).isEqualTo(THIRD);
        assertThat(updated.revisions().waiting()).isNull();
        assertThat(updated.updated()).isEqualTo(LATEST);
        assertThat(waiting.revisions().supersededBy(updated.revisions()))
                .containsExactly(approved.revision(), waiting.toReview());
    }

    @Test
    void what_is_no_longer_public_says_what_was_waiting() {
        for (Resource hidden : List.of(waiting.archive(LATEST), waiting.submit(LATEST))) {
            assertThat(hidden.revisions()).isEqualTo(Revisions.of(waiting.toReview()));
            assertThat(hidden.updated()).isEqualTo(LATEST);
            assertThat(hidden.approve(LATEST).review()).isEqualTo(new ReviewState(2, 2));
        }
    }

    @Test
    void what_is_no_longer_public_says_what_was_edited_here_since() {
        Resource edited = waiting.edit(THIRD, EDITOR, LATER);

        for (Resource hidden : List.of(edited.archive(LATEST), edited.submit(LATEST))) {
            assertThat(hidden.revisions()).isEqualTo(Revisions.of(edited.revision()));
            assertThat(edited.revisions().supersededBy(hidden.revisions())).containsExactly(waiting.toReview());
        }
    }

    @Test
    void what_is_public_and_unread_stays_unread_when_the_change_beside_it_is_rejected() {
        Resource unread = after(approved, approved.receive(incoming(CHANGED), from(ORB, 2, LATER)));

        Resource decided = received(unread, THIRD, 3).reject(LATEST);

        assertThat(decided.content()).isEqualTo(CHANGED);
        assertThat(decided.isChangedUpstream()).isTrue();
        assertThat(decided.approve(LATEST).isChangedUpstream()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, names = "APPROVED", mode = EnumSource.Mode.EXCLUDE)
    void a_revision_waits_only_beside_a_public_one(Status status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.restore(
                        waiting.guid(),
                        waiting.slug(),
                        status,
                        waiting.origin(),
                        waiting.revisions(),
                        waiting.created(),
                        waiting.updated(),
                        waiting.review(),
                        1))
                .withMessageContainingAll(waiting.guid().toString(), status.word());
    }

    @Test
    void revisions_have_numbers_of_their_own() {
        Revision current = approved.revision();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Revisions(current, current, 1))
                .withMessageContaining("revision 1 ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Revisions(current, waiting.toReview(), 1))
                .withMessageContainingAll("latest revision is 1", "current revision, 1", "waiting revision, 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Revisions(waiting.toReview(), null, 1))
                .withMessageContainingAll("latest revision is 1", "current revision, 2");
    }

    /** An event for a resource that follows a peer whose updates are reviewed. */
    private enum Step {
        RECEIVE_A,
        RECEIVE_B,
        RECEIVE_C,
        EDIT,
        APPROVE,
        REJECT,
        ARCHIVE,
        SUBMIT;

        Resource on(Resource resource, int at) {
            Instant now = NOW.plusSeconds(at);
            return switch (this) {
                case RECEIVE_A -> received(resource, PUBLIC, at);
                case RECEIVE_B -> received(resource, CHANGED, at);
                case RECEIVE_C -> received(resource, THIRD, at);
                case EDIT -> resource.edit(titled("Edited at " + at), EDITOR, now);
                case APPROVE -> resource.approve(now);
                case REJECT -> resource.reject(now);
                case ARCHIVE -> resource.status() == Status.APPROVED ? resource.archive(now) : resource;
                case SUBMIT -> resource.submit(now);
            };
        }

        boolean isReceipt() {
            return this == RECEIVE_A || this == RECEIVE_B || this == RECEIVE_C;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMaxSize(30);
    }

    @Property(tries = 1_000)
    void whatever_happens_no_sync_changes_what_is_public_and_no_revision_is_lost(@ForAll("steps") List<Step> steps) {
        Resource resource = adopted(PUBLIC, ORB);
        Map<Integer, Revision> history = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Resource next = steps.get(i).on(resource, i + 2);
            if (steps.get(i).isReceipt() && resource.status() == Status.APPROVED) {
                assertThat(List.of(next.status(), next.revision(), next.updated()))
                        .isEqualTo(List.of(resource.status(), resource.revision(), resource.updated()));
            }
            for (Revision superseded : resource.revisions().supersededBy(next.revisions())) {
                assertThat(history.put(superseded.number(), superseded)).isNull();
            }
            assertThat(history).doesNotContainKey(next.revision().number());
            assertThat(history).doesNotContainKey(next.toReview().number());
            resource = next;
        }
        int counted = resource.revisions().waiting() == null ? 1 : 2;
        assertThat(history.size() + counted).isEqualTo(resource.revisions().latest());
    }
}

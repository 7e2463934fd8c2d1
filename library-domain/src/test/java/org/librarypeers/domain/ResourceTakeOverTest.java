package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.HERE;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.MALAWI;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.adopted;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.local;
import static org.librarypeers.domain.Samples.state;
import static org.librarypeers.domain.Samples.titled;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of resources whose source is lost, and of resources that come back to their own library in a cycle. */
class ResourceTakeOverTest {

    private static final LibraryId ORB_ID = LibraryId.of("a1000000-0000-4000-8000-000000000001");
    private static final LibraryId MALAWI_ID = LibraryId.of("a1000000-0000-4000-8000-000000000002");
    private static final LibraryId BEFORE_HERE = LibraryId.of("a1000000-0000-4000-8000-000000000003");
    private static final LibraryId AFTER_HERE = LibraryId.of("c3000000-0000-4000-8000-000000000001");
    private static final ResourceContent OLD = titled("Old");
    private static final ResourceContent NEW = titled("New");
    private static final ResourceContent NEWEST = titled("Newest");

    private static IncomingResource relayed(ResourceContent content, LibraryId... through) {
        return new IncomingResource(GUID, content, "ORB", "https://orb.example.org", null, new Route(List.of(through)));
    }

    private static PeerId source(Resource resource) {
        return ((Origin.FromPeer) resource.origin()).peer();
    }

    @Test
    void the_next_peer_takes_over_with_what_is_new_and_keeps_it() {
        Resource orphan = adopted(OLD, ORB);

        Received received = orphan.takeOver(relayed(NEW, ORB_ID, MALAWI_ID), from(MALAWI, 7, LATER), List.of());

        Resource taken = after(orphan, received);
        assertThat(received).isInstanceOf(Received.Updated.class);
        assertThat(source(taken)).isEqualTo(MALAWI.id());
        assertThat(taken.content()).isEqualTo(NEW);
        assertThat(taken.receive(relayed(NEW, ORB_ID, MALAWI_ID), from(MALAWI))).isEqualTo(new Received.Unchanged());
    }

    @Test
    void an_edit_made_here_stays_where_the_next_peer_has_nothing_new() {
        Resource edited = adopted(OLD, ORB).edit(titled("Edited here"), EDITOR, LATER);

        Received received = edited.takeOver(relayed(OLD, ORB_ID, MALAWI_ID), from(MALAWI), List.of());

        assertThat(received).isInstanceOf(Received.Followed.class);
        assertThat(source(after(edited, received))).isEqualTo(MALAWI.id());
        assertThat(after(edited, received).revision()).isEqualTo(edited.revision());
    }

    @Test
    void a_copy_that_is_older_than_ours_does_not_overwrite_it_and_is_followed_from_then_on() {
        Resource first = adopted(OLD, ORB);
        Resource second = after(first, first.receive(Samples.incoming(NEW), from(ORB)));

        Resource taken = after(
                second, second.takeOver(relayed(OLD, ORB_ID, MALAWI_ID), from(MALAWI), List.of(first.revision())));

        assertThat(source(taken)).isEqualTo(MALAWI.id());
        assertThat(taken.content()).isEqualTo(NEW);
        Resource caughtUp = after(taken, taken.receive(relayed(NEW, ORB_ID, MALAWI_ID), from(MALAWI)));
        assertThat(caughtUp.revision()).isEqualTo(second.revision());
        ResourceContent newest = titled("Newest");
        assertThat(after(caughtUp, caughtUp.receive(relayed(newest, ORB_ID, MALAWI_ID), from(MALAWI)))
                        .content())
                .isEqualTo(newest);
    }

    @Test
    void a_source_may_go_back_to_what_it_said_before() {
        Resource first = adopted(OLD, ORB);
        Resource second = after(first, first.receive(Samples.incoming(NEW), from(ORB)));

        assertThat(after(second, second.receive(Samples.incoming(OLD), from(ORB)))
                        .content())
                .isEqualTo(OLD);
    }

    @Test
    void a_peer_that_has_it_from_here_does_not_take_over() {
        Resource orphan = adopted(OLD, ORB);

        assertThat(orphan.takeOver(relayed(NEW, ORB_ID, HERE, MALAWI_ID), from(MALAWI), List.of()))
                .isEqualTo(new Received.KeptOtherSource());
    }

    @Test
    void a_local_resource_is_never_taken_over() {
        Resource local = local(OLD);

        assertThat(local.takeOver(relayed(NEW), from(MALAWI), List.of())).isEqualTo(new Received.KeptLocal());
    }

    @Test
    void what_comes_back_in_a_circle_is_no_news_and_begins_here_from_then_on() {
        Resource followed = adopted(OLD, ORB);

        Received received = followed.receive(relayed(NEW, ORB_ID, HERE, MALAWI_ID), from(ORB));

        Resource circular = after(followed, received);
        assertThat(received).isInstanceOf(Received.Followed.class);
        assertThat(circular.content()).isEqualTo(OLD);
        assertThat(((Origin.FromPeer) circular.origin()).isCircularAt(HERE)).isTrue();
        assertThat(circular.origin().routeThrough(HERE)).isEqualTo(new Route(List.of(HERE)));
        assertThat(circular.receive(relayed(NEW, ORB_ID, HERE, MALAWI_ID), from(ORB)))
                .isEqualTo(new Received.Unchanged());
        assertThat(after(circular, circular.receive(relayed(NEW, ORB_ID), from(ORB)))
                        .content())
                .isEqualTo(NEW);
    }

    @Test
    void what_came_in_a_circle_is_not_taken_again_from_its_source_as_it_was_before() {
        Resource followed = adopted(OLD, ORB);
        Resource changed = after(followed, followed.receive(relayed(NEW, MALAWI_ID, ORB_ID), from(ORB)));
        Resource circular = after(changed, changed.receive(relayed(NEW, HERE, MALAWI_ID, ORB_ID), from(ORB)));
        List<Revision> past = List.of(followed.revision());

        assertThat(circular.takeOver(relayed(OLD, AFTER_HERE, ORB_ID), from(ORB), past))
                .isEqualTo(new Received.Unchanged());
        assertThat(after(circular, circular.takeOver(relayed(NEWEST, AFTER_HERE, ORB_ID), from(ORB), past))
                        .content())
                .isEqualTo(NEWEST);
        assertThat(after(circular, circular.takeOver(relayed(OLD, BEFORE_HERE, ORB_ID), from(ORB), past))
                        .content())
                .isEqualTo(OLD);
    }

    @Test
    void what_came_in_a_circle_is_taken_over_with_news_only() {
        Resource followed = adopted(OLD, ORB);
        Resource circular = after(followed, followed.receive(relayed(NEW, HERE, ORB_ID), from(ORB)));

        assertThat(circular.takeOver(relayed(OLD, MALAWI_ID), from(MALAWI), List.of()))
                .isEqualTo(new Received.KeptOtherSource());
        Resource taken = after(circular, circular.takeOver(relayed(NEW, MALAWI_ID), from(MALAWI), List.of()));
        assertThat(source(taken)).isEqualTo(MALAWI.id());
        assertThat(taken.content()).isEqualTo(NEW);
    }

    @Test
    void a_change_is_dated_later_than_the_one_before_even_where_the_clock_was_set_back() {
        Resource followed = saved(adopted(OLD, ORB));

        Resource changed = after(followed, followed.receive(Samples.incoming(NEW), from(ORB, 2, NOW.minusSeconds(60))));

        assertThat(changed.updated()).isEqualTo(NOW.plusNanos(1_000));
        assertThat(changed.revision().at()).isEqualTo(NOW.minusSeconds(60));
        assertThat(changed.approve(NOW.minusSeconds(50)).updated()).isEqualTo(NOW.plusNanos(2_000));
    }

    private static Resource saved(Resource resource) {
        return Resource.restore(
                resource.guid(),
                resource.slug(),
                resource.status(),
                resource.origin(),
                resource.revisions(),
                resource.created(),
                resource.updated(),
                resource.review(),
                1);
    }

    @Test
    void another_way_is_noted_without_a_revision() {
        Resource followed = after(adopted(OLD, ORB), adopted(OLD, ORB).receive(relayed(OLD, ORB_ID), from(ORB)));

        Received received = followed.receive(relayed(OLD, MALAWI_ID, ORB_ID), from(ORB, 3, LATER));

        Resource moved = after(followed, received);
        assertThat(moved.origin().routeThrough(HERE)).isEqualTo(new Route(List.of(MALAWI_ID, ORB_ID, HERE)));
        assertThat(moved.revision()).isEqualTo(followed.revision());
        assertThat(moved.updated()).isEqualTo(LATER);
        assertThat(state(moved)).isNotEqualTo(state(followed));
    }

    @Test
    void a_route_begins_where_a_resource_is_made_and_keeps_its_last_hundred() {
        assertThat(local(OLD).origin().routeThrough(HERE)).isEqualTo(new Route(List.of(HERE)));
        Route longest = Stream.generate(() -> MALAWI_ID)
                .limit(100)
                .reduce(new Route(List.of(ORB_ID)), Route::then, (one, other) -> other);

        assertThat(longest.libraries()).hasSize(100).doesNotContain(ORB_ID);
        assertThat(longest.then(HERE).libraries()).hasSize(100).endsWith(HERE);
        assertThat(longest.passes(HERE)).isFalse();
    }

    @Test
    void what_changed_upstream_stays_unread_whatever_is_edited_here_since() {
        Resource approved = adopted(OLD, ORB).approve(NOW);
        Resource changed = after(approved, approved.receive(Samples.incoming(NEW), from(ORB, 2, LATER)));

        Resource edited = changed.edit(OLD, EDITOR, LATER);

        assertThat(edited.isChangedUpstream()).isTrue();
        assertThat(edited.review()).isEqualTo(new ReviewState(2, 1));
        assertThat(edited.approve(LATER).isChangedUpstream()).isFalse();
        assertThat(edited.approve(LATER).review()).isEqualTo(new ReviewState(2, 3));
    }

    @Test
    void an_edit_of_what_was_read_leaves_nothing_unread() {
        Resource approved = adopted(OLD, ORB).approve(NOW);

        assertThat(approved.edit(NEW, EDITOR, LATER).isChangedUpstream()).isFalse();
        assertThat(local(OLD).approve(NOW).edit(NEW, EDITOR, LATER).isChangedUpstream())
                .isFalse();
    }

    @Test
    void what_waits_for_its_first_decision_has_not_changed_upstream() {
        assertThat(adopted(OLD, ORB).review()).isEqualTo(new ReviewState(1, 0));
        assertThat(local(OLD).review()).isEqualTo(ReviewState.NONE);
        assertThat(adopted(OLD, ORB).isChangedUpstream()).isFalse();
        assertThat(adopted(OLD, ORB).reject(NOW).isChangedUpstream()).isFalse();
    }

    @Test
    void a_review_state_has_no_negative_numbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReviewState(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReviewState(0, -1));
        assertThat(new ReviewState(0, 0)).isEqualTo(ReviewState.NONE);
    }

    @Test
    void a_reviewer_sees_what_changed_upstream_until_deciding_again() {
        Resource pending = adopted(OLD, ORB);
        Resource rejected = pending.reject(NOW);
        Resource changed = after(rejected, rejected.receive(Samples.incoming(NEW), from(ORB, 2, LATER)));

        assertThat(pending.isChangedUpstream()).isFalse();
        assertThat(rejected.isChangedUpstream()).isFalse();
        assertThat(changed.isChangedUpstream()).isTrue();
        assertThat(changed.reject(LATER.plusSeconds(9)).isChangedUpstream()).isFalse();
        assertThat(changed.reject(LATER.plusSeconds(9)).updated()).isEqualTo(LATER);
        assertThat(changed.approve(LATER.plusSeconds(9)).isChangedUpstream()).isFalse();
        assertThat(after(pending, pending.receive(Samples.incoming(NEW), from(ORB)))
                        .isChangedUpstream())
                .isFalse();
    }
}

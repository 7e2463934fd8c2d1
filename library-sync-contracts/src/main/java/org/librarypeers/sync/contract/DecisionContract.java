package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.DecisionEffect;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.ReviewAction;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of reviewers' decisions in a storage. */
abstract class DecisionContract extends StorageContract<SyncStorage> {

    private static final UserName ASHA = new UserName("asha@moh.example.org");

    private static Decision decision(Guid guid, int revision, Status status, @Nullable String note) {
        return decision(guid, revision, status, note, UUID.randomUUID());
    }

    private static Decision decision(Guid guid, int revision, Status status, @Nullable String note, UUID action) {
        ReviewSnapshot before = new ReviewSnapshot(Status.PENDING, revision, 0, new ReviewState(1, 0));
        ReviewSnapshot after = new ReviewSnapshot(status, revision, 7, new ReviewState(2, revision));
        DecisionEffect effect = new DecisionEffect(action, before, after, note != null);
        return Decision.ofReviewer(guid, revision, status, ASHA, Samples.NOON.plusNanos(1_234_567), note, effect);
    }

    private Guid pending() {
        return saved(Samples.local(Samples.titled("Water"))).guid();
    }

    @Test
    void decisions_are_read_back_unchanged_with_the_latest_first() {
        Guid one = pending();
        Guid other = pending();
        Decision no = decision(one, 1, Status.REJECTED, "مياه\nline two 👩‍⚕️ <b>");
        Decision yes = decision(one, 2, Status.APPROVED, null);
        Decision elsewhere = decision(other, 1, Status.APPROVED, "x".repeat(Decision.MAX_NOTE));
        Decision ofPolicy = Decision.ofPolicy(PublicationPolicy.PUBLISH_UPDATES, one, 3, Samples.NOON);

        storage.decisions().add(List.of(no, elsewhere));
        storage.decisions().add(List.of(yes, ofPolicy));
        storage.decisions().add(List.of());

        assertThat(storage.decisions().about(one)).containsExactly(ofPolicy, yes, no);
        assertThat(storage.decisions().about(other)).containsExactly(elsewhere);
    }

    @Test
    void the_same_decision_made_twice_is_stored_twice() {
        Guid one = pending();
        Decision no = decision(one, 1, Status.REJECTED, null);

        storage.decisions().add(List.of(no, no));

        assertThat(storage.decisions().about(one)).containsExactly(no, no);
    }

    @Test
    void a_decision_about_an_unknown_resource_is_ignored() {
        Guid one = pending();
        Guid unknown = Guid.random();
        Decision yes = decision(one, 1, Status.APPROVED, null);

        storage.decisions().add(List.of(decision(unknown, 1, Status.APPROVED, null), yes));

        assertThat(storage.decisions().about(unknown)).isEmpty();
        assertThat(storage.decisions().about(one)).containsExactly(yes);
    }

    @Test
    void a_decision_is_part_of_the_transaction() {
        Guid one = pending();

        assertThatIllegalStateException()
                .isThrownBy(() -> storage.inTransaction(() -> {
                    storage.decisions().add(List.of(decision(one, 1, Status.APPROVED, null)));
                    assertThat(storage.decisions().about(one)).hasSize(1);
                    throw new IllegalStateException("undone");
                }));

        assertThat(storage.decisions().about(one)).isEmpty();
    }

    @Test
    void the_decisions_of_an_action_are_found_in_pages_and_counted_with_those_that_were_undone() {
        UUID action = UUID.randomUUID();
        List<Guid> guids = Stream.generate(this::pending).limit(3).sorted().toList();
        Guid other = pending();
        List<Decision> made = guids.stream()
                .map(guid -> decision(guid, 1, Status.REJECTED, "no", action))
                .toList();
        storage.decisions().add(made);
        storage.decisions().add(List.of(decision(other, 1, Status.APPROVED, null)));
        Decision undone = made.get(1).undone(Samples.AMINA, Samples.NOON.plusSeconds(9));
        storage.decisions().add(List.of(undone));

        assertThat(storage.decisions().decidedIn(action, null, 2)).isEqualTo(guids.subList(0, 2));
        assertThat(storage.decisions().decidedIn(action, guids.get(1), 2)).isEqualTo(guids.subList(2, 3));
        assertThat(storage.decisions().decidedIn(UUID.randomUUID(), null, 2)).isEmpty();
        assertThat(storage.decisions().action(action))
                .contains(new ReviewAction(
                        action, Status.REJECTED, ASHA, made.get(0).at(), guids.get(0), 3, 1));
        assertThat(storage.decisions().action(UUID.randomUUID())).isEmpty();
        assertThat(storage.decisions().about(guids))
                .isEqualTo(Map.of(
                        guids.get(0), List.of(made.get(0)),
                        guids.get(1), List.of(undone, made.get(1)),
                        guids.get(2), List.of(made.get(2))));
    }
}

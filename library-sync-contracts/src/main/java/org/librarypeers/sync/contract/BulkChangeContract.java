package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChange.Kind;
import org.librarypeers.sync.library.BulkChangeRepository;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.BulkEffect;

/** Contract tests of {@link BulkChangeRepository}. */
abstract class BulkChangeContract extends LibraryContract {

    private static final ReviewSnapshot BEFORE = new ReviewSnapshot(Status.APPROVED, 3, 0, new ReviewState(2, 2));
    private static final ReviewSnapshot AFTER = new ReviewSnapshot(Status.ARCHIVED, 4, 0, new ReviewState(2, 2));

    private BulkChangeRepository changes() {
        return storage.bulkChanges();
    }

    private static BulkChange change(Kind kind, String label, Instant at) {
        return new BulkChange(UUID.randomUUID(), kind, label, Samples.AMINA, at);
    }

    private List<Guid> resources(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> approved(Samples.local("Water " + i)).resource().guid())
                .sorted()
                .toList();
    }

    private static List<BulkEffect> effects(Collection<Guid> resources) {
        return resources.stream()
                .map(guid -> new BulkEffect(guid, BEFORE, AFTER, Samples.NOON))
                .toList();
    }

    private List<Guid> left(BulkChange change) {
        return changes().effects(change.id(), null, 100).stream()
                .map(BulkEffect::resource)
                .toList();
    }

    @Test
    void a_change_is_read_back_as_it_was_saved() {
        List<Guid> guids = resources(3);
        BulkChange change = change(Kind.ADD, "Topic: ماء 💧", Samples.NOON.plusNanos(1_000));
        BulkEffect late = new BulkEffect(guids.get(0), BEFORE, AFTER, Samples.NOON.plusSeconds(1));
        BulkEffect early = new BulkEffect(guids.get(1), AFTER, BEFORE, Samples.NOON.plusNanos(7_000));
        BulkEffect unserved = new BulkEffect(guids.get(2), AFTER, AFTER, null);

        changes().add(change, List.of(unserved, late));
        changes().add(change, List.of(early));

        assertThat(changes().find(change.id()))
                .contains(new BulkChangeState(change, guids.get(0), 3, 0, early.served()));
        assertThat(changes().effects(change.id(), null, 9)).containsExactly(late, early, unserved);
        for (Kind kind : Kind.values()) {
            BulkChange other = change(kind, "", Samples.NOON);
            changes().add(other, List.of(unserved));
            assertThat(changes().find(other.id())).contains(new BulkChangeState(other, guids.get(2), 1, 0, null));
        }
    }

    @Test
    void an_unknown_change_has_no_effects() {
        BulkChange change = change(Kind.ARCHIVE, "", Samples.NOON);
        changes().add(change, List.of());
        changes().add(change, effects(List.of(Guid.random())));
        changes().undone(change.id(), List.of(Guid.random()));

        assertThat(changes().find(change.id())).isEmpty();
        assertThat(left(change)).isEmpty();
    }

    @Test
    void effects_come_in_pages_without_those_that_were_undone() {
        List<Guid> guids = resources(5);
        BulkChange change = change(Kind.ARCHIVE, "", Samples.NOON);
        BulkChange other = change(Kind.ARCHIVE, "", Samples.NOON);
        changes().add(change, effects(guids));
        changes().add(other, effects(guids));

        assertThat(changes().effects(change.id(), null, 2))
                .extracting(BulkEffect::resource)
                .isEqualTo(guids.subList(0, 2));
        assertThat(changes().effects(change.id(), guids.get(1), 9))
                .extracting(BulkEffect::resource)
                .isEqualTo(guids.subList(2, 5));

        changes().undone(change.id(), List.of(guids.get(0), guids.get(3)));
        changes().undone(change.id(), List.of(guids.get(3), Guid.random()));
        changes().undone(change.id(), List.of());

        assertThat(left(change)).containsExactly(guids.get(1), guids.get(2), guids.get(4));
        assertThat(changes().find(change.id())).hasValueSatisfying(state -> {
            assertThat(state.resources()).isEqualTo(5);
            assertThat(state.undone()).isEqualTo(2);
            assertThat(state.first()).isEqualTo(guids.get(0));
        });
        assertThat(left(other)).isEqualTo(guids);
    }

    @Test
    void old_changes_are_removed_the_earliest_first() {
        List<Guid> guids = resources(1);
        List<BulkChange> three = IntStream.of(2, 0, 1)
                .mapToObj(i -> change(Kind.SUBMIT, "", Samples.NOON.plusSeconds(i)))
                .toList();
        three.forEach(each -> changes().add(each, effects(guids)));

        assertThat(changes().removeOld(Samples.NOON, 9)).isZero();
        assertThat(changes().removeOld(Samples.NOON.plusSeconds(2), 1)).isEqualTo(1);
        assertThat(changes().find(three.get(1).id())).isEmpty();
        assertThat(changes().removeOld(Samples.NOON.plusSeconds(2), 9)).isEqualTo(1);
        assertThat(changes().find(three.get(2).id())).isEmpty();
        assertThat(left(three.get(0))).isEqualTo(guids);
    }

    @Test
    void a_transaction_that_fails_saves_nothing() {
        List<Guid> guids = resources(2);
        BulkChange change = change(Kind.REMOVE, "Topic: Water", Samples.NOON);
        changes().add(change, effects(guids.subList(0, 1)));

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    changes().add(change, effects(guids.subList(1, 2)));
                    changes().undone(change.id(), guids);
                    throw new IllegalStateException("the transaction fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(left(change)).isEqualTo(guids.subList(0, 1));
    }

    @Test
    void an_effect_tells_from_when_on_other_libraries_may_know_of_the_change() {
        Resource approved = approved(Samples.local("Water")).resource();
        Instant now = Samples.NOON.plusSeconds(90);
        Resource edited = approved.edit(Samples.titled("Soap"), Samples.AMINA, now);
        Resource archived = approved.archive(now);

        assertThat(BulkEffect.of(approved, edited).served()).isEqualTo(edited.updated());
        assertThat(BulkEffect.of(approved, archived).served()).isEqualTo(approved.updated());
        assertThat(BulkEffect.of(archived, archived.submit(now)).served()).isNull();
        assertThat(BulkEffect.of(approved, archived).after()).isEqualTo(ReviewSnapshot.of(archived));
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of reviewers' decisions in a storage. */
abstract class DecisionContract extends StorageContract<SyncStorage> {

    private static final UserName ASHA = new UserName("asha@moh.example.org");

    private static Decision decision(Guid guid, int revision, Status status, @Nullable String note) {
        return Decision.ofReviewer(guid, revision, status, ASHA, Samples.NOON.plusNanos(1_234_567), note);
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
}

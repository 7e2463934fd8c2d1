package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;

/** Tests of the deletions that bundles carry. */
class BundleDeletionTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private Guid water;
    private Path first;
    private Peer peer;

    @BeforeEach
    void carryTheFirstBundle() throws IOException {
        two = new TwoLibraries(folder);
        water = two.publish("Safe water");
        two.publishMany();
        first = two.write("1.zip", 0);
        peer = two.trusted(first);
        two.read(first);
    }

    private boolean isWithdrawn() {
        return two.b.harvest().withdrawn(peer.id()).contains(water);
    }

    @Test
    void a_bundle_that_continues_another_tells_what_was_deleted_since() throws IOException {
        two.archive(water);
        Path second = two.write("2.zip", two.end(first));
        try (OpenedBundle bundle = two.reader.open(second)) {
            assertThat(bundle.manifest().resources()).isZero();
            assertThat(bundle.manifest().deletions()).isEqualTo(1);
        }

        assertThat(two.read(second).log().tally().withdrawn()).isEqualTo(1);
        assertThat(isWithdrawn()).isTrue();
        assertThat(two.cursor(peer)).isEqualTo(two.end(second));
        assertThat(two.read(second).log().tally().withdrawn()).isZero();
    }

    @Test
    void an_old_bundle_does_not_bring_back_what_a_newer_one_deleted() throws IOException {
        two.archive(water);
        two.read(two.write("2.zip", two.end(first)));

        two.read(first);

        assertThat(isWithdrawn()).isTrue();
    }

    @Test
    void a_late_deletion_does_not_withdraw_what_a_newer_bundle_brought_back() throws IOException {
        two.archive(water);
        Path deleting = two.write("2.zip", two.end(first));
        long deleted = two.end(deleting);
        two.approve(water);
        Path restoring = two.write("3.zip", deleted);

        two.read(restoring);
        assertThat(isWithdrawn()).isFalse();
        assertThat(two.read(deleting).log().tally().withdrawn()).isZero();
        assertThat(isWithdrawn()).isFalse();
        assertThat(two.cursor(peer)).isEqualTo(deleted);
    }

    @Test
    void a_late_complete_bundle_withdraws_nothing_that_was_brought_back_since() throws IOException {
        two.archive(water);
        Path complete = two.write("2.zip", 0);
        two.approve(water);
        two.read(two.write("3.zip", BundleOrder.EVERYTHING.since(two.now().toString())));

        two.read(complete);

        assertThat(isWithdrawn()).isFalse();
    }

    @Test
    void a_resource_that_was_restored_before_the_bundle_is_only_listed() throws IOException {
        two.archive(water);
        two.approve(water);
        Path second = two.write("2.zip", two.end(first));

        assertThat(two.read(second).log().tally().withdrawn()).isZero();
        assertThat(isWithdrawn()).isFalse();
    }

    @Test
    void deletions_since_a_time_are_carried_and_older_ones_are_not() throws IOException {
        two.archive(water);
        String since = two.now().plusMillis(1).toString();
        assertThat(two.read(two.write("2.zip", BundleOrder.EVERYTHING.since(since)))
                        .log()
                        .tally()
                        .withdrawn())
                .isZero();
        assertThat(two.read(two.write(
                                "3.zip", BundleOrder.EVERYTHING.since(two.now().toString())))
                        .log()
                        .tally()
                        .withdrawn())
                .isEqualTo(1);
    }
}

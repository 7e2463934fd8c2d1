package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.SyncReport;

/** Tests of the deletions of bundles that are read before the ones that they continue. */
class EarlyBundleTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private Path first;
    private Peer peer;

    @BeforeEach
    void readTheFirstBundle() throws IOException {
        two = new TwoLibraries(folder);
        two.publishMany();
        first = two.write("1.zip", 0);
        peer = two.trusted(first);
        two.read(first);
    }

    private boolean isWithdrawn(Guid guid) {
        return two.b.harvest().withdrawn(peer.id()).contains(guid);
    }

    @Test
    void a_late_bundle_does_not_bring_what_an_early_one_deleted() throws IOException {
        Guid water = two.publish("Safe water");
        Path late = two.write("2.zip", two.end(first));
        two.archive(water);
        Path early = two.write("3.zip", two.end(late));

        two.read(early);
        SyncReport report = two.read(late);

        assertThat(two.b.resources().find(water)).isEmpty();
        assertThat(report.log().message()).contains("1 resource", "deleted");
        assertThat(two.cursor(peer)).isEqualTo(two.end(late));

        two.read(early);
        assertThat(two.b.resources().find(water)).isEmpty();
        assertThat(two.cursor(peer)).isEqualTo(two.end(early));
    }

    @Test
    void a_late_version_does_not_end_the_withdrawal_by_an_early_bundle() throws IOException {
        Guid water = two.publish("Safe water");
        Path second = two.write("2.zip", two.end(first));
        two.read(second);
        two.change(water, "Safe water, second edition");
        Path late = two.write("3.zip", two.end(second));
        two.archive(water);
        two.read(two.write("4.zip", two.end(late)));
        assertThat(isWithdrawn(water)).isTrue();

        two.read(late);

        assertThat(isWithdrawn(water)).isTrue();
        assertThat(two.title(water)).isEqualTo("Safe water");
    }

    @Test
    void what_was_restored_after_an_early_deletion_is_taken() throws IOException {
        Guid water = two.publish("Safe water");
        Path second = two.write("2.zip", two.end(first));
        two.archive(water);
        Path third = two.write("3.zip", two.end(second));
        two.approve(water);
        Path fourth = two.write("4.zip", two.end(third));

        two.read(third);
        two.read(fourth);
        assertThat(two.b.resources().find(water)).isPresent();

        two.read(third);
        two.read(second);
        assertThat(isWithdrawn(water)).isFalse();
    }

    @Test
    void deletions_of_bundles_since_a_time_count_too() throws IOException {
        Guid water = two.publish("Safe water");
        Path late = two.write("2.zip", BundleOrder.EVERYTHING.since(two.now().toString()));
        two.archive(water);
        two.read(two.write("3.zip", BundleOrder.EVERYTHING.since(two.now().toString())));

        two.read(late);

        assertThat(two.b.resources().find(water)).isEmpty();
    }
}

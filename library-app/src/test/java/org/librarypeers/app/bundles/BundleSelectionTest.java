package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.SyncReport;

/** Tests of bundles whose resources a selection rule leaves out first, and takes later. */
class BundleSelectionTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private Guid water;
    private Path old;
    private Path recent;
    private Peer peer;

    /** Makes the reader leave out one resource of a complete bundle, and then widens its rule. */
    @BeforeEach
    void widenTheRule() throws IOException {
        two = new TwoLibraries(folder);
        water = two.publish("Safe water");
        old = two.write("1.zip", 0);
        two.change(water, "Safe water for all");
        two.publish("Malaria");
        recent = two.write("2.zip", 0);
        peer = two.trusted(recent);
        take("-text:water");
        assertThat(two.read(recent).log().tally().leftOut()).isEqualTo(1);
        take("");
    }

    private void take(String rule) {
        two.b.peers().save(peer.withSelection(SelectionRule.parse(rule)));
    }

    private boolean isWaiting() {
        return two.b.selections().state(peer).hasDue();
    }

    @Test
    void the_same_bundle_brings_what_the_wider_rule_takes() throws IOException {
        assertThat(two.read(recent).log().tally().added()).isEqualTo(1);
        assertThat(two.title(water)).isEqualTo("Safe water for all");
        assertThat(isWaiting()).isFalse();
    }

    @Test
    void a_bundle_without_it_reports_that_it_waits() throws IOException {
        two.publish("Nutrition");

        SyncReport report = two.read(two.write("3.zip", two.end(recent)));

        assertThat(report.log().message()).contains("1 resource that the changed rule");
        assertThat(isWaiting()).isTrue();
        assertThat(two.read(recent).log().tally().added()).isEqualTo(1);
        assertThat(two.title(water)).isEqualTo("Safe water for all");
    }

    @Test
    void a_bundle_with_an_older_version_leaves_it_waiting() throws IOException {
        SyncReport report = two.read(old);

        assertThat(report.log().tally().failed()).isZero();
        assertThat(two.b.harvest().quarantinedItems(peer.id())).isEmpty();
        assertThat(two.b.resources().find(water)).isEmpty();
        assertThat(isWaiting()).isTrue();
        assertThat(two.read(recent).log().tally().added()).isEqualTo(1);
        assertThat(two.title(water)).isEqualTo("Safe water for all");
    }
}

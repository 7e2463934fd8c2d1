package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;

/** Tests of bundles between two libraries in memory: what changes nothing, and where the cursor ends. */
class BundleServiceTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;

    @BeforeEach
    void create() {
        two = new TwoLibraries(folder);
    }

    @Test
    void the_resources_arrive_pending_with_their_guids_and_a_second_reading_changes_nothing() throws IOException {
        Guid water = two.publish("Safe water");
        two.publish("Hand washing");
        Path file = two.write("a.zip", 0);
        Peer peer = two.trusted(file);

        SyncReport first = two.read(file);
        SyncReport second = two.read(file);

        assertThat(first.succeeded()).as(first.log().message()).isTrue();
        assertThat(first.log().tally().added()).isEqualTo(2);
        Resource arrived = two.b.resources().find(water).orElseThrow();
        assertThat(arrived.status()).isEqualTo(Status.PENDING);
        Origin.FromPeer origin = (Origin.FromPeer) arrived.origin();
        assertThat(origin.sourceHost()).isEqualTo(TwoLibraries.HOME.toString());
        assertThat(origin.peer()).isEqualTo(peer.id());
        assertThat(second.log().tally().unchanged()).isEqualTo(2);
        assertThat(second.log().tally().added() + second.log().tally().updated())
                .isZero();
        assertThat(two.cursor(peer)).isPositive();
    }

    @Test
    void a_preview_saves_neither_resources_nor_the_peer() throws IOException {
        two.publish("Safe water");
        try (OpenedBundle bundle = two.reader.open(two.write("a.zip", 0))) {
            SyncReport preview = two.reader.preview(
                    bundle, two.reader.sender(bundle.manifest()).peer(), SyncListener.NONE);

            assertThat(preview.log().tally().added()).isEqualTo(1);
        }
        assertThat(two.b.peers().all()).isEmpty();
        assertThat(two.b.resources().withStatus(Status.PENDING, null, 10)).isEmpty();
    }

    @Test
    void bundles_in_the_wrong_order_lose_nothing_and_overwrite_nothing_newer() throws IOException {
        Guid water = two.publish("Safe water");
        Guid soap = two.publish("Soap");
        Path first = two.write("1.zip", 0);
        long end = two.end(first);
        two.change(water, "Safe water, second edition");
        Guid fresh = two.publish("Oral rehydration");
        Path second = two.write("2.zip", end);
        Peer peer = two.trusted(first);

        SyncReport gap = two.read(second);
        assertThat(gap.log().message()).contains("begins after feed position " + end);
        assertThat(two.cursor(peer)).isEqualTo(-1);

        SyncReport late = two.read(first);
        assertThat(late.log().tally().added()).isEqualTo(1);
        assertThat(two.title(water)).isEqualTo("Safe water, second edition");
        assertThat(two.b.resources().find(soap)).isPresent();
        assertThat(two.b.resources().find(fresh)).isPresent();
        assertThat(two.cursor(peer)).isEqualTo(end);

        assertThat(two.read(second).log().tally().unchanged()).isEqualTo(2);
        assertThat(two.cursor(peer)).isEqualTo(two.end(second));

        assertThat(two.read(first).log().tally().updated()).isZero();
        assertThat(two.title(water)).isEqualTo("Safe water, second edition");
        assertThat(two.cursor(peer)).isEqualTo(two.end(second));
    }

    @Test
    void a_complete_bundle_shows_what_was_withdrawn_and_an_older_one_does_not() throws IOException {
        Guid water = two.publish("Safe water");
        two.publishMany();
        Path first = two.write("1.zip", 0);
        Peer peer = two.trusted(first);
        two.read(first);
        two.archive(water);
        Guid fresh = two.publish("Oral rehydration");

        assertThat(two.read(two.write("2.zip", 0)).log().tally().withdrawn()).isEqualTo(1);
        assertThat(two.b.harvest().withdrawn(peer.id())).containsExactly(water);

        two.read(first);
        assertThat(two.b.harvest().withdrawn(peer.id())).doesNotContain(fresh);
    }

    @Test
    void a_complete_bundle_read_again_after_a_part_withdraws_nothing_that_the_part_brought() throws IOException {
        two.publishMany();
        Path complete = two.write("complete.zip", 0);
        two.trusted(complete);
        two.read(complete);
        Guid later = two.publish("Two");
        Path part = two.write("part.zip", BundleOrder.EVERYTHING.since(two.now().toString()));
        assertThat(two.read(part).log().tally().added()).isEqualTo(1);

        SyncReport again = two.read(complete);

        assertThat(again.log().tally().withdrawn()).isZero();
        assertThat(two.b.harvest().withdrawn(again.peer().id())).doesNotContain(later);
    }

    @Test
    void a_network_peer_continues_after_a_complete_bundle_and_not_after_a_partial_one() throws IOException {
        two.publish("Safe water");
        Peer peer = Peer.builder()
                .id(two.b.peers().nextId())
                .name("A on the network")
                .host(PeerHost.of(TwoLibraries.HOME.toString()))
                .credentials("reader", new ApiKey("key"))
                .build();
        two.b.peers().save(peer);
        Path part = two.write("part.zip", BundleOrder.EVERYTHING.since(two.now().toString()));

        Peer confirmed = two.trusted(part);
        assertThat(confirmed.id()).isEqualTo(peer.id());
        assertThat(confirmed.takesRequests()).isTrue();
        assertThat(two.read(part).log().tally().added()).isEqualTo(1);
        assertThat(two.cursor(peer)).isEqualTo(-1);

        Path all = two.write("all.zip", 0);
        assertThat(two.read(all).log().tally().unchanged()).isEqualTo(1);
        assertThat(two.cursor(peer)).isEqualTo(two.end(all));
    }
}

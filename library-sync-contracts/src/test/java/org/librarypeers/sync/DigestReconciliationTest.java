package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummary;

/** Tests of reconciliations and comparisons by digests. */
class DigestReconciliationTest {

    private final DigestNetwork network = new DigestNetwork();

    private List<Guid> synced(int count) {
        List<Guid> guids = network.publish(count);
        network.sync(SyncScope.CHANGES);
        assertThat(network.read()).isEqualTo(network.served());
        return guids;
    }

    /** Makes the peer leave resources out of its digests and rows. */
    private void hide(Set<Guid> hidden) {
        network.link.summaries = (ranges, honest) -> Optional.of(honest.stream()
                .map(summary -> summary.match(
                        parts -> wrong(parts), rows -> (RangeSummary) new RangeSummary.Rows(rows.rows().stream()
                                .filter(row -> !hidden.contains(row.guid()))
                                .toList())))
                .toList());
    }

    /** Returns digests that differ from all others, so that the rows are requested in the end. */
    static RangeSummary wrong(RangeSummary.Parts parts) {
        return new RangeSummary.Parts(parts.parts().stream()
                .map(part -> new RangeDigest(part.range(), part.count(), "x".repeat(22)))
                .toList());
    }

    @Test
    void equal_digests_take_the_place_of_the_whole_list() {
        synced(300);

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.message()).contains("complete as of 20", "UTC", "by the peer's own digest");
        assertThat(log.requests()).isEqualTo(2);
        assertThat(network.link.wholeLists).isZero();
        assertThat(log.tally()).isEqualTo(SyncTally.NONE);
    }

    @Test
    void the_first_run_and_a_run_for_every_detail_read_the_list() {
        network.publish(3);
        network.sync(SyncScope.EVERYTHING);
        assertThat(network.link.wholeLists).isEqualTo(1);
        assertThat(network.link.digests).isZero();

        SyncLog log = network.sync(SyncScope.EVERY_DETAIL);
        assertThat(network.link.wholeLists).isEqualTo(1);
        assertThat(network.link.digests).isZero();
        assertThat(log.message()).isNull();
    }

    @Test
    void ten_differences_among_many_take_a_handful_of_requests_and_one_for_each() {
        List<Guid> guids = synced(5_000);
        for (int i = 0; i < 10; i++) {
            network.change(guids.get(i * 400 + 7));
        }
        network.miss();

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.read()).isEqualTo(network.served());
        assertThat(network.link.digests).isLessThanOrEqualTo(4);
        assertThat(network.link.details).isEqualTo(10);
        assertThat(network.link.wholeLists).isZero();
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.updated(10));
        assertThat(log.message()).contains("10 resources differ", "complete as of");
    }

    @Test
    void missed_additions_changes_and_ends_are_found() {
        List<Guid> guids = synced(200);
        network.change(guids.get(3));
        network.archive(guids.get(50));
        network.publish(2);
        network.miss();

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.read()).isEqualTo(network.served());
        assertThat(network.withdrawn()).containsExactly(guids.get(50));
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(2).updated(1).withdrawn(1));
        assertThat(network.link.wholeLists).isZero();
    }

    @Test
    void what_is_served_again_ends_its_withdrawal() {
        List<Guid> guids = synced(60);
        network.archive(guids.get(7));
        network.sync(SyncScope.CHANGES);
        assertThat(network.withdrawn()).containsExactly(guids.get(7));
        Resource archived = network.there.resources().find(guids.get(7)).orElseThrow();
        network.clock.tick();
        network.there.resources().save(archived.approve(network.clock.instant()));
        network.miss();

        network.sync(SyncScope.EVERYTHING);

        assertThat(network.withdrawn()).isEmpty();
        assertThat(network.read()).isEqualTo(network.served());
    }

    @Test
    void a_digest_alone_withdraws_nothing() {
        List<Guid> guids = synced(100);
        hide(Set.of(guids.get(4), guids.get(5)));

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.withdrawn()).isEmpty();
        assertThat(network.link.details).isEqualTo(2);
        assertThat(log.tally()).isEqualTo(SyncTally.NONE);
        assertThat(log.message()).contains("2 resources are missing").doesNotContain("complete");
    }

    @Test
    void an_absence_alone_withdraws_nothing() {
        List<Guid> guids = synced(100);
        network.change(guids.get(4));
        network.miss();
        network.link.absent.add(guids.get(4));

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.withdrawn()).isEmpty();
        assertThat(log.message()).contains("1 of them could not be accepted").doesNotContain("complete");
        assertThat(network.here.harvest().quarantinedItems(network.peer.id())).hasSize(1);
    }

    @Test
    void more_than_a_fifth_is_withdrawn_by_nobody() {
        List<Guid> guids = synced(50);
        guids.subList(0, 11).forEach(network::archive);
        network.miss();

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.withdrawn()).isEmpty();
        assertThat(log.message()).contains("11 of 50", "20 %");
    }

    @Test
    void if_too_much_differs_the_whole_list_is_read() {
        synced(10);
        network.publish(SyncSettings.DEFAULT_DIFFERENCES + 100);
        network.miss();

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.read()).isEqualTo(network.served());
        assertThat(network.link.wholeLists).isEqualTo(1);
        assertThat(network.link.details).isZero();
        assertThat(log.message()).contains("more than 500 resources differ").doesNotContain("complete");
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(600).unchanged(10));
    }

    @Test
    void a_peer_that_cannot_answer_is_read_as_before() {
        synced(10);
        network.link.summaries = (ranges, honest) -> Optional.empty();

        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(network.link.wholeLists).isEqualTo(1);
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.unchanged(10));
        assertThat(network.service.compare(network.peer)).isEmpty();
        assertThat(network.sync(SyncScope.DIFFERENCES).trouble()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    @Test
    void nonsense_fails_a_comparison_and_makes_a_reconciliation_read_the_list() {
        List<Guid> guids = synced(100);
        network.change(guids.get(0));
        network.miss();
        List<RangeSummary> nonsense = List.of(new RangeSummary.Parts(
                List.of(new RangeDigest(new GuidRange(guids.get(1), guids.get(2)), 1, "x".repeat(22)))));
        network.link.summaries = (ranges, honest) -> Optional.of(nonsense);

        assertThatThrownBy(() -> network.service.compare(network.peer))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("do not cover");
        SyncLog log = network.sync(SyncScope.EVERYTHING);

        assertThat(log.message()).contains("the whole list was read because the digests of");
        assertThat(network.read()).isEqualTo(network.served());
    }

    @Test
    void digests_that_always_differ_cost_a_limited_number_of_requests() {
        synced(400);
        network.link.summaries = (ranges, honest) -> Optional.of(ranges.stream()
                .<RangeSummary>map(
                        range -> new RangeSummary.Parts(List.of(new RangeDigest(range, 9_000_000, "x".repeat(22)))))
                .toList());

        assertThatThrownBy(() -> network.service.compare(network.peer)).isInstanceOf(PeerException.class);
        assertThat(network.link.digests).isLessThanOrEqualTo(150);
        assertThat(network.sync(SyncScope.EVERYTHING).status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(network.withdrawn()).isEmpty();
    }

    @Test
    void only_the_differences_are_received_without_a_list() {
        List<Guid> guids = synced(100);
        network.change(guids.get(1));
        network.publish(1);
        Cursor before = network.here.harvest().cursor(network.peer.id()).orElseThrow();

        SyncLog log = network.sync(SyncScope.DIFFERENCES);

        assertThat(network.link.lists).isZero();
        assertThat(log.tally()).isEqualTo(SyncTally.NONE.added(1).updated(1));
        assertThat(network.read()).isEqualTo(network.served());
        assertThat(network.here.harvest().cursor(network.peer.id())).contains(before);
        assertThat(network.sync(SyncScope.CHANGES).tally()).isEqualTo(SyncTally.NONE.unchanged(2));
    }

    @Test
    void a_preview_predicts_the_run() {
        List<Guid> guids = synced(200);
        network.change(guids.get(3));
        network.archive(guids.get(9));
        network.miss();
        network.change(guids.get(4));
        network.archive(guids.get(10));
        network.publish(1);

        SyncLog preview = network.service
                .preview(network.peer, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();
        SyncLog run = network.service
                .sync(network.peer, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();

        assertThat(preview.tally()).isEqualTo(run.tally());
        assertThat(preview.requests()).isEqualTo(run.requests());
        assertThat(preview.message()).isEqualTo(run.message());
    }

    @Test
    void a_comparison_tells_what_differs_and_changes_nothing() {
        List<Guid> guids = synced(100);
        network.change(guids.get(1));
        network.archive(guids.get(2));
        Guid added = network.publish(1).get(0);
        String before = network.read().get(guids.get(1));

        Comparison comparison = network.service.compare(network.peer).orElseThrow();

        assertThat(comparison.equal()).isEqualTo(98);
        assertThat(comparison.served()).isEqualTo(100);
        assertThat(comparison.isAll()).isTrue();
        assertThat(comparison.requests()).isEqualTo(network.link.digests);
        assertThat(comparison.differences())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("remoteId")
                .containsExactlyInAnyOrder(
                        new Comparison.Difference(
                                Comparison.Kind.DIFFERENT,
                                guids.get(1),
                                null,
                                network.served().get(guids.get(1)),
                                before,
                                Comparison.Here.FOLLOWED),
                        new Comparison.Difference(
                                Comparison.Kind.NOT_SERVED,
                                guids.get(2),
                                null,
                                null,
                                network.read().get(guids.get(2)),
                                Comparison.Here.FOLLOWED),
                        new Comparison.Difference(
                                Comparison.Kind.MISSING,
                                added,
                                null,
                                network.served().get(added),
                                null,
                                Comparison.Here.NOTHING));
        assertThat(network.withdrawn()).isEmpty();
    }

    @Test
    void what_is_local_or_left_out_by_rule_is_no_difference() {
        Resource local = Samples.local("Made here").approve(network.clock.instant());
        network.here.resources().save(local);
        network.there.resources().save(local);
        network.here.peers().save(network.peer.withSelection(SelectionRule.parse("-text:\"Resource 1\"")));
        network.publish(3);
        network.sync(SyncScope.CHANGES);
        assertThat(network.here.resources().find(network.served().keySet())).hasSize(3);

        assertThat(network.service.compare(network.peer).orElseThrow().isEqual())
                .isTrue();
        assertThat(network.sync(SyncScope.EVERYTHING).message()).contains("complete as of");
    }

    @Test
    void guids_that_lie_close_together_are_divided_too() {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            resources.add(Resource.create(
                            new Guid(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + i)),
                            Samples.titled("Resource " + i),
                            Library.EDITOR,
                            network.clock.instant())
                    .approve(network.clock.instant()));
        }
        network.there.resources().save(resources);
        network.sync(SyncScope.CHANGES);
        network.change(resources.get(1_234).guid());

        Comparison comparison = network.service.compare(network.peer).orElseThrow();

        assertThat(comparison.differences()).hasSize(1);
        assertThat(network.link.digests).isLessThanOrEqualTo(4);
    }
}

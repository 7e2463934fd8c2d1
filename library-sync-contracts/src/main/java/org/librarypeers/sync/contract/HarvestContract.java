package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Contract tests of {@link org.librarypeers.sync.storage.HarvestRepository}, except those of leases and withdrawals. */
@Timeout(60)
abstract class HarvestContract extends TwoPeerContract {

    @Test
    void a_cursor_stays_where_it_was_committed() {
        Cursor early = new Cursor("2026-03-29T12:00:00.1+05:45|7", "2026-03-29T12:00:00.1+05:45");
        Cursor late = new Cursor("token \"ü\" 🩺", null);
        assertThat(storage.harvest().cursor(peer)).isEmpty();

        try (PeerLease lease = claimed(peer)) {
            assertThat(storage.harvest().cursor(peer)).isEmpty();
            storage.harvest().commit(lease, progress(early, Map.of()));
            assertThat(storage.harvest().cursor(peer)).contains(early);
            storage.harvest().commit(lease, progress(null, Map.of()));
            assertThat(storage.harvest().cursor(peer)).contains(early);
            storage.harvest().commit(lease, progress(late, Map.of()));
        }
        try (PeerLease next = claimed(peer)) {
            assertThat(storage.harvest().cursor(next.peer())).contains(late);
        }
        assertThat(storage.harvest().cursor(other)).isEmpty();
    }

    @Test
    void shortfalls_are_stored_for_each_peer_until_they_are_replaced() {
        KnownShortfalls both = new KnownShortfalls(new Shortfall(14, 12), new Shortfall(3, 0));
        KnownShortfalls one = new KnownShortfalls(null, new Shortfall(2_000_000_000, 1));
        assertThat(storage.harvest().shortfalls(peer)).isEqualTo(KnownShortfalls.NONE);

        try (PeerLease lease = claimed(peer)) {
            storage.harvest().keepShortfalls(lease, both);
            assertThat(storage.harvest().shortfalls(peer)).isEqualTo(both);
            storage.harvest().keepShortfalls(lease, one);
        }
        assertThat(storage.harvest().shortfalls(peer)).isEqualTo(one);
        assertThat(storage.harvest().shortfalls(other)).isEqualTo(KnownShortfalls.NONE);
        try (PeerLease lease = claimed(peer)) {
            storage.harvest().keepShortfalls(lease, KnownShortfalls.NONE);
        }
        assertThat(storage.harvest().shortfalls(peer)).isEqualTo(KnownShortfalls.NONE);
    }

    @Test
    void a_run_that_lost_its_lease_saves_no_shortfall_and_a_removed_peer_has_none() {
        KnownShortfalls some = new KnownShortfalls(new Shortfall(14, 12), null);
        PeerLease lost = claimed(peer);
        storage.harvest().keepShortfalls(lost, some);
        lost.close();

        assertThatThrownBy(() -> storage.harvest().keepShortfalls(lost, KnownShortfalls.NONE))
                .isInstanceOf(LeaseLostException.class);
        assertThat(storage.harvest().shortfalls(peer)).isEqualTo(some);

        storage.peers().remove(peer);
        assertThat(storage.harvest().shortfalls(peer)).isEqualTo(KnownShortfalls.NONE);
    }

    @Test
    void the_last_accepted_version_is_returned() {
        Guid changed = Guid.random();
        Guid same = Guid.random();
        Guid never = Guid.random();
        try (PeerLease lease = claimed(peer);
                PeerLease another = claimed(other)) {
            storage.harvest().commit(lease, progress(null, Map.of(changed, "1", same, "v 🩺")));
            storage.harvest().commit(another, progress(null, Map.of(changed, "elsewhere")));
            storage.harvest().commit(lease, progress(null, Map.of(changed, "2", same, "v 🩺")));
        }

        assertThat(Samples.versions(storage, peer, List.of(same, changed, never)))
                .isEqualTo(Map.of(changed, "2", same, "v 🩺"));
        assertThat(Samples.versions(storage, other, List.of(same, changed))).isEqualTo(Map.of(changed, "elsewhere"));
        assertThat(Samples.versions(storage, peer, List.of())).isEmpty();
    }

    @Test
    void a_page_may_be_large() {
        Map<Guid, String> accepted = new HashMap<>();
        for (int i = 0; i < 2_500; i++) {
            accepted.put(Guid.random(), "version " + i);
        }
        try (PeerLease lease = claimed(peer)) {
            storage.harvest().commit(lease, progress(null, accepted));
        }

        assertThat(Samples.versions(storage, peer, accepted.keySet())).isEqualTo(accepted);
    }

    @Test
    void quarantined_items_are_listed_by_remote_id_replaced_and_resolved() {
        QuarantinedItem second = Samples.unreadable("/api/2", Guid.random(), "no title");
        QuarantinedItem first = Samples.unreadable("/api/1", null, "<b>not</b> JSON");
        QuarantinedItem third = Samples.unreadable("/api/3", Guid.random(), "عنوان مفقود");
        try (PeerLease lease = claimed(peer)) {
            assertThat(storage.harvest().quarantinedCounts()).isEmpty();
            commitQuarantined(lease, List.of(second, first, third), Set.of());
            assertThat(storage.harvest().quarantinedCounts()).isEqualTo(Map.of(peer, 3L));
            assertThat(storage.harvest().quarantinedItems(peer)).containsExactly(first, second, third);
            assertThat(storage.harvest().quarantinedItems(peer, 2)).containsExactly(first, second);
            assertThat(storage.harvest().quarantinedItems(peer, 4)).hasSize(3);

            QuarantinedItem again = first.again(
                    "v2",
                    new QuarantineReason(QuarantineReason.Kind.NO_TITLE, "no title now"),
                    Samples.NOON.plusSeconds(60));
            commitQuarantined(lease, List.of(again), Set.of("/api/3", "/api/unknown"));
            assertThat(storage.harvest().quarantinedItems(peer)).containsExactly(again, second);
            assertThat(storage.harvest().quarantinedCounts()).isEqualTo(Map.of(peer, 2L));
            commitQuarantined(lease, List.of(), Set.of("/api/1", "/api/2"));
            assertThat(storage.harvest().quarantinedCounts()).isEmpty();
        }
        assertThat(storage.harvest().quarantinedItems(other)).isEmpty();
    }

    @Test
    void the_time_of_a_reread_is_stored_until_all_details_were_read() {
        assertThat(storage.harvest().rereadSince(peer)).isEmpty();
        try (PeerLease lease = claimed(peer)) {
            storage.harvest().reread(lease, Samples.NOON.plusNanos(1_000));
        }
        assertThat(storage.harvest().rereadSince(peer)).contains(Samples.NOON.plusNanos(1_000));
        assertThat(storage.harvest().rereadSince(other)).isEmpty();
        PeerLease lost = claimed(peer);
        lost.close();
        assertThatThrownBy(() -> storage.harvest().reread(lost, null)).isInstanceOf(LeaseLostException.class);

        try (PeerLease lease = claimed(peer)) {
            storage.harvest().reread(lease, null);
        }
        assertThat(storage.harvest().rereadSince(peer)).isEmpty();
    }

    @Test
    void details_that_can_be_read_again_are_counted() {
        Guid gone = Guid.random();
        Guid withdrawn = Guid.random();
        try (PeerLease lease = claimed(peer)) {
            storage.harvest().commit(lease, progress(null, Map.of(Guid.random(), "1", gone, "1", withdrawn, "1")));
            storage.harvest().withdraw(lease, Set.of(withdrawn, Guid.random()), Set.of(), Samples.NOON);
            assertThat(storage.harvest().detailCount(peer)).isEqualTo(2);
            storage.harvest()
                    .commit(
                            lease,
                            SampleProgress.progress().gone(Set.of("/" + gone)).build());
        }
        assertThat(storage.harvest().detailCount(peer)).isEqualTo(1);
        assertThat(storage.harvest().detailCount(other)).isZero();
    }

    @Test
    void absent_items_are_stored_with_their_versions_until_they_are_resolved() {
        try (PeerLease lease = claimed(peer)) {
            assertThat(storage.harvest().absentItems(peer)).isEmpty();
            commitAbsent(lease, Map.of("/api/1", "v1", "/api/2", "نسخة 🩺"), Set.of());
            commitAbsent(lease, Map.of("/api/1", "v2"), Set.of("/api/unknown"));
            assertThat(storage.harvest().absentItems(peer)).isEqualTo(Map.of("/api/1", "v2", "/api/2", "نسخة 🩺"));
            assertThat(storage.harvest().absentItems(other)).isEmpty();

            commitAbsent(lease, Map.of("/api/1", "v3"), Set.of("/api/1", "/api/2"));
            assertThat(storage.harvest().absentItems(peer)).isEqualTo(Map.of("/api/1", "v3"));
        }
        storage.peers().remove(peer);
        assertThat(storage.harvest().absentItems(peer)).isEmpty();
    }

    private void commitAbsent(PeerLease lease, Map<String, String> absent, Set<String> resolved) {
        storage.harvest()
                .commit(
                        lease,
                        SampleProgress.progress()
                                .absent(absent)
                                .resolved(resolved)
                                .build());
    }

    @Test
    void characters_that_cannot_be_stored_do_not_cause_a_failure() {
        String halves = "\uD83E and \uDE7A and \u0000";
        try (PeerLease lease = claimed(peer)) {
            QuarantinedItem hostile = new QuarantinedItem(
                    halves,
                    null,
                    halves,
                    new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "sent " + halves),
                    Samples.NOON,
                    Samples.NOON,
                    1);
            storage.harvest()
                    .commit(
                            lease,
                            SampleProgress.progress()
                                    .accepted(Map.of(Guid.random(), new AcceptedItem(halves, halves, false)))
                                    .absent(Map.of(halves, halves))
                                    .quarantined(List.of(hostile))
                                    .resolved(Set.of(halves))
                                    .build());
        }

        assertThat(storage.harvest().quarantinedItems(peer))
                .singleElement()
                .satisfies(item -> assertThat(item.reason().detail()).startsWith("sent "));
    }

    @Test
    void a_page_and_its_progress_are_saved_in_one_transaction() {
        Resource resource = Samples.local("On the page");
        try (PeerLease lease = claimed(peer)) {
            storage.inTransaction(() -> {
                storage.resources().save(resource);
                storage.harvest().commit(lease, progress(new Cursor("2", "today"), Map.of(resource.guid(), "v")));
            });
        }

        assertSame(found(resource.guid()), resource);
        assertThat(storage.harvest().cursor(peer)).contains(new Cursor("2", "today"));
    }

    private PeerLease claimed(PeerId id) {
        return storage.harvest().claim(id).orElseThrow();
    }

    private void commitQuarantined(PeerLease lease, List<QuarantinedItem> quarantined, Set<String> resolved) {
        storage.harvest()
                .commit(
                        lease,
                        SampleProgress.progress()
                                .quarantined(quarantined)
                                .resolved(resolved)
                                .build());
    }

    private static HarvestProgress progress(@Nullable Cursor cursor, Map<Guid, String> accepted) {
        return Samples.progress(cursor, accepted);
    }
}

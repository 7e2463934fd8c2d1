package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.Shortfall;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.RunRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of {@link RunRepository}. */
@Timeout(60)
abstract class RunContract extends StorageContract<SyncStorage> {

    private static final Cursor CURSOR = new Cursor("token", "2026-03-29T12:00:00.1");
    private static final int MANY = 10;

    @SuppressWarnings("NullAway.Init")
    private Peer peer;

    @BeforeEach
    void onePeer() {
        peer = savedPeer("https://a.example.org");
    }

    private PeerLease claim() {
        return storage.harvest().claim(peer.id()).orElseThrow();
    }

    private SyncLog begun(PeerLease lease) {
        return storage.runs().begin(lease, CURSOR, Samples.NOON, MANY);
    }

    private SyncLog ended(SyncLog log) {
        return log.progressed(SyncTally.NONE.unchanged(2), 1)
                .completed(SyncLog.QuarantineCounts.NONE, "a remark", Samples.NOON.plusSeconds(3));
    }

    private static HarvestProgress progress(Cursor cursor) {
        return SampleProgress.progress().cursor(cursor).build();
    }

    private static Outcome unchanged(String remoteId) {
        return new Outcome(Outcome.Kind.UNCHANGED, remoteId, Guid.random(), null);
    }

    private List<SyncLog> logs() {
        return storage.syncLogs().recent(peer.id(), MANY);
    }

    @Test
    void the_basis_of_a_peer_that_was_never_read_is_empty() {
        assertThat(storage.runs().basis(peer.id())).contains(RunBasis.unread(peer));
    }

    @Test
    void the_basis_is_what_the_other_repositories_return() {
        try (PeerLease lease = claim()) {
            SyncLog log = begun(lease);
            storage.harvest()
                    .commit(
                            lease,
                            SampleProgress.progress()
                                    .cursor(CURSOR)
                                    .absent(Map.of("/1/", "v1"))
                                    .quarantined(List.of(
                                            Samples.unreadable("/2/", null, "no title"),
                                            Samples.unreadable("/3/", Guid.random(), "<b>no\ttitle</b>")))
                                    .build());
            storage.harvest().keepShortfalls(lease, new KnownShortfalls(new Shortfall(9, 7), null));
            storage.harvest().reread(lease, Samples.NOON);

            RunBasis basis = storage.runs().basis(peer.id()).orElseThrow();

            assertThat(basis)
                    .isEqualTo(RunRepository.of(storage).basis(peer.id()).orElseThrow());
            assertThat(basis.cursor()).isEqualTo(CURSOR);
            assertThat(basis.rereadSince()).isEqualTo(Samples.NOON);
            assertThat(basis.quarantined()).hasSize(2);
            assertThat(basis.absent()).isEqualTo(Map.of("/1/", "v1"));
            assertThat(basis.lastRun()).isEqualTo(SyncStatus.RUNNING);
            assertThat(basis.hasRunning()).isTrue();

            storage.runs().end(lease, progress(CURSOR), List.of(), ended(log));
            RunBasis after = storage.runs().basis(peer.id()).orElseThrow();
            assertThat(after.lastRun()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(after.hasRunning()).isFalse();
        }
    }

    @Test
    void a_peer_that_does_not_exist_or_was_removed_has_no_basis() {
        assertThat(storage.runs().basis(new PeerId(peer.id().value() + 1_000))).isEmpty();

        storage.peers().remove(peer.id());

        assertThat(storage.runs().basis(peer.id())).isEmpty();
    }

    @Test
    void a_start_adds_a_running_log_with_the_next_number() {
        try (PeerLease lease = claim()) {
            SyncLog first = begun(lease);
            SyncLog second = storage.runs().begin(lease, null, Samples.NOON, MANY);

            assertThat(second.id()).isGreaterThan(first.id());
            assertThat(storage.syncLogs().nextId()).isGreaterThan(second.id());
            assertThat(first).isEqualTo(SyncLog.start(first.id(), peer.id(), CURSOR, Samples.NOON));
            assertThat(logs()).containsExactly(second, first);
            assertThat(second.since()).isNull();
        }
    }

    @Test
    void a_start_deletes_the_outcomes_of_older_runs() {
        try (PeerLease lease = claim()) {
            for (int run = 0; run < 3; run++) {
                SyncLog log = storage.runs().begin(lease, CURSOR, Samples.NOON, 2);
                storage.syncLogs().note(log.id(), List.of(unchanged("/1/")), Set.of());
            }

            assertThat(logs())
                    .extracting(log -> storage.syncLogs()
                            .outcomes(log.id(), Outcome.Kind.UNCHANGED, 0, MANY)
                            .total())
                    .containsExactly(1L, 1L, 0L);
        }
    }

    @Test
    void an_end_saves_the_cursor_the_outcomes_and_the_log_and_keeps_the_lease() {
        try (PeerLease lease = claim()) {
            SyncLog log = begun(lease);
            SyncLog end = ended(log);
            Cursor next = new Cursor("next", "2026-03-29T12:00:00.2");

            storage.runs().end(lease, progress(next), List.of(unchanged("/1/"), unchanged("/2/")), end);

            assertThat(logs()).containsExactly(end);
            assertThat(storage.harvest().cursor(peer.id())).contains(next);
            assertThat(storage.syncLogs()
                            .outcomes(log.id(), Outcome.Kind.UNCHANGED, 0, MANY)
                            .items())
                    .extracting(item -> item.outcome().remoteId())
                    .containsExactly("/1/", "/2/");
            assertThat(storage.harvest().claim(peer.id())).isEmpty();
        }
        claim().close();
    }

    @Test
    void an_end_without_a_cursor_keeps_the_cursor_and_may_have_more_progress() {
        try (PeerLease lease = claim()) {
            storage.harvest().commit(lease, progress(new Cursor("kept", null)));
            storage.runs().end(lease, HarvestProgress.nothing(Samples.NOON), List.of(), ended(begun(lease)));
            assertThat(storage.harvest().cursor(peer.id())).contains(new Cursor("kept", null));

            storage.runs()
                    .end(
                            lease,
                            SampleProgress.progress()
                                    .quarantined(List.of(Samples.unreadable("/2/", null, "no title")))
                                    .build(),
                            List.of(),
                            begun(lease).failed("كسر", Samples.NOON));
            assertThat(storage.harvest().quarantinedItems(peer.id())).hasSize(1);
            assertThat(logs().get(0).message()).isEqualTo("كسر");
        }
    }

    @Test
    void an_end_that_is_saved_twice_adds_its_outcomes_once() {
        try (PeerLease lease = claim()) {
            SyncLog log = begun(lease);
            for (int i = 0; i < 2; i++) {
                storage.runs().end(lease, progress(CURSOR), List.of(unchanged("/1/")), ended(log));
            }

            assertThat(storage.syncLogs()
                            .outcomes(log.id(), Outcome.Kind.UNCHANGED, 0, MANY)
                            .total())
                    .isOne();
        }
    }

    @Test
    void nothing_is_saved_without_the_lease() {
        PeerLease lost = claim();
        SyncLog log = begun(lost);
        storage.harvest().revoke(peer.id());

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> begun(lost));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> storage.runs().end(lost, progress(CURSOR), List.of(unchanged("/1/")), ended(log)));

        assertThat(logs()).containsExactly(log);
        assertThat(storage.harvest().cursor(peer.id())).isEmpty();
        assertThat(storage.syncLogs()
                        .outcomes(log.id(), Outcome.Kind.UNCHANGED, 0, MANY)
                        .total())
                .isZero();
        lost.close();
    }

    @Test
    void a_start_and_an_end_are_rolled_back_with_the_transaction_of_the_caller() {
        try (PeerLease lease = claim()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> storage.inTransaction(() -> {
                        SyncLog log = begun(lease);
                        storage.runs().end(lease, progress(CURSOR), List.of(unchanged("/1/")), ended(log));
                        throw new IllegalStateException("no");
                    }));

            assertThat(logs()).isEmpty();
            assertThat(storage.harvest().cursor(peer.id())).isEmpty();
        }
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.Arrivals;
import org.librarypeers.sync.notifications.EndedRuns;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.PeerLease;

/** Contract tests of {@link org.librarypeers.sync.notifications.NotificationRepository}. */
@Timeout(60)
abstract class NotificationContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final UserName JUMA = new UserName("juma");

    @BeforeEach
    void addAccounts() {
        storage.accounts().add(new Account(JUMA, null, Role.ADMIN), "hash", new ApiKey("juma's key"));
        storage.accounts().add(new Account(Samples.AMINA, null, Role.ADMIN), "hash", new ApiKey("key"));
    }

    private static NotificationChoice choice(
            UserName account, NotificationKind kind, NotificationFrequency frequency, @Nullable Set<PeerId> peers) {
        return new NotificationChoice(account, kind, frequency, peers);
    }

    @Test
    void choices_are_stored_by_account_and_kind() {
        NotificationChoice some =
                choice(JUMA, NotificationKind.RUNS, NotificationFrequency.WEEKLY, Set.of(new PeerId(3), new PeerId(7)));
        NotificationChoice off = choice(JUMA, NotificationKind.PEER_FAILURES, NotificationFrequency.OFF, null);
        NotificationChoice aminas = choice(Samples.AMINA, NotificationKind.REVIEW, NotificationFrequency.DAILY, null);
        for (NotificationChoice each :
                List.of(choice(JUMA, NotificationKind.RUNS, NotificationFrequency.AT_ONCE, null), off, some, aminas)) {
            storage.notifications().save(each);
        }

        assertThat(storage.notifications().choices()).containsExactly(aminas, off, some);
        assertThat(storage.notifications().choices(JUMA)).containsExactly(off, some);
        assertThat(storage.notifications().choices(new UserName("nobody"))).isEmpty();
    }

    @Test
    void every_choice_can_be_stored() {
        for (NotificationKind kind : NotificationKind.values()) {
            for (NotificationFrequency frequency : kind.frequencies()) {
                NotificationChoice choice = choice(JUMA, kind, frequency, null);
                storage.notifications().save(choice);
                assertThat(storage.notifications().choices(JUMA)).contains(choice);
            }
        }
    }

    @Test
    void impossible_choices_are_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(JUMA, NotificationKind.DISK, NotificationFrequency.WEEKLY, null))
                .withMessageContaining("'weekly' is not possible for 'disk'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        choice(JUMA, NotificationKind.DISK, NotificationFrequency.AT_ONCE, Set.of(new PeerId(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(JUMA, NotificationKind.RUNS, NotificationFrequency.DAILY, Set.of()))
                .withMessageContaining("no peer is chosen");
    }

    @Test
    void states_are_stored_by_subject() {
        NotificationState peer = new NotificationState("peer 7", NOW, NOW.plusSeconds(1), 12);
        NotificationState disk = new NotificationState("disk a 🩺", NOW, NOW, -1);
        for (NotificationState each :
                List.of(peer.withNumber(11), disk, peer, new NotificationState("gone", NOW, NOW, 0))) {
            storage.notifications().save(each);
        }
        storage.notifications().remove("gone");
        storage.notifications().remove("unknown");

        assertThat(storage.notifications().states()).containsExactly(disk, peer);
        storage.inTransaction(() -> {
            assertThat(storage.notifications().lock("peer 7")).contains(peer);
            assertThat(storage.notifications().lock("unknown")).isEmpty();
        });
    }

    @Test
    void a_locked_subject_is_changed_by_one_transaction_at_a_time() throws Exception {
        AtomicInteger reported = new AtomicInteger();

        List<Long> numbers = atOnce(
                4,
                () -> storage.inTransaction(() -> {
                    NotificationState state = storage.notifications()
                            .lock("peer 7")
                            .orElseGet(() -> {
                                reported.incrementAndGet();
                                return new NotificationState("peer 7", NOW, NOW, 0);
                            });
                    storage.notifications().save(state.withNumber(state.number() + 1));
                    return state.number();
                }));

        assertThat(reported).hasValue(1);
        assertThat(numbers).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    @Test
    void resources_that_began_to_wait_in_a_period_are_counted_by_peer_and_kind() {
        Peer peer = savedPeer("https://a.example.org");
        storage.peers().save(peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING));
        saved(Samples.local("Ours"));
        saved(Samples.local("Read").approve(NOW));
        Guid withdrawn = adopted("Withdrawn", peer).guid();
        adopted("New", peer);
        withdraw(peer, withdrawn);

        assertThat(storage.notifications().arrivals(NOW.minusSeconds(1), NOW))
                .containsExactlyInAnyOrder(
                        new Arrivals(null, Kind.PENDING, 1),
                        new Arrivals(peer.id(), Kind.PENDING, 2),
                        new Arrivals(peer.id(), Kind.WITHDRAWN, 1));
        assertThat(storage.notifications().arrivals(NOW, NOW.plusSeconds(60))).isEmpty();
        assertThat(storage.notifications().arrivals(NOW.minusSeconds(60), NOW.minusSeconds(1)))
                .isEmpty();
    }

    private Resource adopted(String title, Peer peer) {
        return saved(Samples.adopted(
                Samples.incoming(Guid.random(), Samples.titled(title)),
                Samples.delivery(storage, peer, storage.syncLogs().nextId())));
    }

    private void withdraw(Peer peer, Guid guid) {
        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            storage.harvest().commit(lease, HarvestProgress.nothing(NOW));
            storage.harvest().withdraw(lease, Set.of(guid), Set.of(), NOW);
        }
    }

    @Test
    void runs_that_ended_in_a_period_are_summed_up_by_peer_and_status() {
        PeerId peer = savedPeer("https://a.example.org").id();
        PeerId other = savedPeer("https://b.example.org").id();
        SyncTally tally = new SyncTally(1, 2, 3, 4, 5, 6, 7, 8, 9);
        save(started(peer).progressed(tally, 1).failed("unreachable", NOW));
        save(started(peer).progressed(tally, 1).failed("unreachable", NOW.plusSeconds(1)));
        save(started(peer).progressed(tally, 1).failed("unreachable", NOW.plusSeconds(9)));
        save(started(peer).progressed(tally, 1).completed(SyncLog.QuarantineCounts.NONE, null, NOW.plusSeconds(5)));
        save(started(other).failed("unreachable", NOW.plusSeconds(8)));
        save(started(other));

        EndedRuns succeeded = new EndedRuns(peer, SyncStatus.SUCCEEDED, 1, tally);
        EndedRuns others = new EndedRuns(other, SyncStatus.FAILED, 1, SyncTally.NONE);
        assertThat(storage.notifications().ended(NOW, NOW.plusSeconds(9)))
                .containsExactlyInAnyOrder(
                        new EndedRuns(peer, SyncStatus.FAILED, 2, tally.plus(tally)), succeeded, others);
        assertThat(storage.notifications().ended(NOW, NOW.plusSeconds(8)))
                .containsExactlyInAnyOrder(new EndedRuns(peer, SyncStatus.FAILED, 1, tally), succeeded, others);
        assertThat(storage.notifications().ended(NOW.plusSeconds(9), NOW.plusSeconds(99)))
                .isEmpty();
    }

    private SyncLog started(PeerId peer) {
        return SyncLog.start(storage.syncLogs().nextId(), peer, null, NOW);
    }

    private void save(SyncLog log) {
        storage.syncLogs().save(log);
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;

/** Contract tests of the leases in {@link org.librarypeers.sync.storage.HarvestRepository}. */
@Timeout(60)
abstract class LeaseContract extends TwoPeerContract {

    @Test
    void a_peer_has_one_lease_until_it_is_released() {
        PeerLease first = claimed(peer);

        assertThat(first.peer()).isEqualTo(peer);
        assertThat(storage.harvest().claim(peer)).isEmpty();
        first.close();
        PeerLease second = claimed(peer);
        assertThat(second.owner()).isNotEqualTo(first.owner());
        second.close();
    }

    @Test
    void peers_are_claimed_independently() {
        try (PeerLease one = claimed(peer);
                PeerLease another = claimed(other)) {
            assertThat(one.owner()).isNotEqualTo(another.owner());
        }
    }

    @Test
    void only_one_of_concurrent_claims_succeeds() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Optional<PeerLease>> claims = atOnce(4, () -> storage.harvest().claim(peer));

            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
            claims.forEach(claim -> claim.ifPresent(PeerLease::close));
        }
    }

    @Test
    void releasing_a_lease_twice_does_not_affect_the_next_holder() {
        PeerLease first = claimed(peer);
        first.close();
        PeerLease second = claimed(peer);

        first.close();

        assertThat(storage.harvest().claim(peer)).isEmpty();
        second.close();
    }

    @Test
    void a_run_that_lost_its_lease_commits_nothing() {
        PeerLease lost = claimed(peer);
        lost.close();
        Resource resource = Samples.local("Late");

        try (PeerLease holder = claimed(peer)) {
            assertThatThrownBy(() -> storage.inTransaction(() -> {
                        storage.resources().save(resource);
                        storage.harvest()
                                .commit(lost, progress(new Cursor("late", null), Map.of(resource.guid(), "v")));
                    }))
                    .isInstanceOf(LeaseLostException.class);
            storage.harvest().commit(holder, progress(new Cursor("in time", null), Map.of()));
        }

        assertThat(storage.resources().find(resource.guid())).isEmpty();
        assertThat(Samples.versions(storage, peer, List.of(resource.guid()))).isEmpty();
        assertThat(storage.harvest().cursor(peer)).contains(new Cursor("in time", null));
    }

    @Test
    void a_run_that_released_its_lease_commits_nothing() {
        PeerLease lease = claimed(peer);
        lease.close();

        assertThatThrownBy(() -> storage.harvest().commit(lease, progress(new Cursor("late", null), Map.of())))
                .isInstanceOf(LeaseLostException.class);
        assertThat(storage.harvest().cursor(peer)).isEmpty();
    }

    @Test
    void a_revoked_run_commits_nothing_and_the_next_run_may_start_immediately() {
        PeerLease revoked = claimed(peer);

        assertThat(storage.harvest().revoke(peer)).isTrue();

        assertThatThrownBy(() -> storage.harvest().commit(revoked, progress(new Cursor("late", null), Map.of())))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> storage.harvest().hold(revoked)).isInstanceOf(LeaseLostException.class);
        try (PeerLease next = claimed(peer)) {
            revoked.close();
            storage.harvest().hold(next);
            storage.harvest().commit(next, progress(new Cursor("in time", null), Map.of()));
        }
        assertThat(storage.harvest().cursor(peer)).contains(new Cursor("in time", null));
    }

    @Test
    void revoking_a_peer_without_a_lease_does_nothing() {
        try (PeerLease elsewhere = claimed(other)) {
            assertThat(storage.harvest().revoke(peer)).isFalse();
            claimed(peer).close();
            assertThat(storage.harvest().revoke(peer)).isFalse();
            storage.harvest().hold(elsewhere);
        }
    }

    @Test
    void a_revocation_is_part_of_the_transaction() {
        Resource resource = Samples.local("Beside it");
        try (PeerLease lease = claimed(peer)) {
            assertThatThrownBy(() -> storage.inTransaction(() -> {
                        storage.resources().save(resource);
                        storage.harvest().revoke(peer);
                        throw new IllegalStateException("changed their mind");
                    }))
                    .hasMessage("changed their mind");
            storage.harvest().hold(lease);

            storage.inTransaction(() -> {
                storage.resources().save(resource);
                storage.harvest().revoke(peer);
            });
            assertThatThrownBy(() -> storage.harvest().hold(lease)).isInstanceOf(LeaseLostException.class);
        }
        assertSame(found(resource.guid()), resource);
    }

    @Test
    void a_locked_peer_is_claimed_only_after_the_transaction() throws Exception {
        claimed(peer).close();
        Resource resource = Samples.local("Saved while it is locked");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> claim = storage.inTransaction(() -> {
                storage.harvest().lock(peer);
                storage.harvest().lock(new PeerId(4711));
                CountDownLatch begun = new CountDownLatch(1);
                Future<Boolean> waiting = threads.submit(() -> {
                    begun.countDown();
                    try (PeerLease lease = claimed(peer)) {
                        storage.harvest().hold(lease);
                        return storage.resources().find(resource.guid()).isPresent();
                    }
                });
                Await.await(begun);
                // Gives a storage that does not lock the time to be wrong.
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                storage.resources().save(resource);
                return waiting;
            });

            assertThat(claim.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private PeerLease claimed(PeerId id) {
        return storage.harvest().claim(id).orElseThrow();
    }

    private static HarvestProgress progress(@Nullable Cursor cursor, Map<Guid, String> accepted) {
        return Samples.progress(cursor, accepted);
    }
}

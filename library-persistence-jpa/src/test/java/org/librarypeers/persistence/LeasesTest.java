package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.contract.SampleProgress;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;

/** Tests of leases with two processes, one of which dies. */
@Timeout(60)
class LeasesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final HarvestProgress PROGRESS =
            SampleProgress.progress().cursor(new Cursor("late", null)).build();

    private final JpaStorage here = DATABASE.storage().build();
    private final JpaStorage there = DATABASE.storage().build();
    private PeerId peer;

    @BeforeEach
    void onePeer() {
        TestDatabase.sharedStorage();
        peer = here.peers().nextId();
        here.peers().save(Samples.peer(peer, "https://a.example.org"));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void a_peer_is_claimed_by_one_process() {
        try (PeerLease lease = here.harvest().claim(peer).orElseThrow()) {
            assertThat(lease.toString()).doesNotContain(lease.owner().toString());
            assertThat(there.harvest().claim(peer)).isEmpty();
        }
        assertThat(there.harvest().claim(peer)).isPresent();
    }

    @Test
    void the_peer_of_a_process_that_died_is_taken_over() {
        PeerLease lost = here.harvest().claim(peer).orElseThrow();
        lapse();

        PeerLease taken = there.harvest().claim(peer).orElseThrow();

        Resource resource = Samples.local("Late");
        assertThatThrownBy(() -> here.inTransaction(() -> {
                    here.resources().save(resource);
                    here.harvest().commit(lost, PROGRESS);
                }))
                .isInstanceOf(LeaseLostException.class);
        assertThat(here.resources().find(resource.guid())).isEmpty();
        lost.close();
        assertThat(here.harvest().claim(peer)).isEmpty();
        there.harvest().commit(taken, PROGRESS);
        assertThat(here.harvest().cursor(peer)).isPresent();
    }

    @Test
    void a_lease_that_was_taken_while_the_clock_of_the_database_was_ahead_is_taken_over() {
        PeerLease lost = here.harvest().claim(peer).orElseThrow();
        DATABASE.execute("update harvest set lease_until = clock_timestamp() + interval '1 year'");

        assertThat(there.harvest().claim(peer)).isPresent();

        lost.close();
        assertThat(here.harvest().claim(peer)).isEmpty();
    }

    @Test
    void who_was_away_goes_on_if_nobody_took_over() {
        PeerLease lease = here.harvest().claim(peer).orElseThrow();
        lapse();

        here.harvest().commit(lease, PROGRESS);

        assertThat(there.harvest().claim(peer)).isEmpty();
    }

    @Test
    void a_living_process_keeps_its_lease() throws InterruptedException {
        try (JpaStorage beating =
                DATABASE.storage().leaseTime(Duration.ofMillis(400)).build()) {
            assertThat(beating.harvest().claim(peer)).isPresent();
            String first = until();

            while (until().equals(first)) {
                assertThat(there.harvest().claim(peer)).isEmpty();
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Test
    void while_a_page_is_committed_nobody_takes_the_peer_over_and_nobody_waits_for_the_heartbeat() throws Exception {
        Leases leases = leases();
        try (PeerLease lease = leases.claim(peer).orElseThrow()) {
            Thread[] claimer = new Thread[1];

            here.inTransaction(() -> {
                lapse();
                here.harvest().commit(lease, PROGRESS);
                leasesBeatElsewhere(leases);
                claimer[0] =
                        new Thread(() -> assertThat(there.harvest().claim(peer)).isEmpty());
                claimer[0].start();
            });

            claimer[0].join();
            assertThat(there.harvest().claim(peer)).isEmpty();
        }
    }

    @Test
    void closing_the_storage_gives_its_peers_free() {
        JpaStorage closing = DATABASE.storage().build();
        PeerLease lease = closing.harvest().claim(peer).orElseThrow();

        closing.close();
        lease.close();

        assertThat(there.harvest().claim(peer)).isPresent();
    }

    @Test
    void a_peer_is_not_claimed_within_a_transaction() {
        assertThatThrownBy(() ->
                        here.inTransaction(() -> here.harvest().claim(peer).isPresent()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void who_was_revoked_by_another_process_is_told_at_the_next_heartbeat() throws InterruptedException {
        try (JpaStorage beating =
                DATABASE.storage().leaseTime(Duration.ofMillis(400)).build()) {
            CountDownLatch told = new CountDownLatch(1);
            CountDownLatch toldLate = new CountDownLatch(1);
            PeerLease revoked = beating.harvest().claim(peer).orElseThrow();
            revoked.onLost(told::countDown);

            assertThat(there.harvest().revoke(peer)).isTrue();

            try (PeerLease next = there.harvest().claim(peer).orElseThrow()) {
                assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
                revoked.onLost(toldLate::countDown);
                assertThat(toldLate.getCount()).isZero();
                revoked.close();
                there.harvest().commit(next, PROGRESS);
            }
        }
    }

    @Test
    void who_holds_a_lease_or_gave_it_back_is_not_told_that_it_is_lost() {
        Leases leases = leases();
        AtomicInteger told = new AtomicInteger();
        PeerLease held = leases.claim(peer).orElseThrow();
        held.onLost(told::incrementAndGet);

        leases.prolong();
        lapse();
        leases.prolong();
        here.inTransaction(() -> {
            here.harvest().commit(held, PROGRESS);
            leasesBeatElsewhere(leases);
        });
        held.close();
        leases.prolong();

        assertThat(told).hasValue(0);
    }

    @Test
    void a_commit_under_way_is_waited_for_before_a_peer_is_taken_away() throws Exception {
        PeerLease lease = here.harvest().claim(peer).orElseThrow();
        AtomicBoolean committed = new AtomicBoolean();
        AtomicBoolean committedBefore = new AtomicBoolean();
        Thread cancelling = new Thread(() -> {
            there.harvest().revoke(peer);
            committedBefore.set(committed.get());
        });

        here.inTransaction(() -> {
            here.harvest().commit(lease, PROGRESS);
            cancelling.start();
            awaitLock();
            committed.set(true);
        });

        cancelling.join();
        assertThat(committedBefore).isTrue();
        assertThat(here.harvest().cursor(peer)).isPresent();
        assertThatThrownBy(() -> here.harvest().hold(lease)).isInstanceOf(LeaseLostException.class);
    }

    private static void awaitLock() {
        String waiting = "select pid::text from pg_stat_activity where wait_event_type = 'Lock'";
        await("a statement waits for a lock", () -> !DATABASE.texts(waiting).isEmpty());
    }

    private Leases leases() {
        return new Leases(new Transactions(Database.using(DATABASE.pool(), null, "test")), Duration.ofMinutes(1));
    }

    private static void leasesBeatElsewhere(Leases leases) {
        Thread beat = new Thread(leases::prolong);
        beat.start();
        try {
            beat.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(beat.isAlive()).isFalse();
    }

    private static void lapse() {
        DATABASE.execute("update harvest set lease_until = now() - interval '1 second'");
    }

    private static String until() {
        return DATABASE.texts("select lease_until from harvest").get(0);
    }
}

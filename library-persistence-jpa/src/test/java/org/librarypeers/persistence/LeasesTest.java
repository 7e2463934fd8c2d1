package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.LeaseLostException;
import org.librarypeers.sync.port.PeerLease;

/** Two processes, and one of them dies. */
@Timeout(60)
class LeasesTest {

    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final HarvestProgress PROGRESS = new HarvestProgress(
            Samples.NOON, new Cursor("late", null), Map.of(), Map.of(), Set.of(), List.of(), Set.of());

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

    private Leases leases() {
        return new Leases(new Transactions(Database.using(DATABASE.pool())), Duration.ofMinutes(1));
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

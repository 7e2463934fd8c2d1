package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.Withdrawal;

/** Contract tests of withdrawn resources in {@link org.librarypeers.sync.storage.HarvestRepository}. */
@Timeout(60)
abstract class WithdrawalContract extends OfferContract<SyncStorage> {

    private Guid first = Guid.random();
    private Guid second = Guid.random();
    private Guid elsewhere = Guid.random();
    private Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = peer;

    @BeforeEach
    void twoFromAPeerOneFromAnotherAndOneOfOurOwn() {
        peer = savedPeer("https://c.example.org");
        other = savedPeer("https://d.example.org");
        List<Guid> two = List.of(adopted("First", peer), adopted("Second", peer)).stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        first = two.get(0);
        second = two.get(1);
        elsewhere = adopted("Elsewhere", other);
        saved(Samples.local("Ours"));
    }

    private PeerLease claimed() {
        return storage.harvest().claim(peer.id()).orElseThrow();
    }

    private void withdraw(Set<Guid> gone, Set<Guid> back) {
        withdraw(peer, gone, back);
    }

    @Test
    void a_peer_offers_the_resources_that_follow_it_until_it_withdraws_them() {
        accept(peer, first, "v1");
        assertThat(storage.harvest().offered(peer.id())).containsExactlyInAnyOrder(first, second);

        withdraw(Set.of(first, second), Set.of());

        assertThat(storage.harvest().offered(peer.id())).isEmpty();
        assertThat(storage.harvest().withdrawn(peer.id())).containsExactlyInAnyOrder(first, second);
        assertThat(storage.harvest().withdrawn(other.id())).isEmpty();
        assertThat(storage.harvest().offered(other.id())).containsExactly(elsewhere);
        assertThat(Samples.versions(storage, peer.id(), List.of(first))).isEqualTo(Map.of(first, "v1"));
    }

    @Test
    void a_peer_also_offers_resources_that_follow_another_peer_until_it_withdraws_them() {
        accept(peer, first, "v1");
        accept(peer, elsewhere, "v1");
        assertThat(storage.harvest().alsoOffered(peer.id())).containsExactly(elsewhere);

        withdraw(Set.of(elsewhere), Set.of());

        assertThat(storage.harvest().alsoOffered(peer.id())).isEmpty();
        assertThat(storage.harvest().withdrawn(peer.id())).containsExactly(elsewhere);
        assertThat(storage.harvest().withdrawals(null, 10)).isEmpty();
    }

    @Test
    void a_withdrawal_ends_when_the_peer_offers_the_resource_again() {
        withdraw(Set.of(first, second), Set.of());
        withdraw(Set.of(), Set.of(first));

        assertThat(storage.harvest().offered(peer.id())).containsExactly(first);
        assertThat(storage.harvest().withdrawn(peer.id())).containsExactly(second);
    }

    @Test
    void a_withdrawal_ends_when_any_version_is_accepted_again() {
        accept(peer, first, "v1");
        withdraw(Set.of(first), Set.of());
        accept(peer, first, "v1");

        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
        assertThat(storage.harvest().offered(peer.id())).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void withdrawals_wait_in_the_order_of_their_guids_until_a_reviewer_has_decided() {
        withdraw(Set.of(second, first), Set.of());

        Withdrawal ofFirst = new Withdrawal(first, peer.id(), Samples.NOON);
        Withdrawal ofSecond = new Withdrawal(second, peer.id(), Samples.NOON);
        assertThat(storage.harvest().withdrawals(null, 10)).containsExactly(ofFirst, ofSecond);
        assertThat(storage.harvest().withdrawals(null, 1)).containsExactly(ofFirst);
        assertThat(storage.harvest().withdrawals(first, 10)).containsExactly(ofSecond);
        assertThat(storage.harvest().withdrawalCount()).isEqualTo(2);

        storage.harvest().reviewed(List.of(first, elsewhere, Guid.random()));

        assertThat(storage.harvest().withdrawals(null, 10)).containsExactly(ofSecond);
        assertThat(storage.harvest().withdrawalCount()).isEqualTo(1);
        assertThat(storage.harvest().withdrawn(peer.id())).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void the_withdrawals_of_given_resources_are_returned() {
        accept(peer, elsewhere, "v1");
        withdraw(Set.of(first, second, elsewhere), Set.of());
        storage.harvest().reviewed(List.of(second));

        assertThat(storage.harvest().withdrawals(List.of(first, second, elsewhere, Guid.random())))
                .isEqualTo(Map.of(first, new Withdrawal(first, peer.id(), Samples.NOON)));
        assertThat(storage.harvest().withdrawals(List.of(elsewhere))).isEmpty();
        assertThat(storage.harvest().withdrawals(List.of())).isEmpty();
    }

    @Test
    void a_resource_that_is_withdrawn_again_waits_again() {
        withdraw(Set.of(first), Set.of());
        storage.harvest().reviewed(List.of(first));
        withdraw(Set.of(), Set.of(first));
        withdraw(Set.of(first), Set.of());

        assertThat(storage.harvest().withdrawals(null, 10)).hasSize(1);
    }

    @Test
    void the_followers_of_a_peer_are_told_apart_from_what_it_also_offers_and_counted() {
        Guid third = adopted("Third", peer);
        accept(peer, first, "v1");
        accept(peer, elsewhere, "v1");
        withdraw(Set.of(second), Set.of());
        Guid unknown = Guid.random();
        List<Guid> all = List.of(first, second, third, elsewhere, unknown);

        assertThat(storage.harvest().followers(peer.id(), all, Samples.NOON))
                .isEqualTo(new Followers(Set.of(first, third), Set.of(elsewhere), 2, 1));
        assertThat(storage.harvest().followers(peer.id(), List.of(first), Samples.NOON.plusSeconds(1)))
                .isEqualTo(new Followers(Set.of(first), Set.of(), 2, 0));
        assertThat(storage.harvest().followers(peer.id(), List.of(second, unknown), Samples.NOON))
                .satisfies(none -> {
                    assertThat(none.followed()).isEmpty();
                    assertThat(none.alsoOffered()).isEmpty();
                });
    }

    @Test
    void a_run_that_lost_its_lease_withdraws_nothing() {
        PeerLease lost = claimed();
        lost.close();

        assertThatThrownBy(() -> storage.harvest().withdraw(lost, Set.of(first), Set.of(), Samples.NOON))
                .isInstanceOf(LeaseLostException.class);
        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
    }
}

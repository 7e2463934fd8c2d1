package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of {@link org.librarypeers.sync.storage.PeerRepository}. */
@Timeout(60)
abstract class PeerContract extends StorageContract<SyncStorage> {

    private static final BundleKey KEY = new BundleKey("0b".repeat(32));

    @Test
    void numbers_ascend_and_are_never_reused() throws Exception {
        PeerId before = storage.peers().nextId();

        List<PeerId> numbers = atOnce(4, () -> storage.peers().nextId());

        assertThat(numbers)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).isGreaterThan(before));
    }

    @Test
    void a_peer_is_read_back_as_it_was() {
        Peer queryable = savedPeer("https://a.example.org:8443");
        Peer bare = Peer.builder()
                .id(storage.peers().nextId())
                .name("<b>مكتبة</b> 🩺")
                .host(PeerHost.of("http://b.example.org"))
                .active(false)
                .publication(PublicationPolicy.REVIEW_EVERYTHING)
                .build();
        storage.peers().save(bare);
        Peer automatic =
                savedPeer("https://c.example.org").withSyncsAutomatically(true).withInterval(Duration.ofMinutes(90));
        storage.peers().save(automatic);

        assertThat(storage.peers().find(queryable.id())).contains(queryable);
        assertThat(storage.peers().findByHost(bare.host().orElseThrow())).contains(bare);
        assertThat(storage.peers().all()).containsExactly(queryable, bare, automatic);
    }

    @Test
    void an_unknown_peer_is_not_found() {
        assertThat(storage.peers().find(new PeerId(4711))).isEmpty();
        assertThat(storage.peers().findByHost(PeerHost.of("https://nowhere.example.org")))
                .isEmpty();
        assertThat(storage.peers().all()).isEmpty();
    }

    @Test
    void saving_a_peer_again_replaces_it() {
        Peer peer = savedPeer("https://a.example.org");
        Peer changed = Peer.builder()
                .id(peer.id())
                .name("Renamed")
                .host(PeerHost.of("https://moved.example.org"))
                .credentials("other", new ApiKey("new 🔑"))
                .active(false)
                .publication(PublicationPolicy.REVIEW_EVERYTHING)
                .build();

        storage.peers().save(changed);

        assertThat(storage.peers().all()).containsExactly(changed);
        assertThat(storage.peers().findByHost(peer.host().orElseThrow())).isEmpty();

        storage.peers()
                .save(Peer.builder()
                        .id(peer.id())
                        .name("Bare")
                        .host(changed.host().orElseThrow())
                        .build());
        assertThat(storage.peers().find(peer.id()).orElseThrow().apiKey()).isNull();
    }

    @Test
    void two_peers_do_not_share_a_host() {
        Peer first = savedPeer("https://a.example.org");
        Peer second = savedPeer("https://b.example.org");
        Peer added = Samples.peer(storage.peers().nextId(), "https://a.example.org");
        Peer moved = Peer.builder()
                .id(second.id())
                .name("Moved")
                .host(first.host().orElseThrow())
                .build();

        assertThatThrownBy(() -> storage.peers().save(added))
                .isInstanceOf(DuplicatePeerException.class)
                .hasMessageContaining("https://a.example.org");
        assertThatThrownBy(() -> storage.peers().save(moved)).isInstanceOf(DuplicatePeerException.class);
        assertThat(storage.peers().all()).containsExactly(first, second);
    }

    @Test
    void a_peer_that_is_read_from_bundles_is_read_back_as_it_was() {
        Peer carried = carried(KEY, null);
        Peer homed = carried(new BundleKey("0c".repeat(32)), PeerHost.of("https://clinic.example.org"));
        Peer both = savedPeer("https://both.example.org");
        both = both.withAccess(new PeerAccess.Orb(
                both.host().orElseThrow(),
                both.apiUser(),
                both.apiKey(),
                new TrustedKey(new BundleKey("0d".repeat(32)), false)));
        storage.peers().save(both);

        assertThat(storage.peers().all()).containsExactly(carried, homed, both);
        assertThat(storage.peers().findByBundleKey(KEY)).contains(carried);
        assertThat(storage.peers().findByBundleKey(new BundleKey("0d".repeat(32))))
                .contains(both);
        assertThat(storage.peers().findByBundleKey(new BundleKey("0e".repeat(32))))
                .isEmpty();
        assertThat(storage.peers().findByHost(homed.host().orElseThrow())).contains(homed);

        Peer connected =
                carried.withHost(PeerHost.of("https://found.example.org")).withCredentials("us", new ApiKey("k"));
        storage.peers().save(connected);
        assertThat(storage.peers().findByBundleKey(KEY)).contains(connected);
    }

    @Test
    void two_peers_do_not_share_a_bundle_key() {
        Peer first = carried(KEY, null);
        Peer second = savedPeer("https://b.example.org");
        Peer same = second.withAccess(
                new PeerAccess.Orb(second.host().orElseThrow(), "u", new ApiKey("k"), TrustedKey.confirmed(KEY)));

        assertThatThrownBy(() -> storage.peers().save(same)).isInstanceOf(DuplicatePeerException.class);
        assertThatThrownBy(() -> carried(KEY, null)).isInstanceOf(DuplicatePeerException.class);
        assertThat(storage.peers().all()).containsExactly(first, second);

        storage.peers().remove(first.id());
        storage.peers().save(same);
        assertThat(storage.peers().findByBundleKey(KEY)).contains(same);
        Peer former = storage.peers().findIncludingRemoved(first.id()).orElseThrow();
        assertThat(former.access().trustedKey()).contains(new TrustedKey(KEY, false));
        assertThat(former.isQueryable()).isFalse();
    }

    @Test
    void a_repository_is_read_back_as_it_was() {
        Peer whole = harvested(new PeerAccess.Oai(URI.create("https://repository.example.org/oai")));
        Peer set = harvested(new PeerAccess.Oai(
                URI.create("https://repository.example.org/oai"),
                "maternal:health",
                "qdc",
                DublinCoreMapping.parse("subject=tag:Thème; rights=nothing; texts-in=fr")));

        assertThat(storage.peers().all()).containsExactly(whole, set);
        assertThat(storage.peers().findByAddress(set.address())).contains(set);
        assertThat(storage.peers().findByAddress("https://elsewhere.example.org/oai"))
                .isEmpty();
        assertThat(storage.peers().findByHost(PeerHost.of("https://repository.example.org")))
                .isEmpty();

        Peer library = savedPeer("https://repository.example.org");
        assertThat(storage.peers().all()).containsExactly(whole, set, library);
        storage.peers().save(set.withHost(PeerHost.of("https://moved.example.org")));
        assertThat(storage.peers().find(set.id()).orElseThrow().access())
                .isEqualTo(new PeerAccess.Orb(PeerHost.of("https://moved.example.org"), null, null));
    }

    @Test
    void two_peers_do_not_share_a_repository_and_set() {
        PeerAccess.Oai access = new PeerAccess.Oai(URI.create("https://repository.example.org/oai"));
        Peer first = harvested(access);

        assertThatThrownBy(() -> harvested(access)).isInstanceOf(DuplicatePeerException.class);
        assertThat(storage.peers().all()).containsExactly(first);

        storage.peers().remove(first.id());
        Peer again = harvested(access);
        assertThat(storage.peers().all()).containsExactly(again);
        Peer former = storage.peers().findIncludingRemoved(first.id()).orElseThrow();
        assertThat(former.access()).isEqualTo(access);
        assertThat(former.isQueryable()).isFalse();
    }

    private Peer harvested(PeerAccess.Oai access) {
        Peer peer = Peer.builder()
                .id(storage.peers().nextId())
                .name("Harvested")
                .access(access)
                .build();
        storage.peers().save(peer);
        return peer;
    }

    private Peer carried(BundleKey key, @Nullable PeerHost home) {
        Peer peer = Peer.builder()
                .id(storage.peers().nextId())
                .name("Carried")
                .access(new PeerAccess.Bundle(TrustedKey.confirmed(key), home))
                .build();
        storage.peers().save(peer);
        return peer;
    }

    @Test
    void only_one_of_concurrent_additions_of_a_host_succeeds() throws Exception {
        List<Boolean> added = atOnce(4, () -> {
            try {
                savedPeer("https://a.example.org");
                return true;
            } catch (DuplicatePeerException e) {
                return false;
            }
        });

        assertThat(added).containsOnlyOnce(true);
        assertThat(storage.peers().all()).hasSize(1);
    }

    @Test
    void a_peer_that_was_found_for_update_is_locked() throws Exception {
        Peer peer = savedPeer("https://counted.example.org");
        storage.peers().save(called(peer, "0"));

        atOnce(4, () -> {
            for (int i = 0; i < 5; i++) {
                storage.inTransaction(() -> {
                    Peer now = storage.peers().findForUpdate(peer.id()).orElseThrow();
                    storage.peers().save(called(now, String.valueOf(Integer.parseInt(now.name()) + 1)));
                });
            }
            return peer;
        });

        assertThat(storage.peers().find(peer.id()).orElseThrow().name()).isEqualTo("20");
        storage.peers().remove(peer.id());
        assertThat(storage.peers().findForUpdate(peer.id())).isEmpty();
    }

    private static Peer called(Peer peer, String name) {
        return peer.withName(name);
    }
}

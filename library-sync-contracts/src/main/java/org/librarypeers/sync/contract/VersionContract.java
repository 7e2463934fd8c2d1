package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of {@link HarvestRepository#versions}. */
@Timeout(60)
abstract class VersionContract extends OfferContract<SyncStorage> {

    private Map<Guid, String> versions(Peer peer, GuidRange range) {
        Map<Guid, String> versions = new TreeMap<>();
        storage.harvest()
                .versions(
                        peer.id(),
                        range,
                        (guid, version) ->
                                assertThat(versions.put(guid, version)).isNull());
        return versions;
    }

    @Test
    void the_versions_that_were_last_read_are_those_of_the_offers_of_one_peer() {
        Peer peer = savedPeer("https://a.example.org");
        Peer other = savedPeer("https://b.example.org");
        Guid followed = adopted("Followed", peer);
        Guid elsewhere = adopted("Followed elsewhere", other);
        Guid local = saved(Samples.local("Local")).guid();
        accept(peer, followed, "v1");
        accept(peer, elsewhere, "v1");
        accept(peer, local, "v1");
        accept(other, elsewhere, "w1");
        accept(peer, followed, "v2");

        assertThat(versions(peer, GuidRange.ALL))
                .containsExactlyInAnyOrderEntriesOf(Map.of(followed, "v2", elsewhere, "v1", local, "v1"));
        assertThat(versions(other, GuidRange.ALL)).isEqualTo(Map.of(elsewhere, "w1"));
    }

    @Test
    void what_the_peer_has_withdrawn_has_no_version_until_it_is_read_again() {
        Peer peer = savedPeer("https://a.example.org");
        Guid withdrawn = adopted("Withdrawn", peer);
        Guid kept = adopted("Kept", peer);
        accept(peer, withdrawn, "v1");
        accept(peer, kept, "v1");
        assertThat(storage.harvest().hasUnreadFollowers(peer.id())).isFalse();
        adopted("Never read", peer);
        assertThat(storage.harvest().hasUnreadFollowers(peer.id())).isTrue();

        withdraw(peer, Set.of(withdrawn), Set.of());
        assertThat(versions(peer, GuidRange.ALL)).isEqualTo(Map.of(kept, "v1"));

        accept(peer, withdrawn, "v2");
        assertThat(versions(peer, GuidRange.ALL)).hasSize(2).containsEntry(withdrawn, "v2");
    }

    @Test
    void a_range_contains_both_of_its_ends() {
        Peer peer = savedPeer("https://a.example.org");
        for (int i = 0; i < 5; i++) {
            accept(peer, adopted("Resource " + i, peer), "v" + i);
        }
        Guid[] guids = versions(peer, GuidRange.ALL).keySet().toArray(Guid[]::new);

        assertThat(versions(peer, new GuidRange(guids[1], guids[3]))).containsOnlyKeys(guids[1], guids[2], guids[3]);
        assertThat(versions(peer, new GuidRange(GuidRange.after(guids[1]), guids[2])))
                .containsOnlyKeys(guids[2]);
        assertThat(versions(peer, new GuidRange(guids[4], GuidRange.ALL.last())))
                .containsOnlyKeys(guids[4]);
    }
}

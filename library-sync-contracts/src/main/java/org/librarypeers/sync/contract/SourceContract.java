package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * Contract tests of orphaned resources, of peers that offer the same resource, and of resources that were not read for
 * a long time, in {@link org.librarypeers.sync.storage.HarvestRepository} and
 * {@link org.librarypeers.sync.storage.PeerRepository}.
 */
@Timeout(60)
abstract class SourceContract extends OfferContract<SyncStorage> {

    private static final LibraryId THEIRS = LibraryId.of("a1000000-0000-4000-8000-000000000001");

    private Guid followed = Guid.random();
    private Peer source = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = source;

    @BeforeEach
    void oneThatTwoPeersOffer() {
        source = savedPeer("https://e.example.org");
        other = savedPeer("https://f.example.org");
        followed = adopted("Followed", source, THEIRS);
        accept(source, followed, new AcceptedItem("/1", "s1", false));
        accept(other, followed, new AcceptedItem("/7", "o1", false));
    }

    private ChangePage.Item atTheOther(Guid guid) {
        return new ChangePage.Item("/7", guid, "o1", null);
    }

    @Test
    void the_remarks_on_a_resource_are_those_of_the_last_read_from_its_source() {
        Remark first = new Remark(Remark.Kind.TAG_LEFT_OUT, "tags[0]", "name is missing");
        Remark second = new Remark(Remark.Kind.CHARACTERS_REMOVED, "title_fr", "U+0000");
        Guid plain = adopted("Without remarks", source, THEIRS);
        accept(source, plain, new AcceptedItem("/2", "s1", false));
        accept(source, followed, new AcceptedItem("/1", "s2", false, List.of(first, second)));
        accept(other, followed, new AcceptedItem("/7", "o2", false, List.of(second)));

        assertThat(storage.harvest().remarks(List.of(followed, plain, Guid.random())))
                .isEqualTo(Map.of(followed, List.of(first, second)));
        assertThat(storage.harvest().remarks(List.of())).isEmpty();

        accept(source, followed, new AcceptedItem("/1", "s3", false));
        assertThat(storage.harvest().remarks(List.of(followed))).isEmpty();
    }

    @Test
    void a_resource_counts_for_the_first_of_several_successors() {
        Peer last = savedPeer("https://h.example.org");
        Guid ofLast = adopted("Of the last", source, THEIRS);
        Guid ofBoth = adopted("Of both", source, THEIRS);
        Guid circular = adopted("Circular", source, THEIRS);
        Guid withdrawn = adopted("Withdrawn", source, THEIRS);
        Guid elsewhere = adopted("From elsewhere", other, THEIRS);
        for (Guid guid : List.of(ofLast, ofBoth, elsewhere)) {
            accept(last, guid, new AcceptedItem("/1", "l1", false));
        }
        accept(other, ofBoth, new AcceptedItem("/1", "o1", false));
        accept(other, circular, new AcceptedItem("/2", "o1", true));
        accept(other, withdrawn, new AcceptedItem("/3", "o1", false));
        withdraw(other, Set.of(withdrawn), Set.of());

        assertThat(storage.harvest().successors(source.id()))
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(other.id(), 2L, last.id(), 1L)));
        assertThat(storage.harvest().successors(other.id())).isEqualTo(Map.of(last.id(), 1L));
        assertThat(storage.harvest().successors(last.id())).isEmpty();

        storage.peers().save(other.withActive(false));
        assertThat(storage.harvest().successors(source.id())).isEqualTo(Map.of(last.id(), 2L));
    }

    @Test
    void nobody_takes_over_while_the_source_is_queryable() {
        assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
        assertThat(storage.harvest().offering(followed)).containsExactly(source.id(), other.id());
        assertThat(storage.harvest().offering(Guid.random())).isEmpty();
    }

    @Test
    void a_resource_is_orphaned_while_its_source_is_inactive() {
        storage.peers().save(source.withActive(false));
        assertThat(storage.harvest().orphaned(List.of(followed, Guid.random()))).containsExactly(followed);
        assertThat(storage.harvest().takeoverCandidates(other.id())).containsExactly(atTheOther(followed));
        assertThat(storage.harvest().takeoverCandidates(source.id())).isEmpty();

        storage.peers().save(source);
        assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();
    }

    @Test
    void a_source_without_credentials_is_usable_while_its_bundles_are_trusted() {
        TrustedKey trusted = TrustedKey.confirmed(new BundleKey("0a".repeat(32)));
        PeerAccess both = new PeerAccess.Orb(source.host().orElseThrow(), null, null, trusted);
        for (PeerAccess access : List.of(both, new PeerAccess.Bundle(trusted, null))) {
            storage.peers().save(source.withAccess(access));
            assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();

            storage.peers().save(source.withAccess(access.revoked()));
            assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);
        }
    }

    @Test
    void a_repository_is_usable_as_source_and_successor_while_it_is_active() {
        PeerAccess repository = new PeerAccess.Oai(URI.create("https://repository.example.org/oai"));
        storage.peers().save(source.withAccess(repository));
        assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();

        storage.peers().save(source.withAccess(repository).withActive(false));
        assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);

        storage.peers().save(source);
        storage.peers().save(other.withAccess(repository));
        assertThat(storage.harvest().successors(source.id())).containsOnlyKeys(other.id());
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
    }

    @Test
    void a_successor_may_be_a_peer_that_is_read_from_bundles() {
        TrustedKey trusted = TrustedKey.confirmed(new BundleKey("0a".repeat(32)));
        storage.peers().save(other.withAccess(new PeerAccess.Bundle(trusted, null)));
        assertThat(storage.harvest().successors(source.id())).containsOnlyKeys(other.id());

        storage.peers().save(other.withAccess(new PeerAccess.Bundle(trusted, null).revoked()));
        assertThat(storage.harvest().successors(source.id())).isEmpty();
    }

    @Test
    void a_resource_is_orphaned_while_its_source_lacks_a_credential() {
        ApiKey key = new ApiKey("k");
        Stream.of(
                        source.withName("E").withCredentials(null, key),
                        source.withName("E").withCredentials("u", null))
                .forEach(peer -> {
                    storage.peers().save(peer);
                    assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);
                    assertThat(storage.harvest().takeoverCandidates(other.id())).hasSize(1);
                });
    }

    @Test
    void a_resource_is_orphaned_while_its_source_has_withdrawn_it() {
        Guid kept = adopted("Kept", source);
        accept(other, kept, "v1");
        withdraw(source, Set.of(followed), Set.of());

        assertThat(storage.harvest().orphaned(List.of(followed, kept))).containsExactly(followed);
        assertThat(storage.harvest().takeoverCandidates(other.id())).containsExactly(atTheOther(followed));
        withdraw(source, Set.of(), Set.of(followed));
        assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();
    }

    @Test
    void a_resource_is_orphaned_if_its_source_received_it_from_this_library() {
        Guid circular = adopted("In a circle", source, THEIRS, storage.id(), THEIRS);
        accept(other, circular, "v1");

        assertThat(storage.harvest().orphaned(List.of(circular, followed))).containsExactly(circular);
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
        saved(found(circular).edit(Samples.titled("Since then"), Samples.AMINA, Samples.NOON.plusSeconds(1)));
        assertThat(storage.harvest().takeoverCandidates(other.id()))
                .extracting(ChangePage.Item::guid)
                .containsExactly(circular);
    }

    @Test
    void the_maker_takes_over_from_a_relay_if_the_resource_was_not_read_since() {
        Peer maker = savedPeer("http://ORB.example.org");
        accept(maker, followed, new AcceptedItem("/3", "m1", false));
        assertThat(storage.harvest().takeoverCandidates(maker.id())).isEmpty();

        saved(found(followed).edit(Samples.titled("Since then"), Samples.AMINA, Samples.NOON.plusSeconds(1)));

        assertThat(storage.harvest().takeoverCandidates(maker.id()))
                .containsExactly(new ChangePage.Item("/3", followed, "m1", null));
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
        accept(maker, followed, new AcceptedItem("/3", "m1", true));
        assertThat(storage.harvest().takeoverCandidates(maker.id())).isEmpty();
    }

    @Test
    void a_removed_peer_is_found_only_by_its_number_and_its_resources_stay() {
        SyncLog run = SyncLog.start(storage.syncLogs().nextId(), source.id(), null, Samples.NOON);
        storage.syncLogs().save(run);
        commit(source, Samples.progress(new Cursor("c", null), Map.of()));

        storage.peers().remove(source.id());
        storage.peers().remove(new PeerId(4711));

        assertThat(storage.peers().find(source.id())).isEmpty();
        assertThat(storage.peers().findByHost(source.host().orElseThrow())).isEmpty();
        assertThat(storage.peers().all()).extracting(Peer::id).containsExactly(other.id());
        Peer former = storage.peers().findIncludingRemoved(source.id()).orElseThrow();
        assertThat(former.name()).isEqualTo(source.name());
        assertThat(former.apiUser()).isNull();
        assertThat(former.apiKey()).isNull();
        assertThat(former.isQueryable()).isFalse();
        assertThat(storage.peers().findIncludingRemoved(other.id())).contains(other);
        assertThat(storage.peers().findIncludingRemoved(List.of(source.id(), other.id(), new PeerId(4711))))
                .isEqualTo(Map.of(source.id(), former, other.id(), other));
        assertThat(storage.peers().findIncludingRemoved(List.of())).isEmpty();
        assertThat(storage.harvest().cursor(source.id())).isEmpty();
        assertThat(Samples.versions(storage, source.id(), List.of(followed))).isEmpty();
        assertThat(storage.harvest().offering(followed)).containsExactly(other.id());
        assertThat(storage.syncLogs().find(run.id())).contains(run);
        assertThat(storage.resources().find(followed)).isPresent();
        assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);
        assertThat(storage.harvest().takeoverCandidates(other.id())).hasSize(1);
    }

    @Test
    void the_host_of_a_removed_peer_can_be_added_again() {
        storage.peers().remove(source.id());
        Peer anew = savedPeer(source.address());

        assertThat(anew.id()).isNotEqualTo(source.id());
        assertThat(storage.peers().findByHost(source.host().orElseThrow())).contains(anew);
        assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);
    }

    @Test
    void a_run_of_a_removed_peer_commits_nothing_more() {
        try (PeerLease lease = storage.harvest().claim(source.id()).orElseThrow()) {
            storage.peers().remove(source.id());

            assertThatThrownBy(() -> storage.harvest().commit(lease, Samples.progress(null, Map.of(followed, "v2"))))
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void a_peer_that_received_the_resource_from_this_library_does_not_take_over() {
        accept(other, followed, new AcceptedItem("/7", "o2", true));
        storage.peers().save(source.withActive(false));

        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
    }

    @Test
    void a_peer_that_no_longer_has_the_resource_does_not_take_over() {
        Guid another = adopted("Another", source);
        accept(other, another, "v1");
        storage.peers().save(source.withActive(false));
        withdraw(other, Set.of(another), Set.of());
        commit(other, SampleProgress.progress().gone(Set.of("/7")).build());

        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
        assertThat(storage.harvest().offering(followed)).containsExactly(source.id());
    }

    @Test
    void a_local_resource_is_never_orphaned() {
        Resource ours = saved(Samples.local("Ours"));
        accept(other, ours.guid(), "v1");

        assertThat(storage.harvest().orphaned(List.of(ours.guid()))).isEmpty();
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
    }

    @Test
    void the_last_accepted_remote_id_counts() {
        accept(other, followed, new AcceptedItem("/8", "o1", false));
        storage.peers().save(source.withActive(false));

        assertThat(storage.harvest().accepted(other.id(), List.of(followed)))
                .isEqualTo(Map.of(followed, new AcceptedItem("/8", "o1", false)));
        assertThat(storage.harvest().takeoverCandidates(other.id()))
                .containsExactly(new ChangePage.Item("/8", followed, "o1", null));
    }

    @Test
    void a_missing_remote_id_does_not_affect_an_offer_under_another_id() {
        accept(other, followed, new AcceptedItem("/8", "o1", false));
        commit(other, SampleProgress.progress().gone(Set.of("/9")).build());

        assertThat(storage.harvest().offering(followed)).containsExactly(source.id(), other.id());
    }

    @Test
    void the_longest_unread_items_come_first_and_recently_read_ones_are_left_out() {
        Instant noon = Samples.NOON;
        Guid early = readAt(noon.minus(Duration.ofDays(9)));
        Guid later = readAt(noon.minus(Duration.ofDays(8)));
        Guid lately = readAt(noon);
        Guid gone = readAt(noon.minus(Duration.ofDays(10)));
        withdraw(source, Set.of(gone), Set.of());

        assertThat(storage.harvest().longestUnread(source.id(), noon, noon, 10))
                .extracting(ChangePage.Item::guid)
                .containsExactly(early, later);
        assertThat(storage.harvest().longestUnread(source.id(), noon, noon, 1))
                .containsExactly(new ChangePage.Item("/" + early, early, "v", null));
        assertThat(storage.harvest().longestUnread(source.id(), noon.plusSeconds(1), noon.plusSeconds(2), 10))
                .extracting(ChangePage.Item::guid)
                .contains(lately);
        assertThat(storage.harvest().longestUnread(source.id(), noon.minusSeconds(9), noon.minusSeconds(1), 10))
                .extracting(ChangePage.Item::guid)
                .contains(lately);
    }

    @Test
    void resources_changed_upstream_since_a_decision_are_listed_by_guid_until_the_next_one() {
        List<Guid> changed =
                Stream.generate(this::changedSinceRejected).limit(3).sorted().toList();
        saved(found(followed).approve(Samples.NOON));

        assertThat(storage.resources().changedUpstream(null, 10))
                .extracting(Resource::guid)
                .isEqualTo(changed);
        assertThat(storage.resources().changedUpstream(null, 2))
                .extracting(Resource::guid)
                .isEqualTo(changed.subList(0, 2));
        assertThat(storage.resources().changedUpstream(changed.get(0), 10))
                .extracting(Resource::guid)
                .isEqualTo(changed.subList(1, 3));
        assertThat(storage.resources().changedUpstreamCount()).isEqualTo(3);

        saved(found(changed.get(2)).edit(Samples.titled("Edited since"), new UserName("editor"), Samples.NOON));
        saved(found(followed).edit(Samples.titled("Edited here"), new UserName("editor"), Samples.NOON));
        saved(found(changed.get(0)).approve(Samples.NOON));
        saved(found(changed.get(1)).reject(Samples.NOON));

        assertThat(storage.resources().changedUpstream(null, 10))
                .extracting(Resource::guid)
                .containsExactly(changed.get(2));
        assertThat(storage.resources().changedUpstreamCount()).isEqualTo(1);
    }

    private Guid changedSinceRejected() {
        Guid guid = adopted("Before", source);
        Resource rejected = saved(found(guid).reject(Samples.NOON));
        Received received = rejected.receive(
                Samples.incoming(guid, Samples.titled("After")), Samples.delivery(storage, source, new SyncLogId(99)));
        saved(((Received.Updated) received).resource());
        return guid;
    }

    private Guid readAt(Instant at) {
        Guid guid = adopted("Read at " + at, source);
        commit(
                source,
                SampleProgress.progress()
                        .at(at)
                        .accepted(Map.of(guid, new AcceptedItem("/" + guid, "v", false)))
                        .build());
        return guid;
    }
}

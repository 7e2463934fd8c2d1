package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SelectionCounts;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SelectionState;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.StoredOffer;

/** Contract tests of {@link SelectionRepository}. */
@Timeout(60)
abstract class SelectionContract extends OfferContract<LibraryStorage> {

    private static final SelectionRule RULE = SelectionRule.parse("tag:\"Água \\\"pura\\\"\" -type:video");

    private static final OfferFacts FACTS = new OfferFacts(
            new LocalizedText(Map.of("en", "Hand washing \ud83d\udca7 <b>", "ar", "غسل اليدين")),
            Set.of("Topic", "Tópico"),
            Set.of("Water 'pure' \"x\" \\\\"),
            Set.of("ar", "en"),
            Set.of("pdf"),
            LocalDate.parse("2024-02-29"));

    private static final OfferFacts FEW =
            new OfferFacts(LocalizedText.of("en", "T"), Set.of(), Set.of(), Set.of("en"), Set.of(), null);

    private Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = peer;

    @BeforeEach
    void twoPeers() {
        peer = savedPeer("https://one.example.org");
        other = savedPeer("https://two.example.org");
    }

    private SelectionRepository selections() {
        return storage.selections();
    }

    private static AcceptedItem item(String remoteId, boolean isLeftOut) {
        return new AcceptedItem(remoteId, "v " + remoteId, false, List.of(), isLeftOut);
    }

    private Guid offered(Peer by, Guid guid, String remoteId, boolean isLeftOut, OfferFacts facts) {
        commit(
                by,
                SampleProgress.progress()
                        .accepted(Map.of(guid, item(remoteId, isLeftOut)))
                        .facts(Map.of(guid, facts))
                        .build());
        return guid;
    }

    private void mark(Set<Guid> leftOut, Set<Guid> due) {
        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            selections().mark(lease, leftOut, due);
        }
    }

    private List<Guid> due(Peer of) {
        return selections().due(of.id(), null, 10).stream()
                .map(ChangePage.Item::guid)
                .toList();
    }

    @Test
    void a_peer_keeps_its_selection_rule() {
        storage.peers().save(peer.withSelection(RULE));
        assertThat(storage.peers().find(peer.id())).contains(peer.withSelection(RULE));
        assertThat(storage.runs().basis(peer.id()).orElseThrow().peer().selection())
                .isEqualTo(RULE);
        storage.peers().remove(peer.id());
        assertThat(storage.peers().findIncludingRemoved(peer.id()).orElseThrow().selection())
                .isEqualTo(SelectionRule.EVERYTHING);
    }

    @Test
    void offers_are_read_back_with_their_facts_in_pages_and_at_once() {
        Guid taken = adopted("Taken", peer);
        offered(peer, taken, "/1", false, FACTS);
        Guid leftOut = offered(peer, Guid.random(), "/2", true, FEW);
        Guid unknown = Guid.random();
        accept(peer, unknown, item("/3", false));
        Guid withdrawn = offered(peer, Guid.random(), "/4", true, FEW);
        withdraw(peer, Set.of(withdrawn), Set.of());
        offered(other, taken, "/9", false, FEW);
        StoredOffer[] all = {
            new StoredOffer(taken, "/1", "v /1", FACTS, false, true),
            new StoredOffer(leftOut, "/2", "v /2", FEW, true, false),
            new StoredOffer(unknown, "/3", "v /3", null, false, false),
        };

        List<StoredOffer> scanned = new ArrayList<>();
        selections().scan(peer.id(), scanned::add);
        assertThat(scanned).containsExactlyInAnyOrder(all);
        List<StoredOffer> first = selections().offers(peer.id(), null, 2);
        List<StoredOffer> second = selections().offers(peer.id(), first.get(1).guid(), 2);
        assertThat(first).hasSize(2);
        assertThat(IntStream.range(0, 3).mapToObj(i -> i < 2 ? first.get(i) : second.get(0)))
                .containsExactlyInAnyOrder(all)
                .isSortedAccordingTo(Comparator.comparing(StoredOffer::guid));
        assertThat(storage.harvest().accepted(peer.id(), List.of(taken, leftOut)))
                .isEqualTo(Map.of(taken, item("/1", false), leftOut, item("/2", true)));
    }

    @Test
    void offers_that_are_left_out_and_not_here_are_found_among_the_others() {
        Guid followed = adopted("Followed", peer);
        offered(peer, followed, "/1", true, FEW);
        offered(peer, Guid.random(), "/2", false, FEW);
        Guid one = offered(peer, Guid.random(), "/3", true, FACTS);
        Guid two = offered(peer, Guid.random(), "/4", true, FEW);
        withdraw(peer, Set.of(offered(peer, Guid.random(), "/5", true, FEW)), Set.of());
        offered(other, Guid.random(), "/6", true, FEW);
        List<Guid> expected = Stream.of(one, two).sorted().toList();

        assertThat(selections().leftOut(peer.id(), null, 10))
                .extracting(StoredOffer::guid)
                .isEqualTo(expected);
        assertThat(selections().leftOut(peer.id(), null, 1))
                .extracting(StoredOffer::guid)
                .containsExactly(expected.get(0));
        assertThat(selections().leftOut(peer.id(), expected.get(0), 10))
                .extracting(StoredOffer::guid)
                .containsExactly(expected.get(1));
    }

    @Test
    void marked_offers_are_due_until_they_are_read() {
        Guid one = offered(peer, Guid.random(), "/1", true, FEW);
        Guid two = offered(peer, Guid.random(), "/2", false, FEW);
        assertThat(state(peer)).isEqualTo(new SelectionState(SelectionRule.EVERYTHING, false, Set.of()));

        mark(Set.of(two), Set.of(one, Guid.random()));
        assertThat(state(peer).hasDue()).isTrue();
        assertThat(state(other).hasDue()).isFalse();
        assertThat(selections().due(peer.id(), null, 10)).containsExactly(new ChangePage.Item("/1", one, "v /1", null));
        assertThat(selections().due(peer.id(), one, 10)).isEmpty();
        assertThat(selections().counts(peer.id())).isEqualTo(new SelectionCounts(2, 0));

        mark(Set.of(), Set.of(two));
        assertThat(due(peer)).containsExactlyInAnyOrder(one, two).isSorted();
        offered(peer, one, "/1", false, FACTS);
        mark(Set.of(two), Set.of());
        assertThat(due(peer)).isEmpty();
        assertThat(state(peer).hasDue()).isFalse();
        assertThat(selections().counts(peer.id())).isEqualTo(new SelectionCounts(1, 0));
    }

    private SelectionState state(Peer of) {
        SelectionState state = selections().state(of);
        assertThat(storage.runs().basis(of.id()).orElseThrow().selection()).isEqualTo(state);
        return state;
    }

    @Test
    void the_applied_rule_is_saved_by_the_holder_of_the_lease() {
        PeerLease lost = storage.harvest().claim(peer.id()).orElseThrow();
        storage.harvest().revoke(peer.id());
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> selections().applied(lost, RULE));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> selections().mark(lost, Set.of(Guid.random()), Set.of()));
        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            selections().applied(lease, RULE);
        }
        assertThat(state(peer).applied()).isEqualTo(RULE);
        assertThat(state(other).applied()).isEqualTo(SelectionRule.EVERYTHING);
    }

    @Test
    void a_resource_that_its_source_leaves_out_is_not_followed_and_has_its_successors() {
        LibraryId theirs = LibraryId.of("a1000000-0000-4000-8000-000000000001");
        Guid followed = adopted("Followed", peer, theirs);
        Remark remark = new Remark(Remark.Kind.TAG_LEFT_OUT, "tags[0]", "name is missing");
        accept(peer, followed, new AcceptedItem("/1", "v", false, List.of(remark)));
        offered(other, followed, "/7", false, FACTS);
        assertThat(selections().notFollowed(List.of(followed))).isEmpty();
        assertThat(storage.harvest().orphaned(List.of(followed))).isEmpty();

        offered(peer, followed, "/1", true, FACTS);
        assertThat(selections().notFollowed(List.of(followed, Guid.random()))).containsExactly(followed);
        assertThat(selections().counts(peer.id())).isEqualTo(new SelectionCounts(1, 1));
        assertThat(storage.harvest().orphaned(List.of(followed))).containsExactly(followed);
        assertThat(storage.harvest().remarks(List.of(followed))).isEqualTo(Map.of(followed, List.of(remark)));
        assertThat(storage.harvest().successors(peer.id())).isEqualTo(Map.of(other.id(), 1L));
        assertThat(storage.harvest().takeoverCandidates(other.id()))
                .containsExactly(new ChangePage.Item("/7", followed, "v /7", null));
        assertThat(storage.harvest().alsoOffered(other.id())).containsExactly(followed);

        offered(other, followed, "/7", true, FACTS);
        assertThat(storage.harvest().successors(peer.id())).isEmpty();
        assertThat(storage.harvest().takeoverCandidates(other.id())).isEmpty();
        assertThat(storage.harvest().alsoOffered(other.id())).isEmpty();
        assertThat(selections().notFollowed(List.of())).isEmpty();
    }

    @Test
    void a_rule_that_takes_everything_ends_that_offers_are_due_for_their_facts_only() {
        Guid taken = offered(peer, Guid.random(), "/1", false, FEW);
        Guid leftOut = offered(peer, Guid.random(), "/2", true, FEW);
        mark(Set.of(), Set.of(taken, leftOut));

        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            selections().applied(lease, SelectionRule.EVERYTHING);
        }

        assertThat(due(peer)).containsExactly(leftOut);
    }

    @Test
    void an_offer_that_is_read_after_it_was_refused_stays_left_out() {
        Guid guid = offered(peer, Guid.random(), "/1", false, FEW);
        selections().refuse(new Refusal(guid, "", Samples.AMINA, Samples.NOON, "Not for us"));

        offered(peer, guid, "/1", false, FEW);

        assertThat(selections().counts(peer.id()).leftOut()).isEqualTo(1);
    }

    @Test
    void a_refusal_leaves_out_all_offers_and_its_revocation_makes_them_due() {
        Guid guid = offered(peer, Guid.random(), "/1", false, FEW);
        offered(other, guid, "/2", true, FEW);
        Guid stays = offered(peer, Guid.random(), "/3", false, FEW);
        Refusal first = new Refusal(guid, "", Samples.AMINA, Samples.NOON, "Not for us \ud83d\udca7");
        Refusal refusal = new Refusal(guid, "Title <b>", Samples.AMINA, Samples.NOON.plusSeconds(1), "Out of date");
        Refusal older = new Refusal(Guid.random(), "", Samples.AMINA, Samples.NOON, "Older");
        selections().refuse(first);
        selections().refuse(refusal);
        selections().refuse(older);

        assertThat(selections().refusal(guid)).contains(refusal);
        assertThat(selections().refusals(0, 1)).isEqualTo(new Slice<>(List.of(refusal), 2, false));
        assertThat(selections().refusals(1, 1)).isEqualTo(new Slice<>(List.of(older), 2, true));
        assertThat(state(peer).refused()).containsExactlyInAnyOrder(guid, older.resource());
        assertThat(selections().counts(peer.id()).leftOut()).isEqualTo(1);
        assertThat(due(peer)).isEmpty();

        assertThat(selections().revoke(guid)).isTrue();
        assertThat(selections().revoke(guid)).isFalse();
        assertThat(selections().refusal(guid)).isEmpty();
        assertThat(due(peer)).containsExactly(guid).doesNotContain(stays);
        assertThat(due(other)).containsExactly(guid);
    }
}

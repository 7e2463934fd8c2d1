package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.Fetching.fetch;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleTag;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/** Tests with several libraries in one process that pull from each other. */
class NetworkTest {

    private final InMemoryPeerClient client = new InMemoryPeerClient();
    private final SettableClock clock = new SettableClock();
    private final Node a = new Node("a");
    private final Node b = new Node("b");
    private final Node c = new Node("c");

    private final class Node {
        final String name;
        final InMemoryStorage storage = new InMemoryStorage();
        final SyncService service = SyncService.builder()
                .storage(storage)
                .client(client)
                .clock(clock)
                .build();
        final ReviewService review = new ReviewService(storage, clock);

        Node(String name) {
            this.name = name;
            client.connect(PeerHost.of(host()), storage);
        }

        String host() {
            return "https://" + name + ".example.org";
        }

        /** Returns this library as a peer of the other node, and saves it there if it is missing. */
        Peer peerOf(Node other) {
            PeerHost host = PeerHost.of(host());
            return other.storage.peers().findByHost(host).orElseGet(() -> {
                Peer peer = Library.peer(other.storage.peers().nextId(), "Library " + name, host());
                other.storage.peers().save(peer);
                return peer;
            });
        }

        void publishes(int number, String title) {
            Resource resource = Resource.create(guid(number), titled(title), EDITOR, clock.instant());
            storage.resources().save(resource.approve(clock.instant()));
        }

        void edits(int number, String title) {
            Resource resource = get(number);
            storage.resources().save(resource.edit(titled(title), EDITOR, clock.instant()));
        }

        SyncReport pulls(Node other) {
            clock.tick();
            return service.sync(other.peerOf(this), SyncListener.NONE);
        }

        SyncTally pulled(Node other) {
            SyncReport report = pulls(other);
            assertThat(report.succeeded()).isTrue();
            return report.log().tally();
        }

        Resource get(int number) {
            return storage.resources().find(guid(number)).orElseThrow();
        }

        String title(int number) {
            return get(number).content().title().best(List.of("en"));
        }

        Origin.FromPeer source(int number) {
            return (Origin.FromPeer) get(number).origin();
        }
    }

    @Test
    void what_a_publishes_reaches_c_through_b_reviewed_in_between_and_still_names_a() {
        a.publishes(1, "Safe water");

        assertThat(b.pulled(a)).isEqualTo(tally().added(1));
        assertThat(c.pulled(b)).isEqualTo(SyncTally.NONE);
        b.review.approveAll();
        assertThat(c.pulled(b)).isEqualTo(tally().added(1));

        assertThat(c.get(1).status()).isEqualTo(Status.PENDING);
        assertThat(c.get(1).content()).isEqualTo(a.get(1).content());
        assertThat(c.source(1))
                .isEqualTo(new Origin.FromPeer(
                        b.peerOf(c).id(),
                        "Library a",
                        "https://a.example.org",
                        null,
                        new Route(List.of(a.storage.id(), b.storage.id())),
                        a.get(1).content().fingerprint()));
    }

    @Test
    void an_update_travels_down_the_chain_and_stays_published() {
        a.publishes(1, "Old");
        b.pulled(a);
        b.review.approveAll();
        c.pulled(b);
        c.review.approveAll();

        a.edits(1, "New");
        assertThat(b.pulled(a)).isEqualTo(tally().updated(1));
        assertThat(c.pulled(b)).isEqualTo(tally().updated(1));

        assertThat(c.title(1)).isEqualTo("New");
        assertThat(c.get(1).status()).isEqualTo(Status.APPROVED);
        assertThat(c.storage.resources().history(guid(1)))
                .extracting(revision -> revision.content())
                .containsExactly(titled("Old"));
    }

    @Test
    void the_maker_takes_over_from_the_relay_once_it_is_a_peer() {
        a.publishes(1, "Old");
        b.pulled(a);
        b.review.approveAll();
        c.pulled(b);

        c.pulled(a);
        assertThat(c.source(1).peer()).isEqualTo(a.peerOf(c).id());
        b.edits(1, "Edited at b");

        assertThat(c.pulled(b)).isEqualTo(tally().keptOtherSource(1));
        assertThat(c.title(1)).isEqualTo("Old");
        a.edits(1, "New");
        assertThat(c.pulled(a)).isEqualTo(tally().updated(1));
        assertThat(c.title(1)).isEqualTo("New");
    }

    @Test
    void two_libraries_that_pull_from_each_other_reach_a_fixed_point() {
        a.publishes(1, "From a");
        b.publishes(2, "From b");
        for (int round = 0; round < 3; round++) {
            a.pulled(b);
            b.pulled(a);
            a.review.approveAll();
            b.review.approveAll();
        }
        long positions = a.storage.catalogue().changes(0, 10).get(1).position();

        assertThat(a.pulled(b)).isEqualTo(SyncTally.NONE);
        assertThat(b.pulled(a)).isEqualTo(SyncTally.NONE);

        assertThat(a.storage.catalogue().changes(0, 10).get(1).position()).isEqualTo(positions);
        assertThat(a.get(1).origin()).isEqualTo(new Origin.Local());
        assertThat(b.get(1).revision().number()).isEqualTo(1);
        assertThat(a.storage.resources().counts())
                .isEqualTo(b.storage.resources().counts());
    }

    @Test
    void libraries_in_a_ring_reach_a_fixed_point_and_the_maker_keeps_its_own() {
        a.publishes(1, "From a");
        for (int round = 0; round < 3; round++) {
            for (Node[] pair : new Node[][] {{b, a}, {c, b}, {a, c}}) {
                pair[0].pulled(pair[1]);
                pair[0].review.approveAll();
            }
        }

        assertThat(b.pulled(a)).isEqualTo(SyncTally.NONE);
        assertThat(c.pulled(b)).isEqualTo(SyncTally.NONE);
        assertThat(a.pulled(c)).isEqualTo(SyncTally.NONE);
        assertThat(a.get(1).origin()).isEqualTo(new Origin.Local());
        assertThat(a.get(1).revision().number()).isEqualTo(1);
    }

    @Test
    void a_library_of_more_than_a_page_is_read_to_its_end() {
        for (int number = 1; number <= 1_001; number++) {
            a.publishes(number, "Number " + number);
        }

        SyncReport report = b.pulls(a);

        assertThat(report.log().tally().added()).isEqualTo(1_001);
        assertThat(report.log().requests()).isEqualTo(3);
        assertThat(b.pulled(a)).isEqualTo(SyncTally.NONE);
    }

    @Test
    void a_library_that_does_not_answer_fails_the_run_and_is_read_once_it_does() {
        a.publishes(1, "A");
        client.disconnect(PeerHost.of(a.host()));

        SyncReport report = b.pulls(a);

        assertThat(report.log().status()).isEqualTo(SyncStatus.FAILED);
        assertThat(report.log().message()).contains("https://a.example.org");
        client.connect(PeerHost.of(a.host()), a.storage);
        assertThat(b.pulled(a)).isEqualTo(tally().added(1));
    }

    @Test
    void a_library_with_a_tag_of_its_own_keeps_its_words_for_it() {
        Guid own = Guid.random();
        Tag ours = SampleTag.tag("Audience", "Midwife")
                .guid(own)
                .names(LocalizedText.of("es", "Partera"))
                .build();
        b.storage
                .resources()
                .save(Resource.create(
                        guid(2), titled("B").toBuilder().tags(List.of(ours)).build(), EDITOR, clock.instant()));
        a.storage
                .resources()
                .save(Resource.create(
                                guid(1),
                                titled("A").toBuilder()
                                        .tags(List.of(Tag.of("Audience", "Midwife")))
                                        .build(),
                                EDITOR,
                                clock.instant())
                        .approve(clock.instant()));

        b.pulled(a);

        assertThat(b.get(1).content().tags()).containsExactly(ours);
        assertThat(b.pulled(a)).isEqualTo(SyncTally.NONE);
    }

    @Test
    void only_what_is_approved_is_answered() {
        a.publishes(1, "A");
        try (var session = client.open(a.peerOf(b))) {
            ChangePage page = session.changes(null);
            ChangePage.Item listed = page.items().get(0);
            ChangePage.Item bare = new ChangePage.Item(listed.remoteId(), listed.guid(), listed.version(), null);
            assertThat(fetch(session, List.of(bare, listed))).containsExactly(listed.body(), listed.body());

            a.review.reject(List.of(guid(1)));
            ChangePage.Item never = new ChangePage.Item("12345", guid(9), "1", null);
            assertThat(fetch(session, List.of(bare, never))).containsOnly(new Fetched.Gone());
            assertThat(session.changes(page.next()).items()).isEmpty();
        }
    }

    @Test
    void a_peer_that_is_not_queryable_is_not_opened() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.open(a.peerOf(b).withActive(false)))
                .withMessageContaining("Library a");
    }
}

package org.librarypeers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.Withdrawal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests of a sync between two libraries, from the database of one through API, client and core to the other's database.
 */
class SyncBetweenLibrariesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void approved_resources_of_a_peer_arrive_complete_and_pending() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            Resource made = a.publish(
                    Guid.random(),
                    ResourceContent.titled(
                                    LocalizedText.of("en", "Safe water 💧").with("ar", "المياه النظيفة"))
                            .description(LocalizedText.of("en", "<p>Boil &amp; cool</p>"))
                            .tags(List.of(Tag.of("Audience", "Midwife"), Tag.of("Geography", "Malawi")))
                            .build());
            Peer peer = b.addPeer(a);

            assertThat(tally(b, peer)).isEqualTo(SyncTally.NONE.added(1));

            Resource copy = b.library().storage().resources().find(made.guid()).orElseThrow();
            assertThat(copy.status()).isEqualTo(Status.PENDING);
            assertThat(copy.content()).isEqualTo(made.content());
            assertThat(copy.origin()).isInstanceOfSatisfying(Origin.FromPeer.class, source -> {
                assertThat(source.peer()).isEqualTo(peer.id());
                assertThat(source.sourceHost()).isEqualTo(a.address());
                assertThat(source.sourceUrl()).isEqualTo(a.address() + "/resource/view/" + made.slug());
            });
        }
    }

    @Test
    void several_pages_take_a_few_requests_and_the_next_run_takes_one() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            a.publishMany(1_201);
            Peer peer = b.addPeer(a);

            SyncLog first = b.library().sync().sync(peer, SyncListener.NONE).log();
            assertThat(first.tally().added()).isEqualTo(1_201);
            assertThat(first.requests()).isLessThanOrEqualTo(5);

            SyncLog second = b.library().sync().sync(peer, SyncListener.NONE).log();
            assertThat(second.tally()).isEqualTo(SyncTally.NONE);
            assertThat(second.requests()).isEqualTo(1);
            assertThat(second.since()).isNotNull();
        }
    }

    @Test
    void two_libraries_that_pull_from_each_other_stop_changing() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            a.publish("Made by A");
            b.publish("Made by B");
            Peer aAtB = b.addPeer(a);
            Peer bAtA = a.addPeer(b);
            exchange(a, bAtA, b, aAtB);

            for (int round = 0; round < 3; round++) {
                for (SyncTally tally : exchange(a, bAtA, b, aAtB)) {
                    assertThat(tally.added() + tally.updated() + tally.failed()).isZero();
                }
            }
            assertThat(approvedGuids(a)).hasSize(2).isEqualTo(approvedGuids(b));
            assertThat(a.library().storage().resources().withStatus(Status.APPROVED, null, 10))
                    .filteredOn(resource -> resource.origin() instanceof Origin.Local)
                    .hasSize(1);
        }
    }

    @Test
    void a_third_library_learns_the_original_makers_from_the_second() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start();
                RunningLibrary c = RunningLibrary.start()) {
            Resource made = a.publish("Made by A");
            tally(b, b.addPeer(a));
            Peer bAtC = c.addPeer(b);

            assertThat(tally(c, bAtC)).as("what B has not approved").isEqualTo(SyncTally.NONE);
            b.library().review().approveAll();
            assertThat(tally(c, bAtC).added()).isOne();

            assertThat(c.library()
                            .storage()
                            .resources()
                            .find(made.guid())
                            .orElseThrow()
                            .origin())
                    .isInstanceOfSatisfying(Origin.FromPeer.class, source -> {
                        assertThat(source.peer()).isEqualTo(bAtC.id());
                        assertThat(source.sourceHost()).isEqualTo(a.address());
                    });
        }
    }

    @Test
    void an_edit_at_the_peer_arrives_and_the_overwritten_content_stays_in_the_history() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            Resource made = a.publish("First words");
            a.publish("Another one");
            Peer peer = b.addPeer(a);
            tally(b, peer);
            b.library().review().approveAll();

            a.library()
                    .storage()
                    .resources()
                    .save(made.edit(
                            Samples.titled("Second words"),
                            UserName.SYSTEM,
                            a.library().clock().instant()));

            assertThat(tally(b, peer)).isEqualTo(SyncTally.NONE.updated(1));
            Resource copy = b.library().storage().resources().find(made.guid()).orElseThrow();
            assertThat(copy.content().title().in("en")).contains("Second words");
            assertThat(copy.status()).isEqualTo(Status.APPROVED);
            assertThat(b.library().storage().resources().history(made.guid()))
                    .singleElement()
                    .satisfies(revision ->
                            assertThat(revision.content().title().in("en")).contains("First words"));
        }
    }

    @Test
    void a_run_with_a_rejected_key_fails_with_the_reason_but_without_the_key() {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            Peer peer = Peer.builder()
                    .id(b.library().storage().peers().nextId())
                    .name("A")
                    .host(PeerHost.of(a.address()))
                    .credentials("reader", new ApiKey("not-the-key-of-anybody"))
                    .build();
            b.library().storage().peers().save(peer);

            SyncLog log = b.library().sync().sync(peer, SyncListener.NONE).log();

            assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(log.message()).contains("401").doesNotContain("not-the-key");
            assertThat(b.library().storage().syncLogs().recent(peer.id(), 5)).containsExactly(log);
        }
    }

    @Test
    void what_a_library_no_longer_serves_waits_in_the_inbox_of_the_next_one_without_a_reconciliation()
            throws Exception {
        try (RunningLibrary a = RunningLibrary.start();
                RunningLibrary b = RunningLibrary.start()) {
            List<Resource> made = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                made.add(a.publish("Made by A " + i));
            }
            Guid never = Guid.random();
            a.library()
                    .storage()
                    .resources()
                    .save(Resource.create(never, Samples.titled("Never public"), UserName.SYSTEM, Samples.NOON));
            Peer peer = b.addPeer(a);
            assertThat(tally(b, peer)).isEqualTo(SyncTally.NONE.added(10));
            b.library().review().approveAll();

            Guid archived = made.get(3).guid();
            Guid rejected = made.get(7).guid();
            a.library()
                    .storage()
                    .resources()
                    .save(made.get(3).archive(a.library().clock().instant()));
            a.library().review().reject(List.of(rejected, never));

            assertThat(b.library().sync().preview(peer, SyncListener.NONE).log().tally())
                    .isEqualTo(SyncTally.NONE.withdrawn(2));
            SyncLog log = b.library().sync().sync(peer, SyncListener.NONE).log();
            assertThat(log.tally()).isEqualTo(SyncTally.NONE.withdrawn(2));
            assertThat(log.requests()).isEqualTo(1);
            assertThat(log.since()).isNotNull();
            assertThat(b.library().review().withdrawn(null, 10))
                    .extracting(Withdrawal::resource)
                    .containsExactlyInAnyOrder(archived, rejected);
            assertThat(approvedGuids(b)).as("nothing is unpublished by itself").hasSize(10);
            assertThat(tally(b, peer)).isEqualTo(SyncTally.NONE);

            a.library().review().approve(List.of(archived));
            assertThat(tally(b, peer).withdrawn()).isZero();
            assertThat(b.library().review().withdrawn(null, 10))
                    .extracting(Withdrawal::resource)
                    .containsExactly(rejected);

            assertTellsNothingElse(a, rejected, never);
        }
    }

    /** Asserts what an answer of the full feed says about a rejected resource, and that the v1 list does not mention it. */
    private static void assertTellsNothingElse(RunningLibrary a, Guid rejected, Guid never) throws Exception {
        String reader = a.authorization(RunningLibrary.READER);
        JsonNode feed = JSON.readTree(a.get("/api/v1/resource/?full=true&status=approved", "Authorization", reader)
                .body());
        List<JsonNode> deleted = feed.path("objects")
                .valueStream()
                .filter(row -> row.path("status").asString().equals("deleted"))
                .toList();
        assertThat(deleted).singleElement().satisfies(row -> {
            assertThat(row.propertyNames())
                    .containsExactlyInAnyOrder("guid", "status", "update_date", "reason", "tags", "urls", "files");
            assertThat(row.path("guid").asString()).isEqualTo(rejected.toString());
            assertThat(row.path("reason").asString()).isEqualTo("rejected");
        });
        assertThat(feed.path("objects")).hasSize(10);
        assertThat(feed.at("/meta/total_count").asInt()).isEqualTo(9);
        assertThat(feed.toString()).doesNotContain(never.toString());
        assertThat(a.get("/api/v1/resource/?status=approved", "Authorization", reader)
                        .body())
                .doesNotContain(rejected.toString(), "deleted");
    }

    private static List<SyncTally> exchange(RunningLibrary a, Peer bAtA, RunningLibrary b, Peer aAtB) {
        List<SyncTally> tallies = List.of(tally(b, aAtB), tally(a, bAtA));
        a.library().review().approveAll();
        b.library().review().approveAll();
        return tallies;
    }

    private static SyncTally tally(RunningLibrary library, Peer peer) {
        SyncLog log = library.library().sync().sync(peer, SyncListener.NONE).log();
        assertThat(log.status()).as(String.valueOf(log.message())).isEqualTo(SyncStatus.SUCCEEDED);
        return log.tally();
    }

    private static Set<Guid> approvedGuids(RunningLibrary library) {
        return library.library().storage().resources().withStatus(Status.APPROVED, null, 100).stream()
                .map(Resource::guid)
                .collect(Collectors.toSet());
    }
}

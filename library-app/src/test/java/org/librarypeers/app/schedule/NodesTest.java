package org.librarypeers.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;

/**
 * Tests of three processes that serve one library, two of them with a schedule. One is killed and the other is stopped.
 */
@Timeout(90)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesTest {

    private static final String LIST = "/api/v1/resource/";
    private static final String TWO_SCHEDULED = "--set=sync.concurrent=3";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static RunningLibrary library;
    private static Node one;
    private static Node other;
    private static Node unscheduled;

    @BeforeAll
    static void serve() throws Exception {
        library = RunningLibrary.start();
        unscheduled = Node.serve(library, folder.resolve("unscheduled.log"), "--no-schedule");
        one = Node.serve(library, folder.resolve("one.log"), TWO_SCHEDULED);
        other = Node.serve(library, folder.resolve("other.log"), TWO_SCHEDULED);
        await("all nodes serve", () -> Stream.of(one, other, unscheduled).allMatch(Node::serves));
    }

    @AfterAll
    static void stop() {
        Stream.of(one, other, unscheduled).forEach(Node::close);
        library.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s, within %s%n%s%n%s", what, PATIENCE, one.log(), other.log())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Peer add(ScriptedOrbSite site) {
        Peer peer = site.peer(library.library().storage().peers().nextId()).withSyncsAutomatically(true);
        library.library().storage().peers().save(peer);
        return peer;
    }

    private static List<SyncLog> runs(Peer peer) {
        return library.library().storage().syncLogs().recent(peer.id(), 100);
    }

    private static void deactivate(Peer peer) {
        library.library().storage().peers().save(peer.withActive(false));
    }

    private static boolean nothingIsDue() {
        return library.texts("select task_instance from sync_schedule where picked or execution_time <= now()")
                .isEmpty();
    }

    @Test
    @Order(1)
    void each_run_is_done_by_one_node_and_all_nodes_take_part() {
        // Each node syncs two peers at once, so three simultaneous requests need both nodes.
        CountDownLatch three = new CountDownLatch(3);
        List<ScriptedOrbSite> sites = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ScriptedOrbSite site = new ScriptedOrbSite().beforeList(list -> {
                three.countDown();
                awaitLatch(three);
            });
            site.add("One of site " + i);
            site.add("Two of site " + i);
            sites.add(site);
            peers.add(add(site));
        }
        int rounds = 4;
        for (int round = 1; round <= rounds; round++) {
            int expected = round;
            await(
                    "round " + round,
                    () -> peers.stream().allMatch(peer -> runs(peer).size() >= expected) && nothingIsDue());
            if (round < rounds) {
                library.execute("update sync_schedule set execution_time = now()");
            }
        }

        assertThat(three.getCount()).isZero();
        for (int i = 0; i < peers.size(); i++) {
            List<SyncLog> runs = runs(peers.get(i));
            assertThat(runs).extracting(SyncLog::status).hasSize(rounds).containsOnly(SyncStatus.SUCCEEDED);
            assertThat(sites.get(i).requests())
                    .isEqualTo(runs.stream().mapToInt(SyncLog::requests).sum());
        }
        assertThat(library.library().storage().resources().counts()).containsOnly(Map.entry(Status.PENDING, 8L));
        assertThat(unscheduled.log()).contains("Serving at").doesNotContain("of peer [");
        assertThat(one.log() + other.log())
                .contains(" of peer [" + peers.get(0).id() + "] Old ORB", "succeeded; 2 new")
                .doesNotContain(ScriptedOrbSite.KEY);
        peers.forEach(NodesTest::deactivate);
        sites.forEach(ScriptedOrbSite::close);
    }

    @Test
    @Order(2)
    void a_run_of_a_killed_node_is_finished_by_another() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            for (int i = 0; i < 120; i++) {
                site.add("Resource " + i);
            }
            // Holds the requests after the first committed batch of bodies.
            site.always(LIST, right -> {
                if (questions.incrementAndGet() > 60) {
                    held.countDown();
                    awaitLatch(open);
                }
                return right.get();
            });
            Peer peer = add(site);
            await("the site receives a request", () -> held.getCount() == 0);
            Node killed = worker();
            killed.process().destroyForcibly().waitFor();
            open.countDown();

            await("the other node finishes", () -> runs(peer).size() == 2 && nothingIsDue());
            assertThat(runs(peer))
                    .extracting(SyncLog::status)
                    .containsExactly(SyncStatus.SUCCEEDED, SyncStatus.INTERRUPTED);
            assertThat(runs(peer))
                    .extracting(log -> log.tally().added())
                    .allMatch(added -> added > 0)
                    .satisfies(added -> assertThat(added.get(0) + added.get(1)).isEqualTo(120));
            deactivate(peer);
        }
    }

    /** Returns the node that is syncing now. */
    private static Node worker() {
        String name = library.texts("select picked_by from sync_schedule where picked")
                .get(0);
        return Stream.of(one, other)
                .filter(node -> name.startsWith(node.process().pid() + "@"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(3)
    void a_stopped_node_ends_soon_although_a_peer_stalls() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        try (ScriptedOrbSite site = new ScriptedOrbSite().beforeList(list -> {
            held.countDown();
            awaitLatch(open);
        })) {
            site.add("Resource");
            Peer peer = add(site);
            await("the site receives a request", () -> held.getCount() == 0);
            Node last = worker();

            last.process().destroy();
            assertThat(last.process().waitFor(10, TimeUnit.SECONDS))
                    .as("ended; %s", last.log())
                    .isTrue();

            assertThat(runs(peer)).hasSize(1);
            assertThat(runs(peer).get(0).status()).isEqualTo(SyncStatus.INTERRUPTED);
            assertThat(runs(peer).get(0).message()).contains("stopped before its end");
            assertThat(library.texts(
                            "select picked::text from sync_schedule where task_instance = '" + peer.id() + "'"))
                    .containsExactly("false");
            assertThat(library.library().schedule().next().get(peer.id()))
                    .isBefore(Instant.now().plusSeconds(5));
            assertThat(library.texts("select task_data ->> 'failures' from sync_schedule where task_instance = '"
                            + peer.id() + "'"))
                    .containsExactly("0");
            open.countDown();
            assertThat(library.library()
                            .sync()
                            .sync(peer, SyncListener.NONE)
                            .log()
                            .tally()
                            .added())
                    .isOne();
        } finally {
            open.countDown();
        }
    }
}

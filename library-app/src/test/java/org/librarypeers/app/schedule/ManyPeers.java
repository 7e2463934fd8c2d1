package org.librarypeers.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.http.ScriptedOrbSites;
import org.librarypeers.sync.library.LibraryStorage;

/** Tests of three nodes that sync many peers of one library, on the connections that a small server has. */
@Timeout(300)
abstract class ManyPeers {

    private static final int NODES = 3;
    private static final int POOL = 6;

    /** The smallest part of the runs that each of the nodes must have. */
    private static final double FAIR = 0.15;

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    private final int number;
    private final ScriptedOrbSites sites;
    private final List<Node> nodes = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private RunningLibrary library;
    private int mostConnections;

    ManyPeers(int number) {
        this.number = number;
        this.sites = new ScriptedOrbSites(number);
    }

    @BeforeEach
    void serve() throws IOException {
        library = RunningLibrary.start();
        for (int i = 0; i < NODES; i++) {
            Path log = folder.resolve("node" + i + ".log");
            nodes.add(Node.serve(library, log, "--set=db.pool-size=" + POOL, "--set=sync.concurrent=4"));
        }
        await("all nodes serve", () -> nodes.stream().allMatch(Node::serves));
    }

    @AfterEach
    void stop() {
        open.countDown();
        nodes.forEach(Node::close);
        library.close();
        sites.close();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "%s, within %s%n%s",
                            what,
                            PATIENCE,
                            nodes.stream()
                                    .map(node -> node.log().lines().limit(20).collect(Collectors.joining("\n")))
                                    .collect(Collectors.joining("\n---\n")))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private int count(String sql) {
        return Integer.parseInt(library.texts("select (" + sql + ")::text").get(0));
    }

    /** Returns whether each peer has this number of successful runs and waits for its next one. */
    private boolean areSynced(int runs) {
        mostConnections = Math.max(
                mostConnections,
                count("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and application_name like 'library-node-%'"));
        return count("select count(*) from sync_log where status = 'succeeded'") == runs * number
                && count("select count(*) from sync_schedule where not picked and execution_time > now()") == number;
    }

    private void assertRuns(int each) {
        assertThat(library.texts("select peer_id::text from sync_log where status = 'succeeded' group by peer_id"
                        + " having count(*) <> " + each))
                .isEmpty();
        assertThat(
                        library.texts(
                                "select one.id::text from sync_log one join sync_log other on other.peer_id = one.peer_id"
                                        + " and other.id > one.id and other.started < one.finished and one.status = 'succeeded'"))
                .as("runs of a peer that began before the previous one ended")
                .isEmpty();
        assertThat(sites.overlapping()).isEmpty();
    }

    /** Returns the processor time that the nodes have used. */
    private Duration cpu() {
        return nodes.stream()
                .map(node -> node.process().info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private void addPeers() {
        LibraryStorage storage = library.library().storage();
        storage.inTransaction(() -> sites.all()
                .forEach(site ->
                        storage.peers().save(site.peer(storage.peers().nextId()).withSyncsAutomatically(true))));
    }

    /** Returns the number of successful runs of each node, by its log. */
    private List<Long> spread() {
        return nodes.stream()
                .map(node -> node.log()
                        .lines()
                        .filter(line -> line.contains(" of peer [") && line.contains("succeeded"))
                        .count())
                .toList();
    }

    @Test
    void every_peer_is_synced_once_the_load_spreads_and_a_killed_node_is_replaced() throws Exception {
        addPeers();
        await("the first syncs", () -> areSynced(1));
        assertRuns(1);
        assertThat(sites.requests()).as("a list and a resource each").isEqualTo(2 * number);

        Duration cpu = cpu();
        long start = System.nanoTime();
        library.execute("update sync_schedule set execution_time = now()");
        await("the second syncs", () -> areSynced(2));
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0;
        Duration used = cpu().minus(cpu);
        assertRuns(2);
        assertThat(sites.requests()).as("a list each").isEqualTo(3 * number);
        assertThat(spread()).allSatisfy(runs -> assertThat(runs).isGreaterThan((long) (FAIR * 2 * number)));
        assertThat(mostConnections).isLessThanOrEqualTo((NODES + 1) * POOL + POOL);
        System.out.printf(
                Locale.ROOT,
                "proof: %d quiet peers on %d nodes in %.1f s: %.0f peers per second, %.1f ms of processor time of the nodes"
                        + " each; runs by node %s; at most %d connections of four processes%n",
                number,
                NODES,
                seconds,
                number / seconds,
                (double) used.toMillis() / number,
                spread(),
                mostConnections);
        killOne();
    }

    private void killOne() throws InterruptedException {
        Node killed = nodes.get(0);
        String ofKilled = "picked_by like '" + killed.process().pid() + "@%'";
        sites.all().forEach(site -> site.beforeList(list -> awaitOpen()));
        library.execute("update sync_schedule set execution_time = now()");
        await(
                "the node is syncing",
                () -> count("select count(*) from sync_log where status = 'running' and peer_id::text in"
                                + " (select task_instance from sync_schedule where picked and " + ofKilled + ")")
                        >= 2);
        List<String> lost = library.texts("select id::text from sync_log where status = 'running' and peer_id::text in"
                + " (select task_instance from sync_schedule where picked and " + ofKilled + ")");
        killed.process().destroyForcibly().waitFor();
        open.countDown();
        long start = System.nanoTime();

        await("the third syncs", () -> areSynced(3));

        assertRuns(3);
        assertThat(library.texts("select distinct status from sync_log where id in (" + String.join(", ", lost) + ")"))
                .containsExactly("interrupted");
        assertThat(count("select count(*) from sync_log where status not in ('succeeded', 'interrupted')"))
                .isZero();
        System.out.printf(
                Locale.ROOT,
                "proof: %d runs of a killed node were taken over by the others, and all %d peers were synced %.1f s after"
                        + " the kill (waits a fortieth of the usual ones, except the lease of 15 s)%n",
                lost.size(),
                number,
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0);
    }

    private void awaitOpen() {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

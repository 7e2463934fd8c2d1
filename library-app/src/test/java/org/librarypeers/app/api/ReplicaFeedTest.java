package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.servers.DebianPostgres;
import org.librarypeers.app.servers.PostgresCluster;
import org.librarypeers.app.servers.PostgresCluster.Replication;
import org.librarypeers.app.servers.ReplicatedLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.library.LibraryStorage;

/**
 * Tests that peers miss nothing, however far the replicas lag. The library has two nodes with a replica each, which are held
 * back at random. Each request of a peer goes to one of the nodes at random, while changes go on.
 */
@Tag("servers")
@Timeout(600)
class ReplicaFeedTest {

    private static final int STEPS = 200;

    /** The versions of the resources that are committed. A title is a word and the version. */
    private final Map<Guid, Integer> committed = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1})
    void every_sync_gets_all_that_was_committed_before_it(long seed) throws Exception {
        Random random = new Random(seed);
        try (PostgresCluster cluster = PostgresCluster.start(Replication.ASYNCHRONOUS, 2);
                ReplicatedLibrary first = ReplicatedLibrary.start(cluster, settings -> settings);
                ReplicatedLibrary second = first.another(cluster.standbys()
                        .get(1)
                        .database(DebianPostgres.DATABASE)
                        .url());
                Balancer balancer = new Balancer(List.of(first.address(), second.address()), random.nextLong());
                HttpPeerClient client = HttpPeerClient.builder()
                        .clock(Clock.systemUTC())
                        .pageSize(7)
                        .build()) {
            write(first, random, 30);
            cluster.awaitReplay();
            first.awaitUse();
            second.awaitUse();
            Puller full = new Puller(client, first.asPeer(1, balancer.address(true)));
            Puller timed = new Puller(client, first.asPeer(2, balancer.address(false)));
            V1Peer site = new V1Peer(
                    balancer.address(false),
                    ReplicatedLibrary.WRITER.value(),
                    first.library()
                            .accounts()
                            .apiKey(ReplicatedLibrary.WRITER)
                            .orElseThrow()
                            .secret());

            AtomicBoolean ended = new AtomicBoolean();
            long writerSeed = random.nextLong();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                Random own = new Random(writerSeed);
                while (!ended.get()) {
                    write(first, own, 1 + own.nextInt(3));
                    LockSupport.parkNanos(Duration.ofMillis(own.nextInt(60)).toNanos());
                }
            });
            try {
                for (int i = 0; i < STEPS; i++) {
                    DebianPostgres standby = cluster.standbys().get(random.nextInt(2));
                    switch (random.nextInt(8)) {
                        case 0, 1 -> standby.pauseReplay();
                        case 2 -> standby.resumeReplay();
                        case 3, 4 -> full.sync(SyncScope.CHANGES, committed);
                        case 5 -> timed.sync(SyncScope.CHANGES, committed);
                        case 6 -> full.sync(SyncScope.EVERYTHING, committed);
                        default ->
                            LockSupport.parkNanos(
                                    Duration.ofMillis(random.nextInt(100)).toNanos());
                    }
                }
            } finally {
                ended.set(true);
            }
            writer.join();

            cluster.standby().pauseReplay();
            cluster.standbys().get(1).resumeReplay();
            write(first, random, 10);
            full.sync(SyncScope.CHANGES, committed);
            timed.sync(SyncScope.CHANGES, committed);
            assertThat(site.sync()).isEqualTo(V1SyncEnd.COMPLETE);
            assertThat(full.versions()).isEqualTo(committed);
            assertThat(timed.versions()).isEqualTo(committed);
            assertThat(site.store().resources()).hasSameSizeAs(committed);
            committed.forEach((guid, version) -> assertThat(
                            site.store().resources().get(guid.toString()).field("title"))
                    .isEqualTo("Water " + version));
            assertThat(first.state().answered() + second.state().answered())
                    .as("reads that the replicas answered")
                    .isGreaterThan(100);
        }
    }

    /** Adds or changes resources, each in a transaction. */
    private void write(ReplicatedLibrary library, Random random, int number) {
        LibraryStorage storage = library.library().storage();
        Clock clock = library.library().clock();
        for (int i = 0; i < number; i++) {
            List<Guid> known = new ArrayList<>(committed.keySet());
            if (known.size() < 20 || (known.size() < 150 && random.nextInt(4) == 0)) {
                Guid guid = Guid.random();
                storage.resources()
                        .save(Resource.create(guid, Samples.titled("Water 1"), UserName.SYSTEM, clock.instant())
                                .approve(clock.instant()));
                committed.put(guid, 1);
            } else {
                Guid guid = known.get(random.nextInt(known.size()));
                int version = committed.get(guid) + 1;
                Resource resource = storage.resources().find(guid).orElseThrow();
                storage.resources()
                        .save(resource.edit(Samples.titled("Water " + version), UserName.SYSTEM, clock.instant()));
                committed.put(guid, version);
            }
        }
    }

    /** A library that pulls from the balancer. */
    private static final class Puller {
        private final InMemoryStorage storage = new InMemoryStorage();
        private final SyncService service;
        private final Peer peer;
        private int syncs;

        Puller(HttpPeerClient client, Peer peer) {
            this.peer = peer;
            this.service = SyncService.builder()
                    .storage(storage)
                    .client(client)
                    .clock(Clock.systemUTC())
                    .build();
            storage.peers().save(peer);
        }

        void sync(SyncScope scope, Map<Guid, Integer> committed) {
            Map<Guid, Integer> before = Map.copyOf(committed);
            SyncLog log = service.sync(peer, scope, SyncListener.NONE).log();
            syncs++;
            assertThat(log.status()).as(String.valueOf(log)).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(log.tally().withdrawn()).isZero();
            Map<Guid, Integer> after = versions();
            assertThat(before)
                    .allSatisfy((guid, version) -> assertThat(after.getOrDefault(guid, 0))
                            .as("version of %s in sync %d of peer %s", guid, syncs, peer.id())
                            .isGreaterThanOrEqualTo(version));
        }

        Map<Guid, Integer> versions() {
            Map<Guid, Integer> versions = new ConcurrentHashMap<>();
            storage.catalogue()
                    .all(0, 10_000)
                    .forEach(entry -> versions.put(
                            entry.resource().guid(),
                            Integer.valueOf(entry.resource()
                                    .content()
                                    .title()
                                    .in("en")
                                    .orElseThrow()
                                    .replaceFirst("Water ", ""))));
            return versions;
        }
    }

    /** A balancer that sends each request to one of several nodes. It has a second address that existing sites would have. */
    private static final class Balancer implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<String> nodes;
        private final Random random;
        private final HttpServer own;
        private final HttpServer existing;

        Balancer(List<String> nodes, long seed) throws IOException {
            this.nodes = nodes;
            this.random = new Random(seed);
            this.own = serve(true);
            this.existing = serve(false);
        }

        private HttpServer serve(boolean full) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> pass(exchange, full));
            server.start();
            return server;
        }

        private synchronized String node() {
            return nodes.get(random.nextInt(nodes.size()));
        }

        private void pass(HttpExchange exchange, boolean full) throws IOException {
            try (exchange) {
                String request = exchange.getRequestURI().toString();
                String passed = full ? request : request.replaceAll("([?&])full=true&?", "$1");
                HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create(node() + passed));
                String credentials = exchange.getRequestHeaders().getFirst("Authorization");
                if (credentials != null) {
                    sent.header("Authorization", credentials);
                }
                HttpResponse<byte[]> answer = client.send(sent.build(), HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String address(boolean full) {
            return "http://127.0.0.1:" + (full ? own : existing).getAddress().getPort();
        }

        @Override
        public void close() {
            own.stop(0);
            existing.stop(0);
            threads.shutdownNow();
        }
    }
}

package org.librarypeers.app;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/** A process that syncs is killed in the middle, with nothing left to tidy up. */
class KilledSyncTest {

    private static final int RESOURCES = 1_200;

    @TempDir
    private Path home;

    @Test
    @Timeout(120)
    void the_next_run_goes_on_behind_the_last_page_and_everything_is_there_once() throws Exception {
        try (RunningLibrary a = RunningLibrary.start();
                HoldingProxy proxy = new HoldingProxy(a.address(), 2)) {
            a.publishMany(RESOURCES);
            Settings settings = new Settings(home, null, null, List.of("en"));
            PeerHost host = PeerHost.of(proxy.address());
            ApiKey key = a.key(RunningLibrary.READER);
            try (Library b = Library.open(settings)) {
                b.storage().peers().save(new Peer(b.storage().peers().nextId(), "A", host, "reader", key, true, false));

                Process sync = syncInAnotherProcess();
                proxy.awaitHeld();
                sync.destroyForcibly().waitFor();
                long saved = b.storage().resources().counts().getOrDefault(Status.PENDING, 0L);
                assertThat(saved).as("resources of the committed page").isBetween(1L, RESOURCES - 1L);

                proxy.letThrough();
                Process again = syncInAnotherProcess();
                assertThat(again.waitFor()).isZero();

                assertThat(b.storage().resources().counts()).containsOnly(Map.entry(Status.PENDING, (long) RESOURCES));
                List<SyncLog> runs = b.storage().syncLogs().recent(null, 10);
                assertThat(runs)
                        .extracting(SyncLog::status)
                        .containsExactly(SyncStatus.SUCCEEDED, SyncStatus.INTERRUPTED);
                assertThat(runs.get(0).tally().added()).isEqualTo((int) (RESOURCES - saved));
                assertThat(runs.get(1).tally().added()).isEqualTo((int) saved);
                assertThat(runs.get(1).message()).contains("run " + runs.get(0).id());
            }
        }
    }

    private Process syncInAnotherProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("sync_peer_resources", "--home", home.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("sync.log").toFile())
                .start();
    }

    /** Passes requests on, and holds back the answer to one of them until it is told to let through. */
    private static final class HoldingProxy implements AutoCloseable {

        private final HttpClient client = HttpClient.newHttpClient();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final AtomicInteger requests = new AtomicInteger();
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final String target;
        private final int holdFrom;
        private final HttpServer server;

        HoldingProxy(String target, int holdFrom) throws IOException {
            this.target = target;
            this.holdFrom = holdFrom;
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::pass);
            server.start();
        }

        private void pass(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (requests.incrementAndGet() >= holdFrom) {
                    held.countDown();
                    open.await(100, TimeUnit.SECONDS);
                }
                HttpRequest request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                        .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                        .build();
                HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        void awaitHeld() throws InterruptedException {
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void letThrough() {
            open.countDown();
        }

        @Override
        public void close() {
            open.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }
}

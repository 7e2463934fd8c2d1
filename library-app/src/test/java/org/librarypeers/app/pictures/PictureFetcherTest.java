package org.librarypeers.app.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.app.outgoing.GuardedClient;
import org.librarypeers.app.outgoing.GuardedResolver;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureTask;

/** Tests of the client that fetches pictures from addresses that other libraries wrote. */
@Timeout(60)
class PictureFetcherTest {

    private static final byte[] PICTURE = SamplePictures.bytes("png", 40, 20);
    private static final long MAX_BYTES = 10_000;

    /** More than the operating system may hold between two programs. */
    private static final long BUFFERED_BYTES = 30_000_000;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong sent = new AtomicLong();
    private final List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private GuardedResolver.Names names;
    private InetSocketAddress proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        names = InetAddress::getAllByName;
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        received.add(path);
        String target = exchange.getRequestURI().getQuery();
        if (path.startsWith("/long?")) {
            exchange.getResponseHeaders().set("Location", target);
            exchange.sendResponseHeaders(302, 0);
            endless(exchange);
        } else if (path.startsWith("/to?")) {
            exchange.getResponseHeaders().set("Location", target);
            exchange.sendResponseHeaders(302, -1);
        } else if (path.startsWith("/missing")) {
            exchange.sendResponseHeaders(404, -1);
        } else if (path.startsWith("/slow")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PICTURE, 0, 5);
            exchange.getResponseBody().flush();
            await();
        } else if (path.startsWith("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            endless(exchange);
        } else if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE);
        }
        exchange.close();
    }

    private void endless(HttpExchange exchange) {
        try {
            while (true) {
                exchange.getResponseBody().write(new byte[1_000]);
                sent.addAndGet(1_000);
            }
        } catch (IOException e) {
            // The client has had enough.
        }
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String here() {
        return "http://127.0.0.1:" + port();
    }

    private static PictureTask task(String address, @Nullable String etag, String... peers) {
        Set<PeerHost> hosts =
                Set.copyOf(List.of(peers).stream().map(PeerHost::of).toList());
        return new PictureTask(1, address, "/", 0, null, etag, null, hosts);
    }

    private Object outcome(PictureTask task) throws IOException {
        GuardedResolver.Names counted = host -> {
            lookedUp.add(host);
            return names.lookUp(host);
        };
        OutgoingSettings settings =
                new OutgoingSettings(proxy, "amina", "geheim", List.of("direct.example"), List.of());
        GuardedClient client = new GuardedClient(
                new OutgoingRoute(settings),
                tls(),
                () -> "test library",
                new GuardedClient.Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(4)),
                counted);
        try (PictureFetcher fetcher = new PictureFetcher(client, MAX_BYTES)) {
            return fetcher.fetch(task, true, folder.resolve("picture"));
        } catch (PictureException e) {
            return e.problem();
        }
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_picture_of_the_peers_own_private_host_is_fetched() throws IOException {
        assertThat(outcome(task(here() + "/a b ü.png#part", null, here())))
                .isEqualTo(new PictureFetcher.Answer.Received("\"1\"", null));
        assertThat(folder.resolve("picture")).hasBinaryContent(PICTURE);
        assertThat(received).containsExactly("/a%20b%20%C3%BC.png");

        assertThat(outcome(task(here() + "/a.png", "\"1\"", here()))).isEqualTo(new PictureFetcher.Answer.Unchanged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/a.png",
                "http://localhost:PORT/a.png",
                "http://[::1]:PORT/a.png",
                "http://[::ffff:127.0.0.1]:PORT/a.png",
                "http://[64:ff9b::7f00:1]:PORT/a.png",
                "http://2130706433:PORT/a.png",
                "http://127.1:PORT/a.png",
                "http://0.0.0.0:PORT/a.png",
                "http://10.0.0.1/a.png",
                "http://169.254.169.254/latest/meta-data",
                "http://192.168.1.1/a.png",
                "http://100.64.0.1/a.png",
                "http://[fd00::1]/a.png",
                "http://[fe80::1]/a.png",
                "http://224.0.0.1/a.png",
            })
    void a_private_address_is_refused_without_a_connection(String address) throws IOException {
        assertThat(outcome(task(address.replace("PORT", String.valueOf(port())), null)))
                .isIn(PictureProblem.PRIVATE_ADDRESS, PictureProblem.ADDRESS);
        assertThat(received).isEmpty();
    }

    @Test
    void another_port_of_the_peers_own_host_is_refused() throws IOException {
        assertThat(outcome(task(here() + "/a.png", null, "http://127.0.0.1:1")))
                .isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(received).isEmpty();
    }

    @Test
    void each_redirect_is_checked() throws IOException {
        String other = "http://localhost:" + port() + "/a.png";

        assertThat(outcome(task(here() + "/to?" + other, null, here()))).isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(outcome(task(here() + "/to?file:///etc/passwd", null, here())))
                .isEqualTo(PictureProblem.ADDRESS);
        assertThat(outcome(task(here() + "/to?/to?/missing", null, here()))).isEqualTo(PictureProblem.STATUS);
        assertThat(received)
                .containsExactly(
                        "/to?" + other, "/to?file:///etc/passwd", "/to?/to?/missing", "/to?/missing", "/missing");

        assertThat(outcome(task(here() + "/to?/a.png", null, here())))
                .isInstanceOf(PictureFetcher.Answer.Received.class);
        server.createContext("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        assertThat(outcome(task(here() + "/loop", null, here()))).isEqualTo(PictureProblem.REDIRECTS);
    }

    @Test
    void a_name_that_changes_its_address_reaches_no_other_than_the_checked_one() throws IOException {
        // Public when it is looked up first, private afterwards.
        InetAddress[] answers = {InetAddress.getByName("127.0.0.1")};
        names = host -> {
            if (lookedUp.size() > 1) {
                return answers;
            }
            throw new UnknownHostException(host);
        };
        String address = "http://rebinding.example:" + port() + "/a.png";

        assertThat(outcome(task(address, null))).isEqualTo(PictureProblem.NOT_REACHED);
        assertThat(outcome(task(address, null))).isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(received).isEmpty();

        // The connection is made to the address of the only look-up, although the name itself does not exist.
        assertThat(outcome(task(address, null, "http://rebinding.example:" + port())))
                .isInstanceOf(PictureFetcher.Answer.Received.class);
        assertThat(lookedUp).hasSize(3);
    }

    @Test
    void an_answer_that_nothing_has_changed_is_an_error_if_there_is_nothing_yet() throws IOException {
        server.createContext("/unchanged", exchange -> {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        });
        try (PictureFetcher fetcher = new PictureFetcher(
                new OutgoingRoute(new OutgoingSettings(null, null, "", List.of(), List.of())),
                tls(),
                () -> "test library",
                MAX_BYTES)) {
            assertThatExceptionOfType(PictureException.class)
                    .isThrownBy(() ->
                            fetcher.fetch(task(here() + "/unchanged", null, here()), false, folder.resolve("picture")));
        }
    }

    @Test
    void one_private_address_among_several_is_enough_to_refuse_a_host() throws IOException {
        names = host -> new InetAddress[] {InetAddress.getByName("192.0.32.1"), InetAddress.getByName("127.0.0.1")};
        assertThat(outcome(task("http://both.example:" + port() + "/a.png", null)))
                .isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(received).isEmpty();
    }

    @Test
    void bytes_and_time_are_limited() throws IOException {
        assertThat(outcome(task(here() + "/endless", null, here()))).isEqualTo(PictureProblem.TOO_LARGE);
        assertThat(Files.size(folder.resolve("picture"))).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(outcome(task(here() + "/slow", null, here()))).isEqualTo(PictureProblem.TOO_SLOW);
        assertThat(outcome(task(here() + "/missing", null, here()))).isEqualTo(PictureProblem.STATUS);
    }

    @Test
    void no_more_is_read_than_needed() throws IOException {
        assertThat(outcome(task(here() + "/endless", null, here()))).isEqualTo(PictureProblem.TOO_LARGE);
        assertThat(outcome(task(here() + "/long?" + here() + "/a.png", null, here())))
                .isInstanceOf(PictureFetcher.Answer.Received.class);
        assertThat(sent).hasValueLessThan(BUFFERED_BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/a.png",
                "/a.png",
                "http://amina:secret@127.0.0.1/a.png",
                "http:///a.png",
                "http://"
            })
    void an_unusable_address_is_refused(String address) throws IOException {
        assertThat(outcome(task(address, null))).isEqualTo(PictureProblem.ADDRESS);
    }

    @Test
    void a_proxy_is_used_and_looks_up_the_names_itself() throws IOException {
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
        assertThat(outcome(task("http://pictures.example/a.png", null)))
                .isInstanceOf(PictureFetcher.Answer.Received.class);
        assertThat(received).containsExactly("http://pictures.example/a.png");
        assertThat(lookedUp).doesNotContain("pictures.example");

        // A literal address needs no look-up, and a direct host does not go through the proxy.
        assertThat(outcome(task("http://10.0.0.1/a.png", null))).isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(outcome(task(here() + "/a.png", null))).isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        names = host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        assertThat(outcome(task("http://direct.example:" + port() + "/a.png", null)))
                .isEqualTo(PictureProblem.PRIVATE_ADDRESS);
        assertThat(received).hasSize(1);
    }

    @Test
    void closing_ends_a_running_request() throws Exception {
        PictureFetcher fetcher = new PictureFetcher(
                new OutgoingRoute(new OutgoingSettings(null, null, "", List.of(), List.of())),
                tls(),
                () -> "test library",
                MAX_BYTES);
        var running =
                threads.submit(() -> fetcher.fetch(task(here() + "/slow", null, here()), true, folder.resolve("p")));
        while (received.isEmpty()) {
            Thread.onSpinWait();
        }
        fetcher.close();

        assertThat(running).failsWithin(Duration.ofSeconds(30));
    }
}

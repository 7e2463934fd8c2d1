package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.ImageHostRepository.ImageHost;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of how the check of image hosts decides over time, with slow, missing and refused answers. */
@Timeout(120)
class ImageHostsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration FOR_EVER = Duration.ofSeconds(100);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer server;
    private PeerHost host;
    private String image;
    private final SettableClock clock = new SettableClock(NOON);

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        image = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.png";
        host = PeerHost.ofAddress(image).orElseThrow();
    }

    /** The requests that the host received. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
    }

    private void answer(int status, boolean hold) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " by "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            if (hold) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private ImageHosts hosts(Duration patience) {
        return new ImageHosts(storage.imageHosts(), any -> true, () -> "test library", clock, patience);
    }

    private Guid published() {
        Guid guid = Guid.random();
        storage.resources()
                .save(Resource.create(
                                guid,
                                ResourceContent.titled(LocalizedText.of("en", "With an image"))
                                        .image(image)
                                        .build(),
                                new UserName("amina"),
                                NOON)
                        .approve(NOON));
        return guid;
    }

    private Instant updated(Guid guid) {
        return storage.resources().find(guid).orElseThrow().updated();
    }

    @Test
    void images_on_a_host_that_answers_with_an_error_are_served_from_the_first_request() {
        answer(404, false);
        Guid guid = published();

        assertThat(hosts(FOR_EVER).forOneRequest().test(image)).isTrue();
        assertThat(asked).containsExactly("HEAD /a.png by test library");
        assertThat(storage.imageHosts().find(host)).contains(new ImageHost(host, true, NOON));
        assertThat(updated(guid)).isEqualTo(NOON);
    }

    @Test
    void the_decision_on_a_slow_host_stays_until_it_answers_and_then_the_update_date_changes() throws Exception {
        answer(200, true);
        Guid guid = published();
        ImageHosts hosts = hosts(FOR_EVER);

        assertThat(hosts.forOneRequest().test(image)).isFalse();
        assertThat(hosts.forOneRequest().test(image)).isFalse();
        assertThat(updated(guid)).isEqualTo(NOON);

        clock.set(NOON.plusSeconds(5));
        var check = hosts.check(host, image);
        held.countDown();
        check.get();

        assertThat(hosts.forOneRequest().test(image)).isTrue();
        assertThat(updated(guid)).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void images_on_a_host_that_has_become_slow_are_still_served() throws Exception {
        answer(200, true);
        Guid guid = published();
        storage.imageHosts().save(new ImageHost(host, true, NOON));
        clock.set(NOON.plus(Duration.ofMinutes(10)).plusSeconds(1));
        ImageHosts hosts = hosts(Duration.ofMillis(200));

        assertThat(hosts.forOneRequest().test(image)).isTrue();
        hosts.check(host, image).get();

        assertThat(hosts.forOneRequest().test(image)).isTrue();
        assertThat(storage.imageHosts().find(host)).contains(new ImageHost(host, true, clock.instant()));
        assertThat(updated(guid)).isEqualTo(NOON);
    }

    @Test
    void images_on_a_host_that_refuses_disappear_after_the_next_check_and_the_update_date_changes() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            image = "http://127.0.0.1:" + free.getLocalPort() + "/a.png";
        }
        host = PeerHost.ofAddress(image).orElseThrow();
        Guid guid = published();
        storage.imageHosts().save(new ImageHost(host, true, NOON));
        ImageHosts hosts = hosts(FOR_EVER);

        // The next check is not due yet.
        assertThat(hosts.forOneRequest().test(image)).isTrue();
        assertThat(storage.imageHosts().find(host)).contains(new ImageHost(host, true, NOON));

        clock.set(NOON.plus(Duration.ofMinutes(10)).plusSeconds(1));
        assertThat(hosts.forOneRequest().test(image)).isTrue();
        hosts.check(host, image).get();

        assertThat(hosts.forOneRequest().test(image)).isFalse();
        assertThat(updated(guid)).isEqualTo(clock.instant());
    }

    @Test
    void a_decision_is_checked_again_after_ten_minutes_and_not_before() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        server.createContext("/", exchange -> {
            first.complete(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        storage.imageHosts().save(new ImageHost(host, true, NOON));
        ImageHosts hosts = hosts(FOR_EVER);

        clock.set(NOON.plus(Duration.ofMinutes(10)));
        assertThat(hosts.forOneRequest().test(image.replace("/a.png", "/early.png")))
                .isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(hosts.forOneRequest().test(image)).isTrue();

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("/a.png");
    }

    @Test
    void within_one_request_all_images_of_a_host_get_the_same_decision() {
        answer(200, false);
        storage.imageHosts().save(new ImageHost(host, false, NOON));
        var request = hosts(FOR_EVER).forOneRequest();

        assertThat(request.test(image)).isFalse();
        storage.imageHosts().save(new ImageHost(host, true, NOON));
        assertThat(request.test(image + "?2")).isFalse();
    }

    @Test
    void decisions_apply_to_other_nodes_and_after_a_restart() {
        storage.imageHosts().save(new ImageHost(host, true, NOON));
        server.stop(0);

        assertThat(hosts(FOR_EVER).forOneRequest().test(image)).isTrue();
        assertThat(hosts(FOR_EVER).forOneRequest().test(image)).isTrue();
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.http.AskingAPeer.failure;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;

/** Tests with a proxy that is the only way to the peer. */
@Timeout(60)
class ProxyTest {

    /** A peer whose name only the proxy knows. */
    private static final Peer BEHIND = FakePeer.peer("http://library.example.invalid");

    private final FakePeer peer = new FakePeer();

    ProxyTest() {
        peer.otherwise(request -> FakePeer.Answer.json(AskingAPeer.EMPTY));
    }

    @AfterEach
    void close() {
        peer.close();
    }

    private int port() {
        return URI.create(peer.peer().address()).getPort();
    }

    private static HttpPeerClient.Builder through(TestProxy proxy) {
        return HttpPeerClient.builder()
                .backoff(Duration.ofMillis(1))
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(10))
                .proxy(proxy.address());
    }

    @Test
    void a_peer_is_reached_through_the_proxy_with_its_credentials() throws Exception {
        try (TestProxy proxy = TestProxy.to(port(), "asha", "sesame: ü");
                HttpPeerClient client =
                        through(proxy).proxyCredentials("asha", "sesame: ü").build()) {
            assertThat(client.check(BEHIND).approved()).isZero();

            assertThat(proxy.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET http://library.example.invalid/api/v1/resource/");
        }
        assertThat(peer.requests).singleElement().satisfies(request -> {
            assertThat(request.header("Host")).isEqualTo("library.example.invalid");
            assertThat(request.header("Authorization")).startsWith("ApiKey ");
        });
    }

    @Test
    void a_request_of_another_protocol_goes_through_the_proxy_too_and_has_no_credentials_of_the_peer()
            throws Exception {
        List<RequestListener.SentRequest> heard = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://library.example.invalid/oai?verb=Identify"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (TestProxy proxy = TestProxy.to(port(), "asha", "sesame");
                HttpPeerClient client = through(proxy)
                        .proxyCredentials("asha", "sesame")
                        .contact("admin@example.org")
                        .listener(heard::add)
                        .build()) {
            HttpResponse<InputStream> answer = client.send(BEHIND, request);
            answer.body().close();

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(proxy.requests()).hasSize(1);
        }
        assertThat(peer.requests).singleElement().satisfies(sent -> {
            assertThat(sent.header("User-Agent")).contains("admin@example.org");
            assertThat(sent.header("Authorization")).isNull();
        });
        assertThat(heard).singleElement().satisfies(sent -> {
            assertThat(sent.peer()).isEqualTo(BEHIND);
            assertThat(sent.status()).isEqualTo(200);
        });
    }

    @Test
    void wrong_credentials_are_named_and_not_shown() throws Exception {
        try (TestProxy proxy = TestProxy.to(port(), "asha", "sesame");
                HttpPeerClient client =
                        through(proxy).proxyCredentials("asha", "hidden").build()) {
            assertThat(failure(() -> client.check(BEHIND)))
                    .hasMessageContaining(
                            "cannot be reached: the proxy " + proxy.address().getHostString())
                    .hasMessageContaining("check the credentials for the proxy")
                    .hasMessageNotContaining("hidden")
                    .extracting("reason")
                    .isEqualTo(PeerTrouble.UNREACHABLE);
        }
        assertThat(peer.requests).isEmpty();
    }

    @Test
    void a_proxy_that_does_not_run_is_named() throws Exception {
        TestProxy proxy = TestProxy.to(port());
        proxy.close();
        try (HttpPeerClient client = through(proxy).build()) {
            assertThat(failure(() -> client.check(BEHIND)))
                    .hasMessageStartingWith(
                            "http://library.example.invalid cannot be reached: there is no connection to the"
                                    + " proxy ")
                    .hasMessageContaining(":" + proxy.address().getPort() + ";");
        }
    }

    @Test
    void direct_hosts_are_reached_without_the_proxy() throws Exception {
        try (TestProxy proxy = TestProxy.to(port());
                HttpPeerClient client = through(proxy)
                        .directHosts(List.of("127.0.0.1", "localhost"))
                        .build()) {
            assertThat(client.check(peer.peer()).approved()).isZero();

            assertThat(proxy.requests()).isEmpty();
        }
        assertThat(peer.requests).hasSize(1);
    }

    @Test
    void a_peer_with_a_certificate_of_a_private_authority_is_reached_through_a_tunnel(@TempDir Path folder)
            throws Exception {
        Certificates certificates = Certificates.in(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.showing("good")));
        server.createContext("/", exchange -> {
            byte[] body = AskingAPeer.EMPTY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Peer https = FakePeer.peer("https://localhost");
        try (TestProxy proxy = TestProxy.to(server.getAddress().getPort());
                HttpPeerClient trusting = through(proxy)
                        .authorities(List.of(certificates.authority()))
                        .build();
                HttpPeerClient other = through(proxy).build()) {
            assertThat(trusting.check(https).approved()).isZero();
            assertThat(proxy.requests()).singleElement().asString().startsWith("CONNECT localhost:443 ");

            assertThat(failure(() -> other.check(https)).reason()).isEqualTo(PeerTrouble.CERTIFICATE_UNTRUSTED);
        } finally {
            server.stop(0);
        }
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Tests with peers that use TLS, with certificates of all kinds. */
@Timeout(60)
class TlsTest {

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answered = new AtomicInteger();
    private HttpsServer server;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.in(folder);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    private int serve(String certificate) throws Exception {
        SSLContext context = certificates.showing(certificate);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            answered.incrementAndGet();
            byte[] body = AskingAPeer.EMPTY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    private static Peer peer(String scheme, int port) {
        return FakePeer.peer(scheme + "://localhost:" + port);
    }

    private static HttpPeerClient client() throws Exception {
        return builder().trust(certificates.trusting()).build();
    }

    private static HttpPeerClient.Builder builder() {
        return HttpPeerClient.builder()
                .backoff(Duration.ofMillis(1))
                .requestTimeout(Duration.ofSeconds(10))
                .connectTimeout(Duration.ofSeconds(10));
    }

    /** Returns the failure of a connection check, and asserts that a sync fails in the same way. */
    private static PeerException wrong(HttpPeerClient client, Peer peer) {
        PeerException looked = catchThrowableOfType(PeerException.class, () -> client.check(peer));
        try (PeerSession session = client.open(peer)) {
            PeerException read = catchThrowableOfType(PeerException.class, () -> session.changes(null));
            assertThat(read.reason()).isEqualTo(looked.reason());
            assertThat(read).hasMessage(looked.getMessage());
        }
        assertThat(looked).hasMessageNotContaining(FakePeer.KEY);
        return looked;
    }

    @Test
    void a_certificate_that_is_trusted_is_no_trouble() throws Exception {
        int port = serve("good");
        try (HttpPeerClient client = client()) {
            assertThat(client.check(peer("https", port)).approved()).isZero();
        }
        assertThat(answered).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"expired, CERTIFICATE_EXPIRED", "other, CERTIFICATE_OF_ANOTHER"})
    void what_is_wrong_with_a_certificate_is_named(String certificate, PeerTrouble reason) throws Exception {
        int port = serve(certificate);
        try (HttpPeerClient client = client()) {
            assertThat(wrong(client, peer("https", port)).reason()).isEqualTo(reason);
        }
        assertThat(answered).hasValue(0);
    }

    @Test
    void a_certificate_of_an_authority_that_is_not_known_is_not_trusted() throws Exception {
        int port = serve("good");
        try (HttpPeerClient client = builder().build()) {
            assertThat(wrong(client, peer("https", port)).reason()).isEqualTo(PeerTrouble.CERTIFICATE_UNTRUSTED);
        }
        assertThat(answered).hasValue(0);
    }

    @Test
    void an_address_without_tls_where_tls_is_spoken_is_named() throws Exception {
        int port = serve("good");
        try (HttpPeerClient client = client()) {
            PeerException said = wrong(client, peer("http", port));

            assertThat(said.reason()).isEqualTo(PeerTrouble.NEEDS_TLS);
            assertThat(said).hasMessageContaining("https://");
        }
        assertThat(answered).hasValue(0);
    }

    /** The server answers plain HTTP with 400 and a TLS handshake with TLS, as many servers do. */
    @Test
    void a_server_that_answers_400_to_plain_http_and_speaks_tls_is_named() throws Exception {
        int behind = serve("good");
        try (ServerSocket front = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpPeerClient client = client()) {
            threads.execute(() -> accept(front, behind));

            assertThat(wrong(client, peer("http", front.getLocalPort())).reason())
                    .isEqualTo(PeerTrouble.NEEDS_TLS);
        }
    }

    private void accept(ServerSocket front, int behind) {
        while (!front.isClosed()) {
            try {
                Socket caller = front.accept();
                threads.execute(() -> answer(caller, behind));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void answer(Socket caller, int behind) {
        try (caller) {
            int first = caller.getInputStream().read();
            if (first != 0x16) {
                caller.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            try (Socket tls = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                tls.getOutputStream().write(first);
                threads.execute(() -> copy(caller, tls));
                copy(tls, caller);
            }
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two sides has disconnected.
        }
    }
}

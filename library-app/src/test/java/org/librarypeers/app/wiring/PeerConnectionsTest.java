package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.http.Certificates;
import org.librarypeers.http.TestProxy;

/** Tests with a process of its own, because Java reads what it permits in tunnels only once. */
@Timeout(180)
class PeerConnectionsTest {

    private static final String EMPTY =
            "{\"meta\": {\"limit\": 500, \"next\": null, \"offset\": 0, \"total_count\": 0}, \"objects\": []}";

    @TempDir
    private Path folder;

    private HttpsServer https(Certificates certificates) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.showing("good")));
        server.createContext("/", exchange -> {
            byte[] body = EMPTY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void a_sync_goes_through_a_proxy_with_a_password_to_a_peer_with_a_private_certificate() throws Exception {
        Certificates certificates = Certificates.in(folder);
        Path authority = Files.writeString(
                folder.resolve("authority.pem"),
                "The authority of our ministry\n-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(certificates.authority().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        Path password = Files.writeString(folder.resolve("password"), "open sesame\n");
        HttpsServer server = https(certificates);
        try (RunningLibrary running = RunningLibrary.start();
                TestProxy proxy = TestProxy.to(server.getAddress().getPort(), "asha", "open sesame")) {
            running.library()
                    .storage()
                    .peers()
                    .save(Peer.builder()
                            .id(running.library().storage().peers().nextId())
                            .name("Ministry")
                            .host(PeerHost.of("https://localhost"))
                            .credentials("me", new ApiKey("0123456789abcdef"))
                            .build());
            Files.writeString(
                    folder.resolve("library.properties"),
                    "http.proxy = " + proxy.address().getHostString() + ":"
                            + proxy.address().getPort()
                            + "\nhttp.proxy-user = asha\nhttp.direct-hosts = intranet.example.org\nhttp.authorities = "
                            + authority + "\n");
            Files.copy(running.home().resolve("secret.key"), folder.resolve("secret.key"));
            try (AppProcess sync = AppProcess.start(
                    folder,
                    List.of(),
                    builder -> {
                        builder.environment().putAll(running.environment());
                        builder.environment().put("LIBRARY_HTTP_PROXY_PASSWORD_FILE", password.toString());
                    },
                    "sync_peer_resources",
                    "--home=" + folder)) {
                assertThat(sync.exitCode()).as(sync.out() + sync.err()).isZero();
            }
            assertThat(proxy.requests()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT localhost:443 "));
        } finally {
            server.stop(0);
        }
    }
}

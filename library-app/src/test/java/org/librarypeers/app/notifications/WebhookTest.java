package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.notifications.OutboxEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the webhook over a socket, with an independent check of its signatures. */
@Timeout(120)
class WebhookTest {

    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration LONG = OutboxSender.LONGEST_WAIT.plusMinutes(1);

    private final List<Map<String, String>> requests = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;
    private NotifiedLibrary library;
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/hook", exchange -> {
            requests.add(Map.of(
                    "method", exchange.getRequestMethod(),
                    "type", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    "id", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                    "time", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                    "signature", String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")),
                    "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(statuses.isEmpty() ? 200 : statuses.remove(), -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden");
        library = new NotifiedLibrary(
                null, new WebhookSettings(url, Base64.getDecoder().decode(SECRET)));
        peer = library.addPeer("Bibliothèque 🩺", "https://orb.example.org");
    }

    @AfterEach
    void stop() {
        library.close();
        server.stop(0);
    }

    /** Returns the signature as docs/notifications.md says that a receiver computes it. */
    private static String signature(Map<String, String> request) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
        String signed = request.get("id") + "." + request.get("time") + "." + request.get("body");
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode body(Map<String, String> request) {
        return JsonMapper.builder().build().readTree(request.get("body"));
    }

    @Test
    void an_event_is_posted_signed_with_its_data() throws Exception {
        library.fail(peer, "unreachable");
        library.notifications().sendDue();

        assertThat(requests).hasSize(2);
        for (Map<String, String> request : requests) {
            assertThat(request.get("signature")).isEqualTo(signature(request));
            assertThat(request.get("method")).isEqualTo("POST");
            assertThat(request.get("type")).isEqualTo("application/json");
            assertThat(request.get("time"))
                    .isEqualTo(String.valueOf(library.clock().instant().getEpochSecond()));
        }
        assertThat(requests)
                .extracting(request -> body(request).get("type").asString())
                .containsExactlyInAnyOrder("peer.failing", "run.finished");
        JsonNode failing = requests.stream()
                .map(WebhookTest::body)
                .filter(body -> body.get("type").asString().equals("peer.failing"))
                .findFirst()
                .orElseThrow();
        assertThat(failing.at("/data/peer").asLong()).isEqualTo(peer.id().value());
        assertThat(failing.at("/data/name").asString()).isEqualTo("Bibliothèque 🩺");
        assertThat(failing.at("/data/host").asString()).isEqualTo("https://orb.example.org");
        assertThat(failing.at("/data/message").asString()).isEqualTo("unreachable");
        assertThat(failing.get("timestamp").asString())
                .isEqualTo(library.clock().instant().toString());
    }

    @Test
    void a_signature_is_that_of_the_example_in_the_documentation() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "notifications.md"));
        Map<String, String> example = Pattern.compile("^\\| `?([a-z-]+)`? \\| `(.*)` \\|$", Pattern.MULTILINE)
                .matcher(text.substring(text.indexOf("<!-- example -->")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        byte[] secret = Configuration.defaults()
                .with(Settings.WEBHOOK_SECRET, example.get("secret"))
                .get(Settings.WEBHOOK_SECRET);
        String signed = example.get("webhook-id") + "." + example.get("webhook-timestamp") + "." + example.get("body");
        assertThat("v1," + Webhook.signature(secret, signed)).isEqualTo(example.get("webhook-signature"));
        assertThat(text)
                .contains("`peer.failing`", "`peer.recovered`", "`run.finished`", "`review.waiting`")
                .contains("`quarantine.growing`", "`disk.low`", "`disk.recovered`");
    }

    @Test
    void an_event_that_was_not_accepted_is_posted_again_with_the_same_id() {
        statuses.addAll(List.of(200, 500, 302));
        library.fail(peer, "unreachable");
        library.notifications().sendDue();
        assertThat(library.storage().outbox().unsent(10))
                .singleElement()
                .extracting(OutboxEntry::error)
                .asString()
                .contains("answered 500")
                .doesNotContain("hidden");
        library.after(LONG);
        assertThat(library.storage().outbox().unsent(10).get(0).error()).contains("answered 302", "webhook.url");

        library.after(LONG);

        assertThat(library.storage().outbox().unsent(10)).isEmpty();
        assertThat(requests).hasSize(4);
        assertThat(requests.subList(1, 4))
                .extracting(request -> request.get("id"))
                .containsOnly(requests.get(1).get("id"));
        assertThat(requests)
                .extracting(request -> request.get("body"))
                .filteredOn(body -> body.contains("elsewhere"))
                .isEmpty();
    }

    @Test
    void a_receiver_that_is_down_gets_everything_later() throws IOException {
        InetSocketAddress address = server.getAddress();
        server.stop(0);
        library.fail(peer, "unreachable");
        library.notifications().sendDue();
        assertThat(library.storage().outbox().unsent(10)).hasSize(2);
        assertThat(library.storage().outbox().unsent(10).toString())
                .contains("cannot be reached")
                .doesNotContain("hidden");

        server = HttpServer.create(address, 0);
        server.createContext("/hook", exchange -> {
            requests.add(Map.of());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        library.after(LONG);

        assertThat(requests).hasSize(2);
        assertThat(library.storage().outbox().unsent(10)).isEmpty();
    }
}

package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.notifications.OutboxMessage;

/** Tests what the metrics of a library say after it was used, and who can read them. */
class MetricsTest {

    private static final String TOKEN = "a-token-for-prometheus";
    private static final Pattern NAME = Pattern.compile("^([a-z_]+)[{ ]", Pattern.MULTILINE);
    private static final Pattern LIBRARY_NAME = Pattern.compile("\\blibrary_[a-z_]+");

    private static RunningLibrary other;
    private static RunningLibrary library;
    private static String text;
    private static String peer;

    @BeforeAll
    static void use() throws Exception {
        other = RunningLibrary.start();
        other.publish("Hand washing");
        other.publish("Clean water");
        library = RunningLibrary.start(
                settings -> settings.with(Settings.METRICS_TOKEN, TOKEN).with(Settings.METRICS_PORT, "0"));
        Peer good = library.addPeer(other);
        peer = other.address();
        library.library().sync().sync(good, SyncListener.NONE);
        Peer gone = Peer.builder()
                .id(library.library().storage().peers().nextId())
                .name("Gone")
                .host(PeerHost.of("http://127.0.0.1:" + freePort()))
                .credentials("reader", other.key(RunningLibrary.READER))
                .build();
        library.library().storage().peers().save(gone);
        library.library().sync().preview(good, SyncListener.NONE);
        PageClient client = new PageClient(library.address());
        client.get("/about");
        client.get("/tag/no-such-tag");
        client.get("/no-such-page");
        client.signIn("reader", "not the password");
        OutboxMessage message = new OutboxMessage(
                new UUID(0, 1),
                OutboxMessage.Channel.MAIL,
                "asha@example.org",
                "A subject",
                "A text",
                library.library().clock().instant().minusSeconds(100),
                library.library().clock().instant().plusSeconds(100),
                0);
        library.library().storage().outbox().add(message);
        library.execute("insert into picture (key, address, host, due, problem) values"
                + " ('1', 'https://a.example/1.png', 'https://a.example', null, 'format'),"
                + " ('2', 'https://a.example/2.png', 'https://a.example', now() + interval '1 day', 'status'),"
                + " ('3', 'https://a.example/3.png', 'https://a.example', now() + interval '1 day', null)");
        // As if the webhook had been switched off before it was sent.
        library.library()
                .storage()
                .outbox()
                .add(new OutboxMessage(
                        new UUID(0, 2),
                        OutboxMessage.Channel.WEBHOOK,
                        null,
                        "run.finished",
                        "{}",
                        library.library().clock().instant().minusSeconds(100),
                        library.library().clock().instant().minusSeconds(1),
                        0));
        library.library().events().messageSent(OutboxMessage.Channel.WEBHOOK);
        text = library.get("/metrics", "Authorization", "Bearer " + TOKEN).body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        library.close();
        other.close();
    }

    @Test
    void a_sync_is_counted_by_peer_and_outcome_and_a_preview_is_not() {
        assertThat(value("library_sync_runs_seconds_count{outcome=\"succeeded\",peer=\"" + peer + "\"}"))
                .isEqualTo(1);
        assertThat(value("library_sync_items_total{outcome=\"new\",peer=\"" + peer + "\"}"))
                .isEqualTo(2);
        assertThat(value("library_sync_items_total{outcome=\"failed\",peer=\"" + peer + "\"}"))
                .isZero();
        assertThat(value("library_peer_requests_seconds_count{peer=\"" + peer + "\",status=\"200\"}"))
                .isPositive();
        assertThat(value("library_peer_since_success_seconds{peer=\"" + peer + "\"}"))
                .isBetween(0.0, 60.0);
        assertThat(value("library_peer_quarantine_items{peer=\"" + peer + "\"}"))
                .isZero();
    }

    @Test
    void a_peer_that_was_never_synced_has_no_time_since_a_success() {
        assertThat(text.lines().filter(line -> line.startsWith("library_peer_since_success_seconds{")))
                .hasSize(1);
        assertThat(text.lines().filter(line -> line.startsWith("library_peer_quarantine_items{")))
                .hasSize(2);
    }

    @Test
    void the_inbox_tells_its_size_and_its_age() {
        assertThat(value("library_inbox_items{kind=\"pending\"}")).isEqualTo(2);
        assertThat(value("library_inbox_items{kind=\"withdrawn\"}")).isZero();
        assertThat(value("library_inbox_oldest_seconds")).isBetween(0.0, 60.0);
    }

    @Test
    void pictures_that_are_not_shown_are_counted() {
        assertThat(value("library_pictures{state=\"waiting\"}")).isEqualTo(2);
        assertThat(value("library_pictures{state=\"failed\"}")).isEqualTo(1);
    }

    @Test
    void the_outbox_tells_its_size_and_its_age() {
        assertThat(value("library_outbox_messages{channel=\"mail\",state=\"waiting\"}"))
                .isEqualTo(1);
        assertThat(value("library_outbox_messages{channel=\"mail\",state=\"failed\"}"))
                .isZero();
        assertThat(value("library_outbox_oldest_seconds{channel=\"mail\"}")).isBetween(100.0, 200.0);
        assertThat(value("library_outbox_oldest_seconds{channel=\"webhook\"}")).isZero();
        assertThat(value("library_outbox_messages{channel=\"webhook\",state=\"waiting\"}"))
                .isZero();
        assertThat(value("library_outbox_messages{channel=\"webhook\",state=\"failed\"}"))
                .isEqualTo(1);
        assertThat(value("library_messages_total{channel=\"webhook\",result=\"sent\"}"))
                .isEqualTo(1);
    }

    @Test
    void responses_are_counted_by_route_and_status() {
        assertThat(value("library_http_requests_seconds_count{method=\"GET\",route=\"/about\",status=\"200\"}"))
                .isEqualTo(1);
        assertThat(text).contains("route=\"none\",status=\"404\"}").doesNotContain("no-such");
        assertThat(value("library_sign_ins_refused_total{reason=\"wrong\"}")).isEqualTo(1);
    }

    @Test
    void the_process_and_its_surroundings_are_measured() {
        assertThat(value("library_database_up")).isEqualTo(1);
        assertThat(value("library_database_connections{state=\"active\"}")).isNotNegative();
        assertThat(value("library_database_connections_max")).isEqualTo(10);
        assertThat(value("library_disk_free_bytes")).isPositive();
        assertThat(value("library_schedule_lag_seconds")).isNotNegative();
        assertThat(value("jvm_memory_used_bytes{area=\"heap\"")).isPositive();
        assertThat(text).containsPattern("library_build_info\\{.*version=\"[^\"]+\"} 1");
    }

    /** Returns the value of the first line that begins with a text. */
    private static double value(String start) {
        String line = text.lines()
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + start + " in\n" + text));
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a-token-for-prometheusx", "Bearer ", "ApiKey " + TOKEN, TOKEN})
    void a_wrong_token_is_refused(String sent) throws Exception {
        HttpResponse<String> refused = library.get("/metrics", "Authorization", sent);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"metrics\"");
        assertThat(refused.body()).isEmpty();
    }

    @Test
    void without_a_setting_there_are_no_metrics() throws Exception {
        assertThat(library.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(other.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(other.server().metricsPort()).isEmpty();
    }

    @Test
    void the_second_listener_has_only_the_metrics() throws Exception {
        String address = "http://127.0.0.1:" + library.server().metricsPort().orElseThrow();
        HttpClient http = HttpClient.newHttpClient();

        HttpResponse<String> metrics = http.send(
                HttpRequest.newBuilder(URI.create(address + "/metrics")).build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<Void> page = http.send(
                HttpRequest.newBuilder(URI.create(address + "/metrics/about")).build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).contains("library_database_up 1");
        assertThat(page.statusCode()).isEqualTo(404);
    }

    @Test
    void a_second_listener_on_a_used_port_is_an_error_that_says_what_to_do() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RunningLibrary.start(settings -> settings.with(Settings.METRICS_PORT, port)))
                    .withMessageContaining("127.0.0.1:" + port)
                    .withMessageContaining("metrics.port");
        }
    }

    @Test
    void the_rules_of_prometheus_and_the_documentation_name_the_metrics_that_exist() throws IOException {
        Set<String> real = names(NAME, text);
        real.removeIf(name -> !name.startsWith("library_"));
        // Appear only after such an event.
        real.addAll(Set.of("library_peer_failed_runs", "library_peer_quota_left_requests"));
        // Appear only with a replica.
        real.addAll(Set.of(
                "library_replica_used",
                "library_replica_lag_seconds",
                "library_replica_reads",
                "library_replica_connections"));
        Path docs = Path.of("../docs/monitoring");
        Set<String> inRules = names(LIBRARY_NAME, Files.readString(docs.resolve("alerts.yml")));
        Set<String> documented = names(LIBRARY_NAME, Files.readString(docs.resolve("README.md")));

        assertThat(inRules).isNotEmpty();
        assertThat(real).containsAll(inRules);
        assertThat(documented)
                .isEqualTo(real.stream()
                        .map(name -> name.replaceFirst("_seconds_(count|sum|max)$", "_seconds"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> names(Pattern pattern, String in) {
        return pattern.matcher(in)
                .results()
                .map(match -> match.group().replaceAll("[{ ]", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

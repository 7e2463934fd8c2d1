package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.wiring.Doctor;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.persistence.ReplicaState;
import org.librarypeers.sync.contract.Await;

/** Tests of the choice between the primary and a replica. The replica is the primary itself, through another pool. */
@Timeout(120)
class ReadReplicaTest {

    private static RunningLibrary running;

    @TempDir
    private Path home;

    private ReplicatedLibrary node;

    @BeforeAll
    static void createDatabase() {
        running = RunningLibrary.start();
        running.publish("Clean water");
    }

    @AfterAll
    static void dropDatabase() {
        running.close();
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        running.execute("delete from account where name = 'writer'");
    }

    private void start(String replica) throws IOException {
        start(replica, settings -> settings);
    }

    private void start(String replica, UnaryOperator<LibrarySettings> change) throws IOException {
        Files.copy(running.home().resolve("secret.key"), home.resolve("secret.key"));
        node = ReplicatedLibrary.start(running.database(), replica, home, change);
    }

    private void startOnTheSameServer() throws IOException {
        start(running.database().url());
        node.awaitUse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/search",
                "/search?q=water",
                "/about",
                "/sitemap.xml",
                "/sitemap/1",
                "/feed.atom",
                "/feed.rss"
            })
    void public_pages_are_read_from_the_replica(String path) throws Exception {
        startOnTheSameServer();
        assertThat(node.get("/search?q=water").body()).contains("/resource/clean-water");
        ReplicaState before = node.state();
        assertThat(node.get(path).statusCode()).isEqualTo(200);
        assertThat(node.state().answered()).isGreaterThan(before.answered());
        assertThat(node.state().passedOn()).isEqualTo(before.passedOn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/resource/",
                "/api/v1/resource/?full=true",
                "/api/v1/resource/search/?q=water",
                "/api/v1/resourceurl/",
                "/api/v1/tag/"
            })
    void the_api_is_read_from_the_replica(String path) throws Exception {
        startOnTheSameServer();
        ReplicaState before = node.state();
        assertThat(node.get(path, "Authorization", node.authorization()).statusCode())
                .isEqualTo(200);
        assertThat(node.state().answered()).isGreaterThan(before.answered());
        assertThat(node.state().passedOn()).isEqualTo(before.passedOn());
    }

    @Test
    void the_primary_answers_if_connections_to_the_replica_break() throws Exception {
        startOnTheSameServer();
        for (int i = 0; i < 20; i++) {
            running.texts("select pg_terminate_backend(pid)::text from pg_stat_activity"
                    + " where datname = current_database() and application_name like 'library-reads-%'");
            assertThat(node.get("/").statusCode()).isEqualTo(200);
            assertThat(node.get("/search?q=water").body()).contains("/resource/clean-water");
        }
        node.awaitUse();
    }

    @Test
    void a_replica_that_does_not_answer_is_reported_and_no_page_fails() throws Exception {
        start("jdbc:postgresql://127.0.0.1:" + closedPort() + "/library");
        assertThat(node.get("/").body()).contains("Clean water");
        awaitTrouble("does not answer");
        assertThat(node.get("/search?q=water").body()).contains("/resource/clean-water");
        assertThat(node.state().answered()).isZero();
        assertThat(node.get("/health").statusCode()).isEqualTo(200);
        assertThat(node.get("/health").body())
                .contains("\"status\":\"ok\"", "\"part\":\"replica\"", "does not answer")
                .doesNotContain("127.0.0.1");
        assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(node.get("/health/ready").body()).contains("\"replica\":{\"status\":\"failing\"");
        assertThat(node.library().metrics().text())
                .contains("library_replica_used 0.0", "library_replica_reads{by=\"replica\"} 0.0")
                .doesNotContain("library_replica_lag_seconds 0");
        assertThat(findings())
                .anyMatch(finding -> finding.level() == Doctor.Level.WARNING
                        && finding.part().equals("replica")
                        && finding.text().contains("does not answer"));
    }

    @Test
    void a_replica_that_is_used_is_reported() throws Exception {
        startOnTheSameServer();
        assertThat(node.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(node.library().metrics().text())
                .contains("library_replica_used 1.0", "library_replica_lag_seconds 0.0");
        assertThat(findings()).contains(new Doctor.Finding(Doctor.Level.OK, "replica", "follows the primary"));
    }

    @Test
    void the_database_of_another_library_is_not_used() throws Exception {
        RunningLibrary other = RunningLibrary.start();
        other.publish("A stranger");
        start(other.database().url());
        awaitTrouble("another database");
        assertThat(node.get("/").body()).contains("Clean water").doesNotContain("A stranger");
        assertThat(findings()).anyMatch(finding -> finding.text().contains("another database"));
        node.close();
        node = null;
        other.close();
    }

    @Test
    void a_database_without_tables_is_not_used() throws Exception {
        start(running.database().url().replaceFirst("/[^/]*$", "/postgres"));
        awaitTrouble("no tables");
        assertThat(node.get("/").body()).contains("Clean water");
        assertThat(node.state().answered()).isZero();
    }

    @Test
    void a_browser_that_has_changed_something_is_recognised_after_it_has_signed_out() throws Exception {
        startOnTheSameServer();
        PageClient visitor = new PageClient(node.address());
        assertThat(visitor.get("/").response().headers().allValues("set-cookie"))
                .noneMatch(cookie -> cookie.startsWith("changed="));
        PageClient.Answer signedIn = visitor.signIn(ReplicatedLibrary.WRITER.value(), ReplicatedLibrary.PASSWORD);
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.response().headers().allValues("set-cookie"))
                .anyMatch(cookie -> cookie.startsWith("changed=yes") && cookie.contains("Max-Age=62"));
    }

    @Test
    void an_api_client_gets_no_cookie() throws Exception {
        startOnTheSameServer();
        assertThat(node.postJson("/api/v1/tag/", "{\"name\": \"Midwife\"}")
                        .headers()
                        .allValues("set-cookie"))
                .isEmpty();
    }

    @Test
    void a_replica_needs_a_server() {
        LibrarySettings settings = LibrarySettings.in(home)
                .with(Settings.DB_READ_URL, running.database().url());
        assertThatThrownBy(settings::database).hasMessageContaining("db.url");
    }

    private void awaitTrouble(String part) {
        Await.await(
                "the replica was tried",
                () -> node.get("/").statusCode() == 200
                        && String.valueOf(node.state().trouble()).contains(part));
    }

    private List<Doctor.Finding> findings() {
        List<Doctor.Finding> findings = new ArrayList<>();
        Doctor.examine(
                node.library().settings(), false, findings::add, node.library().clock());
        return findings;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

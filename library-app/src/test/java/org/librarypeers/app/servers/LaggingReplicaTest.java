package org.librarypeers.app.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.servers.PostgresCluster.Replication;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.library.LibraryStorage;

/** Tests of a library whose replica is held back, is stopped, or cancels queries. */
@Tag("servers")
@Timeout(180)
class LaggingReplicaTest {

    @TempDir
    private Path home;

    private PostgresCluster cluster;
    private ReplicatedLibrary library;

    @BeforeEach
    void startCluster() {
        cluster = PostgresCluster.start(Replication.ASYNCHRONOUS);
    }

    @AfterEach
    void stop() {
        if (library != null) {
            library.close();
        }
        cluster.close();
    }

    private void start(int maxLagSeconds) throws SQLException {
        library = ReplicatedLibrary.start(
                cluster, settings -> settings.with(Settings.DB_READ_MAX_LAG_SECONDS, String.valueOf(maxLagSeconds)));
        library.publish("Clean water");
        Await.await(
                "all is indexed", () -> library.library().storage().catalogue().unindexed(1) == 0);
        cluster.awaitReplay();
        library.awaitUse();
    }

    @Test
    void visitors_see_a_change_later_and_whoever_made_it_sees_it_at_once() throws Exception {
        start(600);
        PageClient writer = new PageClient(library.address());
        writer.signIn(ReplicatedLibrary.WRITER.value(), ReplicatedLibrary.PASSWORD);
        cluster.awaitReplay();
        cluster.standby().pauseReplay();
        PageClient.Answer form = writer.get("/resources/new");
        assertThat(writer.submit(form.page(), "form#resource, main form", "title", "Wash hands", "description", "Soap")
                        .status())
                .isEqualTo(303);
        approveAll();

        assertThat(library.get("/").body()).contains("Clean water").doesNotContain("Wash hands");
        assertThat(library.get("/search?q=hands").body()).doesNotContain("/resource/wash-hands");
        assertThat(writer.get("/").page().text()).contains("Wash hands");
        assertThat(writer.get("/search?q=hands").page().html()).contains("/resource/wash-hands");
        // A link that was passed on works, and feeds and programs miss nothing.
        assertThat(library.get("/resource/wash-hands").statusCode()).isEqualTo(200);
        assertThat(library.get("/feed.atom").body()).contains("Wash hands");
        assertThat(library.get("/api/v1/resource/", "Authorization", library.authorization())
                        .body())
                .contains("Wash hands");

        assertThat(writer.submit(writer.get("/").page(), "form[action=/signout]")
                        .status())
                .isEqualTo(303);
        assertThat(writer.get("/").page().text()).contains("Wash hands").doesNotContain("Sign out");

        cluster.standby().resumeReplay();
        Await.await("visitors see it", () -> library.get("/").body().contains("Wash hands"));
    }

    private void approveAll() {
        LibraryStorage storage = library.library().storage();
        storage.catalogue().all(0, 100).stream()
                .map(CatalogueEntry::resource)
                .filter(resource -> resource.status() == Status.PENDING)
                .forEach(resource -> storage.resources().save(resource.approve(Instant.now())));
    }

    @Test
    void a_program_sees_what_it_has_written() throws Exception {
        start(600);
        cluster.standby().pauseReplay();
        for (int i = 0; i < 5; i++) {
            String tag = "Midwife " + i;
            assertThat(library.postJson("/api/v1/tag/", "{\"name\": \"" + tag + "\"}")
                            .statusCode())
                    .isEqualTo(201);
            String title = "Handbook " + i;
            assertThat(library.postJson(
                                    "/api/v1/resource/", "{\"title\": \"" + title + "\", \"description\": \"For all\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(library.get("/api/v1/resource/?limit=100", "Authorization", library.authorization())
                            .body())
                    .contains(title);
        }
    }

    @Test
    void a_replica_that_lags_too_much_is_left_and_used_again() throws Exception {
        start(2);
        cluster.standby().pauseReplay();
        library.publish("Wash hands");
        Await.await("visitors see it", () -> library.get("/").body().contains("Wash hands"));
        Await.await("it is reported", () -> library.get("/health").body().contains("lags more than 2 s"));
        assertThat(library.get("/health").statusCode()).isEqualTo(200);
        assertThat(library.state().lag()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(library.state().missingBytes()).isPositive();

        cluster.standby().resumeReplay();
        Await.await("it is used", () -> library.get("/health").body().equals("{\"status\":\"ok\"}"));
        assertThat(library.state().lag()).isZero();
    }

    @Test
    void an_idle_primary_causes_no_lag() throws Exception {
        start(3);
        Instant end = Instant.now().plusSeconds(7);
        long passedOn = library.state().passedOn();
        while (Instant.now().isBefore(end)) {
            assertThat(library.get("/").statusCode()).isEqualTo(200);
        }
        assertThat(library.state().passedOn()).isEqualTo(passedOn);
    }

    @Test
    void visitors_do_not_need_the_primary() throws Exception {
        start(60);
        String page = library.get("/").body();
        cluster.primary().freeze();
        try {
            assertThat(library.get("/").body()).isEqualTo(page);
            assertThat(library.get("/resource/clean-water").statusCode()).isEqualTo(200);
            assertThat(library.get("/search").body()).contains("Clean water");
            assertThat(library.get("/about").statusCode()).isEqualTo(200);
        } finally {
            cluster.primary().thaw();
        }
    }

    @Test
    void no_page_fails_while_the_replica_stops_and_starts() throws Exception {
        start(60);
        assertNothingFails(() -> {
            for (int i = 0; i < 3; i++) {
                cluster.standby().kill();
                cluster.standby().start();
                library.awaitUse();
            }
            cluster.standby().stop();
            cluster.standby().start();
            library.awaitUse();
        });
    }

    @Test
    void no_page_fails_while_the_replica_cancels_queries() throws Exception {
        cluster.standby().set("max_standby_streaming_delay", "0");
        start(60);
        assertNothingFails(() -> {
            for (int i = 0; i < 100; i++) {
                try (Connection connection = cluster.primary().connect();
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.execute("lock table resource, attachment in access exclusive mode");
                    connection.commit();
                }
            }
        });
        assertThat(cluster.standby()
                        .ask("select confl_lock > 0 from pg_stat_database_conflicts where datname = 'library'"))
                .as("a query was cancelled")
                .isEqualTo("t");
    }

    @Test
    void a_replica_without_the_tables_of_this_version_is_not_used() throws Exception {
        cluster.standby().pauseReplay();
        library = ReplicatedLibrary.start(cluster, settings -> settings);
        library.publish("Clean water");
        for (int i = 0; i < 20; i++) {
            assertThat(library.get("/").body()).contains("Clean water");
        }
        assertThat(library.state().answered()).isZero();
        cluster.standby().resumeReplay();
        library.awaitUse();
        assertThat(library.get("/").body()).contains("Clean water");
    }

    @Test
    void a_promoted_replica_is_not_used() throws Exception {
        start(60);
        cluster.standby().promote();
        library.publish("Wash hands");
        Await.await(
                "it is reported", () -> library.get("/health").body().contains("neither a standby nor the primary"));
        assertThat(library.get("/").body()).contains("Wash hands");
        assertThat(library.get("/api/v1/resource/", "Authorization", library.authorization())
                        .body())
                .contains("Wash hands");
    }

    @Test
    void a_replica_is_used_again_after_a_failover_that_it_has_followed() throws Exception {
        cluster.close();
        cluster = PostgresCluster.start(Replication.ASYNCHRONOUS, 2);
        DebianPostgres successor = cluster.standbys().get(0);
        DebianPostgres replica = cluster.standbys().get(1);
        DatabaseServer all = cluster.database(DebianPostgres.DATABASE);
        library = ReplicatedLibrary.start(
                new DatabaseServer(all.url() + "?targetServerType=primary", all.user(), all.password()),
                replica.database(DebianPostgres.DATABASE).url(),
                home,
                settings -> settings);
        library.publish("Clean water");
        cluster.awaitReplay();
        library.awaitUse();

        String authorization = library.authorization();
        cluster.primary().kill();
        successor.promote();
        Await.await(
                "the successor is written to",
                () -> library.get("/api/v1/resource/", "Authorization", authorization)
                                .statusCode()
                        == 200);
        library.publish("Wash hands");
        Await.await("the replica is left", () -> library.state().trouble() != null);
        assertThat(library.get("/").body()).contains("Wash hands");

        replica.set(
                "primary_conninfo",
                replica.ask("show primary_conninfo")
                        .replace("port=" + cluster.primary().port(), "port=" + successor.port())
                        .replace("'", "''"));
        replica.awaitReplayOf(successor);
        successor.administer("checkpoint");
        replica.awaitReplayOf(successor);
        replica.administer("checkpoint");
        library.awaitUse();
        long answered = library.state().answered();
        assertThat(library.get("/").body()).contains("Wash hands");
        assertThat(library.state().answered()).isGreaterThan(answered);
    }

    private interface Disturbance {
        void run() throws Exception;
    }

    /** Loads public pages and lists of the API on several threads until the disturbance has ended. */
    private void assertNothingFails(Disturbance disturbance) throws Exception {
        IntStream.range(0, 40).forEach(i -> library.publish("Resource " + i));
        List<String> paths = List.of(
                "/",
                "/search",
                "/search?q=resource",
                "/resource/clean-water",
                "/feed.atom",
                "/api/v1/resource/?full=true");
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> readers = IntStream.range(0, 4)
                .mapToObj(reader -> CompletableFuture.runAsync(() -> {
                    for (int i = reader; !ended.get(); i++) {
                        String path = paths.get(i % paths.size());
                        int status = library.get(path, "Authorization", library.authorization())
                                .statusCode();
                        answers.incrementAndGet();
                        if (status != 200) {
                            failures.add(path + ": " + status);
                        }
                    }
                }))
                .toList();
        try {
            disturbance.run();
        } finally {
            ended.set(true);
        }
        readers.forEach(CompletableFuture::join);
        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(10);
    }
}

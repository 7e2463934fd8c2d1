package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.http.ScriptedOrbSite;

/** Tests of a process that serves a library whose embedded server ends before it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndedServerTest {

    /** A time zone that Java knows and the server does not. */
    private static final String ZONE_UNKNOWN_TO_THE_SERVER = "-Duser.timezone=SystemV/PST8";

    @TempDir
    private static Path home;

    private static Path postgres;
    private static ScriptedOrbSite site;
    private static PeerId peer;
    private static AppProcess app;

    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch OPEN = new CountDownLatch(1);

    @BeforeAll
    static void serve() throws Exception {
        postgres = home.resolve("postgres");
        site = new ScriptedOrbSite().beforeList(list -> {
            HELD.countDown();
            try {
                OPEN.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        site.add("Safe water");
        start();
    }

    private static void start() throws Exception {
        AppProcess started = AppProcess.start(
                home,
                List.of("-Dlibrary.schedule.haste=40", ZONE_UNKNOWN_TO_THE_SERVER),
                builder -> {},
                "serve",
                "--port=0",
                "--home=" + home);
        app = started;
        started.await("it serves", () -> started.out().contains("There is no account yet"));
    }

    @AfterAll
    static void stop() throws Exception {
        OPEN.countDown();
        app.close();
        site.close();
        EmbeddedPostgres.open(postgres).close();
    }

    private static int health() {
        String address = app.out().replaceFirst("(?s)^Serving at (\\S+).*", "$1");
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/health"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (Exception e) {
            return 0;
        }
    }

    private static boolean isAnother(DatabaseProcess before) {
        return DatabaseProcess.running(postgres)
                .filter(server -> server.pid() != before.pid())
                .isPresent();
    }

    @Test
    @Order(1)
    void a_time_zone_that_the_server_does_not_know_causes_no_failure() {
        assertThat(health()).isEqualTo(200);
        assertThat(app.out() + app.err()).doesNotContain("ERROR");
    }

    @Test
    @Order(2)
    void a_killed_server_is_restarted_on_its_port_and_the_library_recovers() throws Exception {
        DatabaseProcess before = DatabaseProcess.in(postgres);

        before.signal("KILL");

        app.await("the server runs again", () -> isAnother(before));
        app.await("the library is healthy again", () -> health() == 200);
        assertThat(DatabaseProcess.in(postgres).port()).isEqualTo(before.port());
        assertThat(app.out() + app.err()).contains("PostgreSQL stopped; restarting it");
    }

    @Test
    @Order(3)
    void a_server_that_accepts_no_connections_is_restarted() throws Exception {
        DatabaseProcess before = DatabaseProcess.in(postgres);

        before.signal("TERM");

        app.await("the server runs again", () -> isAnother(before));
        app.await("the library is healthy again", () -> health() == 200);
    }

    /** Sends the signal to every process, as a service manager does when it stops a service. */
    @Test
    @Order(4)
    void a_run_that_is_stopped_with_all_processes_is_logged_and_releases_its_peer() throws Exception {
        try (Library other = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
            Peer added = site.peer(other.storage().peers().nextId()).withSyncsAutomatically(true);
            other.storage().peers().save(added);
            peer = added.id();
        }
        app.await("the peer receives a request", () -> HELD.getCount() == 0);
        DatabaseProcess server = DatabaseProcess.in(postgres);
        List<Long> pids = Stream.concat(
                        Stream.of(app.process().pid(), server.pid()),
                        ProcessHandle.of(server.pid()).orElseThrow().children().map(ProcessHandle::pid))
                .toList();

        long start = System.nanoTime();
        DatabaseProcess.signal("TERM", pids);
        app.exitCode();
        System.out.println("TERM to every process: ended after "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");

        assertThat(DatabaseProcess.running(postgres)).isEmpty();
        try (Library again = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
            List<SyncLog> runs = again.storage().syncLogs().recent(peer, 10);
            assertThat(runs).extracting(SyncLog::status).containsExactly(SyncStatus.INTERRUPTED);
            assertThat(runs.get(0).message()).contains("stopped before its end");
            try (var lease = again.storage().harvest().claim(peer).orElseThrow()) {
                assertThat(lease.peer()).isEqualTo(peer);
            }
        }
    }

    @Test
    @Order(5)
    void the_process_exits_with_1_if_the_server_cannot_be_restarted() throws Exception {
        start();
        Path version = postgres.resolve("data/PG_VERSION");
        Path aside = home.resolve("PG_VERSION");
        Files.move(version, aside);
        try {
            DatabaseProcess.in(postgres).signal("KILL");

            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.err()).contains("library: the database stopped and cannot be restarted: ", "PG_VERSION");
        } finally {
            Files.move(aside, version);
        }
    }
}

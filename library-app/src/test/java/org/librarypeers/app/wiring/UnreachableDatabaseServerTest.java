package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.sync.contract.TcpLine;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of a library whose database server is down or has not started yet. */
@Timeout(120)
class UnreachableDatabaseServerTest {

    @TempDir
    private Path home;

    private RunningLibrary database;
    private URI server;

    @BeforeEach
    void start() {
        database = RunningLibrary.start();
        server = URI.create(database.database().url().substring("jdbc:".length()));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private LibrarySettings settings(int port) throws Exception {
        Files.copy(database.home().resolve("secret.key"), home.resolve("secret.key"));
        return LibrarySettings.in(home)
                .with(Settings.DB_URL, "jdbc:postgresql://127.0.0.1:" + port + server.getPath())
                .with(Settings.DB_USER, database.database().user())
                .with(Settings.DB_PASSWORD, database.database().password());
    }

    private static HttpResponse<String> get(LibraryServer served, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(served.address() + path))
                                .header("Accept", "text/html")
                                .header("Cookie", "sessionid=" + "a".repeat(64))
                                .header("Authorization", "ApiKey reader:" + "a".repeat(40))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @SuppressWarnings("try") // the line is closed early on purpose
    void pages_and_api_answer_503_soon_with_retry_after() throws Exception {
        try (TcpLine line = TcpLine.to(server.getPort());
                Library library = Library.open(settings(line.port()));
                LibraryServer served = LibraryServer.start(library, "127.0.0.1", 0)) {
            assertThat(get(served, "/").statusCode()).isEqualTo(200);

            line.close();

            for (String path :
                    List.of("/", "/search?q=water", "/signin", "/api/v1/tag/?format=json", "/api/v1/resource/")) {
                long start = System.nanoTime();
                HttpResponse<String> answer = get(served, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).as(path).contains("10");
                // The earlier limit was ten seconds for each requested connection.
                assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(Duration.ofSeconds(5));
                assertThat(answer.body())
                        .contains(path.startsWith("/api/") ? "error_message" : "Something went wrong")
                        .doesNotContain("postgres", "127.0.0.1");
            }
            HttpResponse<String> health = get(served, "/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"database\"", "failing");
            HttpResponse<String> ready = get(served, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("\"database\":{\"status\":\"failing\",\"message\"", "\"disk\":{\"status\":\"ok\"}");
            assertThat(get(served, "/health/live").statusCode()).isEqualTo(200);

            try (TcpLine again = TcpLine.from(line.port(), server.getPort())) {
                await("the pages are served again", () -> get(served, "/").statusCode() == 200);
                assertThat(again.port()).isEqualTo(line.port());
            }
        }
    }

    @Test
    void the_start_waits_for_a_database_that_is_not_running_yet() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        LibrarySettings settings = settings(port);
        assertThatThrownBy(() -> Library.open(settings)).isInstanceOf(StorageUnavailableException.class);
        CompletableFuture<Library> opening =
                CompletableFuture.supplyAsync(() -> Library.openWhenReachable(settings, () -> false));
        assertThat(opening.isDone()).isFalse();
        try (TcpLine line = TcpLine.from(port, server.getPort());
                Library library = opening.get(60, TimeUnit.SECONDS)) {
            assertThat(line.port()).isEqualTo(port);
            library.check();
        }
    }

    @Test
    void a_stop_signal_ends_the_wait_for_a_database() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        LibrarySettings settings = settings(port);
        AtomicBoolean stopped = new AtomicBoolean();
        CompletableFuture<Library> opening =
                CompletableFuture.supplyAsync(() -> Library.openWhenReachable(settings, stopped::get));

        stopped.set(true);

        assertThatThrownBy(() -> opening.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }
}

package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Await;

/** Tests of the output of {@code serve}. */
@Timeout(60)
class ServeCommandTest {

    @TempDir
    private static Path home;

    private static HomeServer keptRunning;

    @BeforeAll
    static void start() {
        keptRunning = HomeServer.start(home);
    }

    @AfterAll
    static void stop() {
        keptRunning.close();
    }

    /** Checks that run while the command serves. */
    @FunctionalInterface
    private interface Meanwhile {
        void with(List<String> lines) throws Exception;
    }

    private static void serve(Meanwhile meanwhile) throws Exception {
        StringWriter out = new StringWriter();
        Thread serving = new Thread(() -> LibraryCommand.run(
                new PrintWriter(out), new PrintWriter(out), "serve", "--port=0", "--no-schedule", "--home=" + home));
        serving.start();
        try {
            await(
                    "the library serves or has ended",
                    () -> !serving.isAlive()
                            || serving.getState() == Thread.State.WAITING
                                    && out.toString().contains("Serving at"));
            assertThat(serving.isAlive()).as(out.toString()).isTrue();
            meanwhile.with(out.toString().lines().toList());
        } finally {
            serving.interrupt();
            serving.join(Await.TIMEOUT.toMillis());
        }
        assertThat(serving.isAlive()).isFalse();
    }

    private static String link(List<String> lines) {
        return lines.get(1).replaceFirst(".* ", "");
    }

    @Test
    void each_start_without_accounts_prints_the_link_that_creates_the_first() throws Exception {
        StringBuilder path = new StringBuilder();
        serve(lines -> {
            assertThat(lines).hasSize(2);
            String address = lines.get(0).replaceFirst("Serving at (\\S+) .*", "$1");
            assertThat(link(lines)).matches("\\Q" + address + "\\E/first/[0-9a-f]{40}");
            HttpResponse<String> form = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(link(lines))).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(form.statusCode()).isEqualTo(200);
            path.append(URI.create(link(lines)).getPath());
        });
        serve(lines -> assertThat(link(lines)).endsWith(path));

        try (Library library = Library.open(LibrarySettings.in(home))) {
            library.accounts().create(new UserName("asha"), Role.MEMBER, null, "a long password");
        }

        serve(lines -> assertThat(lines).singleElement().asString().startsWith("Serving at "));
    }

    @Test
    void the_property_file_says_where_to_serve(@TempDir Path other) throws Exception {
        Files.writeString(other.resolve("library.properties"), "listen.host = 127.0.0.2\nlisten.port = 0\n");
        try (RunningLibrary database = RunningLibrary.start()) {
            Files.copy(database.home().resolve("secret.key"), other.resolve("secret.key"));
            try (AppProcess serving = AppProcess.start(
                    other,
                    List.of(),
                    builder -> builder.environment().putAll(database.environment()),
                    "serve",
                    "--home=" + other)) {
                serving.await("the library serves", () -> serving.out().contains("Serving at"));

                assertThat(serving.out()).matches("(?s)Serving at http://127\\.0\\.0\\.2:[1-9]\\d* .*");
            }
        }
    }

    @Test
    void health_reports_starting_while_the_database_cannot_be_reached(@TempDir Path other) throws Exception {
        int port;
        int nobodyListens;
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket unused = new ServerSocket(0)) {
            port = free.getLocalPort();
            nobodyListens = unused.getLocalPort();
        }
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .build();
        try (AppProcess serving = AppProcess.start(
                other,
                List.of(),
                builder -> builder.environment()
                        .put("LIBRARY_DB_URL", "jdbc:postgresql://127.0.0.1:" + nobodyListens + "/library"),
                "serve",
                "--home=" + other,
                "--port=" + port)) {
            AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
            serving.await("an answer", () -> {
                try {
                    answer.set(HttpClient.newHttpClient().send(health, HttpResponse.BodyHandlers.ofString()));
                    return true;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(answer.get().statusCode()).isEqualTo(503);
            assertThat(answer.get().body()).isEqualTo("{\"status\":\"starting\"}");
            assertThat(answer.get().headers().firstValue("Retry-After")).isPresent();
            HttpRequest live =
                    HttpRequest.newBuilder(URI.create(health.uri() + "/live")).build();
            assertThat(HttpClient.newHttpClient()
                            .send(live, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}

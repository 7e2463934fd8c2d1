package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.sync.contract.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RequestLinesTest {

    @TempDir
    private Path folder;

    private List<String> lines(Path file, int number) {
        Await.await("the access log has the lines", () -> read(file).size() == number);
        return read(file);
    }

    private static List<String> read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void each_request_is_a_line_without_secrets() throws Exception {
        Path file = folder.resolve("access.log");
        try (RunningLibrary running =
                RunningLibrary.start(settings -> settings.with(Settings.ACCESS_LOG, file.toString()))) {
            running.get(
                    "/api/v1/tag/?username=asha&api_key=hidden&limit=1",
                    "X-Forwarded-For",
                    "203.0.113.7",
                    "User-Agent",
                    "a \"quoted\" agent",
                    "Referer",
                    "https://example.org/first/hidden");
            running.get("/first/hidden");

            assertThat(lines(file, 2))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            "203\\.0\\.113\\.7 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                                                    + " \"GET /api/v1/tag/\\?username=asha&api_key=…&limit=1 HTTP/1\\.1\" 401 \\d+"
                                                    + " \"https://example\\.org/first/…\" \"a \\?quoted\\? agent\" \\d+"),
                            line -> assertThat(line).contains("\"GET /first/… HTTP/1.1\" 303 "));
        }
    }

    @Test
    void lines_may_be_json_in_a_file_of_the_day() throws Exception {
        try (RunningLibrary running = RunningLibrary.start(settings -> settings.with(
                        Settings.ACCESS_LOG, folder.resolve("yyyy_mm_dd.log").toString())
                .with(Settings.LOG_FORMAT, "json"))) {
            running.get("/about?token=hidden");

            Path file;
            try (var files = Files.list(folder)) {
                file = files.toList().get(0);
            }
            assertThat(file.getFileName().toString()).matches("\\d{4}_\\d\\d_\\d\\d\\.log");
            JsonNode line = JsonMapper.builder().build().readTree(lines(file, 1).get(0));
            assertThat(line.get("address").asString()).isEqualTo("/about?token=…");
            assertThat(line.get("status").asInt()).isEqualTo(200);
            assertThat(line.get("client").asString()).isEqualTo("127.0.0.1");
            assertThat(line.get("time").asString()).endsWith("Z");
        }
    }
}

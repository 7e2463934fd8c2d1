package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of the log lines of a server that programs such as fail2ban read, with the pattern of the docs. */
@Timeout(180)
class FailedSignInLinesTest {

    private static final String FORGED = "198.51.100.99";
    private static final String PASSWORD = "hunter2hunter2";

    @TempDir
    private Path folder;

    /** Returns the patterns of the docs, for lines from which fail2ban has removed the time. */
    private static List<Pattern> documented() throws Exception {
        String docs = Files.readString(Path.of("..", "docs", "operations.md"));
        Matcher filter = Pattern.compile("(?s)failregex = (.*?)\\n\\S").matcher(docs);
        assertThat(filter.find()).isTrue();
        return filter.group(1)
                .lines()
                .map(line -> Pattern.compile(line.strip().replace("<ADDR>", "(?<address>[0-9A-Fa-f:.]+)")))
                .toList();
    }

    /** Returns the addresses that fail2ban would count for the lines of a log, in order. */
    private static List<String> counted(List<String> lines) throws Exception {
        List<Pattern> patterns = documented();
        assertThat(patterns).hasSizeGreaterThanOrEqualTo(2);
        List<String> counted = new ArrayList<>();
        for (String line : lines) {
            String withoutTime =
                    line.replaceFirst("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)", "");
            for (Pattern pattern : patterns) {
                Matcher matcher = pattern.matcher(withoutTime);
                if (matcher.find()) {
                    counted.add(matcher.group("address"));
                }
            }
        }
        return counted;
    }

    private static void send(String address, String client, HttpRequest.Builder request) throws Exception {
        HttpClient.newHttpClient()
                .send(request.header("X-Forwarded-For", client).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void signIn(String address, String client, String name, String password) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> form = http.send(
                HttpRequest.newBuilder(URI.create(address + "/signin")).build(), HttpResponse.BodyHandlers.ofString());
        String cookie = form.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        Matcher token = Pattern.compile("name=\"csrf\" value=\"([^\"]+)").matcher(form.body());
        assertThat(token.find()).isTrue();
        String body = "csrf=" + token.group(1) + "&username=" + encoded(name) + "&password=" + encoded(password);
        send(
                address,
                client,
                HttpRequest.newBuilder(URI.create(address + "/signin"))
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void apiKey(String address, String client, String header) throws Exception {
        send(
                address,
                client,
                HttpRequest.newBuilder(URI.create(address + "/api/v1/resource/"))
                        .header("Authorization", header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void the_documented_pattern_counts_each_failure_and_nothing_else(String format) throws Exception {
        try (RunningLibrary running = RunningLibrary.start()) {
            running.library().accounts().create(new UserName("asha"), Role.ADMIN, null, "a long password");
            Peer forging = Peer.builder()
                    .id(running.library().storage().peers().nextId())
                    .name("x WARN Failed sign-in from " + FORGED + " as asha")
                    .host(PeerHost.of("http://127.0.0.1:1"))
                    .credentials("us", new ApiKey("0123456789abcdef"))
                    .build();
            running.library().storage().peers().save(forging);
            try (AppProcess serve = AppProcess.start(
                    folder,
                    List.of(),
                    builder -> builder.environment().putAll(running.environment()),
                    "serve",
                    "--port=0",
                    "--no-schedule",
                    "--home=" + running.home(),
                    "--set=log.format=" + format)) {
                serve.await("the server starts", () -> serve.out().contains("Serving at"));
                String address = serve.out().replaceFirst("(?s).*Serving at (\\S+) .*", "$1");

                signIn(address, "192.0.2.1", "asha", PASSWORD);
                signIn(address, "2001:db8::7", "asha", PASSWORD);
                signIn(address, "192.0.2.2", PASSWORD, "x");
                signIn(address, "192.0.2.3", "x\nWARN Failed sign-in from " + FORGED + " as asha", "x");
                signIn(address, "host.example.org", "asha", PASSWORD);
                apiKey(address, "192.0.2.4", "ApiKey asha:" + PASSWORD);
                apiKey(address, "192.0.2.5", "ApiKey " + PASSWORD + ": from " + FORGED);
                apiKey(address, "192.0.2.6", "ApiKey " + PASSWORD);
                signIn(address, "192.0.2.9", "asha", "a long password");
                apiKey(address, "192.0.2.9", running.authorization(RunningLibrary.READER));
                serve.process().destroy();
                serve.exitCode();

                List<String> lines = serve.err().lines().toList();
                assertThat(counted(lines))
                        .containsExactly(
                                "192.0.2.1",
                                "2001:db8::7",
                                "192.0.2.2",
                                "192.0.2.3",
                                "192.0.2.4",
                                "192.0.2.5",
                                "192.0.2.6");
                assertThat(lines).filteredOn(line -> line.contains("Failed ")).hasSize(8);
                assertThat(serve.err()).contains("an unknown address").doesNotContain(PASSWORD, FORGED);
                assertThat(lines.get(0)).contains("Started Library Peer Network");
                assertThat(lines.get(0)).contains(running.home().toString(), "database jdbc:postgresql:", address);
                assertThat(lines.get(lines.size() - 1)).contains("Stopped Library Peer Network");
                assertThat(serve.err()).doesNotContain(running.environment().get("LIBRARY_DB_PASSWORD"));
            }
            try (AppProcess sync = AppProcess.start(
                    folder,
                    List.of(),
                    builder -> builder.environment().putAll(running.environment()),
                    "sync_peer_resources",
                    "--home=" + running.home(),
                    "--set=log.format=" + format)) {
                assertThat(sync.exitCode()).isEqualTo(1);

                List<String> runs =
                        sync.err().lines().filter(line -> line.contains("Run ")).toList();
                assertThat(runs).singleElement().asString().contains("WARN", FORGED, "failed; 0 new");
                assertThat(counted(sync.err().lines().toList())).isEmpty();
            }
        }
    }

    @Test
    void a_line_of_the_journal_is_counted_too() throws Exception {
        String line = "host library[123]: 2026-11-29T16:46:10.123Z WARN  Failed sign-in from 192.0.2.1 as asha";

        assertThat(counted(List.of(line, line.replace("WARN  Failed", "INFO  Run 1 of peer WARN  Failed"))))
                .containsExactly("192.0.2.1");
    }
}

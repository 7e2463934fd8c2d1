package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that this library answers like the recorded v1 site: status, headers and body, except for {@link Difference}.
 */
class GoldenTest {

    /** The headers to compare, whether or not they were recorded. */
    private static final Set<String> HEADERS = Set.of(
            "Allow",
            "Cache-Control",
            "Connection",
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-Type",
            "Location",
            "Retry-After",
            "Set-Cookie",
            "Vary",
            "WWW-Authenticate",
            "X-Frame-Options");

    private static final Pattern MADE = Pattern.compile("/api/v1/(\\w+)/(\\d+)/");

    private static GoldenSite site;

    @BeforeAll
    static void start() {
        site = new GoldenSite();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static Stream<GoldenSample> samples() {
        return Difference.OF_SAMPLES.keySet().stream().map(GoldenSample::read);
    }

    @Test
    void every_recorded_response_is_compared() throws IOException, URISyntaxException {
        URL one = GoldenTest.class.getResource("/orb-v1/08-detail.http");
        try (Stream<Path> files = Files.list(Path.of(one.toURI()).getParent())) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".http", "")))
                    .containsExactlyInAnyOrderElementsOf(Difference.OF_SAMPLES.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_response_is_as_recorded(GoldenSample sample) {
        Set<Difference> differences = Difference.OF_SAMPLES.get(sample.name());
        if (sample.status() == 429) {
            site.exhaust();
        }
        RawHttp.RawResponse answer = site.ask(Expected.withIds(site, sample.request()), withIds(sample.sent()));
        learn(sample, answer);
        String body = body(answer, differences);
        assertThat(shown(answer, body)).isEqualTo(expected(sample, differences, answer, body));
    }

    private static String withIds(String body) {
        Matcher id = Pattern.compile("\"(resource|tag)_id\": (\\d+)").matcher(body);
        return id.replaceAll(found -> "\"" + found.group(1) + "_id\": " + site.id(found.group(1), found.group(2)));
    }

    /** Learns our id of a newly created entry. */
    private static void learn(GoldenSample sample, RawHttp.RawResponse answer) {
        Matcher recorded = MADE.matcher(sample.headers().getOrDefault("Location", ""));
        Matcher ours = MADE.matcher(answer.headers().getOrDefault("Location", ""));
        if (recorded.matches() && ours.matches()) {
            site.learnId(recorded.group(1), recorded.group(2), ours.group(2));
        }
    }

    private static String body(RawHttp.RawResponse answer, Set<Difference> differences) {
        byte[] body = answer.body();
        if (isPacked(answer) && differences.contains(Difference.PACKED)) {
            try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = unpacking.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static boolean isPacked(RawHttp.RawResponse answer) {
        return "gzip".equals(answer.headers().get("Content-Encoding"));
    }

    private static String shown(RawHttp.RawResponse answer, String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        headers.keySet().removeIf(name -> HEADERS.stream().noneMatch(name::equalsIgnoreCase));
        return shown(answer.status(), headers, body);
    }

    private static String expected(
            GoldenSample sample, Set<Difference> differences, RawHttp.RawResponse answer, String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sample.headers());
        if (!sample.request().startsWith("HEAD")) {
            headers.computeIfPresent("Content-Length", (name, value) -> String.valueOf(answer.body().length));
        }
        headers.computeIfPresent("Location", (name, value) -> Expected.withIds(site, value));
        differences.forEach(difference -> adjust(headers, difference, answer));
        boolean isLoose = sample.isJson() && !differences.isEmpty();
        String expected = isLoose ? new Expected(site, differences).body(sample.body(), body) : sample.body();
        return shown(sample.status(), headers, site.withKeys(expected));
    }

    private static void adjust(Map<String, String> headers, Difference difference, RawHttp.RawResponse answer) {
        switch (difference) {
            case RETRY_AFTER -> {
                String ours = answer.headers().getOrDefault("Retry-After", "");
                if (ours.matches("[1-9]\\d{0,3}") && Integer.parseInt(ours) <= 3600) {
                    headers.put("Retry-After", ours);
                }
            }
            case PACKED -> {
                if (isPacked(answer)) {
                    headers.put("Content-Encoding", "gzip");
                    String vary = headers.get("Vary") + ", Accept-Encoding";
                    headers.computeIfPresent(
                            "Vary",
                            (name, value) -> vary.equals(answer.headers().get(name)) ? vary : value);
                }
                if (answer.isChunked()) {
                    headers.remove("Content-Length");
                }
            }
            case CONNECTION -> {
                headers.remove("Connection");
                if (answer.headers().containsKey("Connection")) {
                    headers.put("Connection", answer.headers().get("Connection"));
                }
            }
            default -> {}
        }
    }

    private static String shown(int status, Map<String, String> headers, String body) {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                .collect(Collectors.joining());
        return status + "\n" + lines + "\n" + body;
    }
}

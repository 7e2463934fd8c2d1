package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Guid;
import org.librarypeers.http.wire.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the scripted site answers as the recorded site did. */
class ScriptedOrbSiteTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CREDENTIALS = "username=me%40example.org&api_key=" + ScriptedOrbSite.KEY;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScriptedOrbSite site = new ScriptedOrbSite();

    @AfterEach
    void close() {
        site.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.host() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> asked(String path) throws IOException, InterruptedException {
        return get(path, "Authorization", "ApiKey " + ScriptedOrbSite.USER + ":" + ScriptedOrbSite.KEY);
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(asked(path).body());
    }

    private static List<String> titles(JsonNode page) {
        return StreamSupport.stream(page.path("objects").spliterator(), false)
                .map(object -> object.path("title").asString())
                .toList();
    }

    @Test
    void lists_and_details_have_the_keys_of_recorded_ones() throws Exception {
        ScriptedResource resource = site.add("Water");
        resource.link(Guid.random(), "https://example.org/");
        resource.file(Guid.random(), site.host() + "/media/a.pdf");
        resource.tag("Audience", "Midwife");
        JsonNode recordedList = JSON.readTree(Samples.body("01-list-first-page"));
        JsonNode recorded = JSON.readTree(Samples.body("08-detail"));

        JsonNode page = json("/api/v1/resource/");
        JsonNode detail = json("/api/v1/resource/" + resource.id() + "/");

        assertThat(page.path("meta").propertyNames())
                .hasSameElementsAs(recordedList.path("meta").propertyNames());
        assertThat(page.path("objects").get(0).propertyNames())
                .hasSameElementsAs(recordedList.path("objects").get(0).propertyNames());
        assertThat(detail.propertyNames()).hasSameElementsAs(recorded.propertyNames());
        for (String part : List.of("urls", "files", "tags")) {
            assertThat(detail.path(part).get(0).propertyNames())
                    .as(part)
                    .hasSameElementsAs(recorded.path(part).get(0).propertyNames());
        }
        assertThat(detail.path("tags").get(0).path("tag").propertyNames())
                .hasSameElementsAs(recorded.path("tags").get(0).path("tag").propertyNames());
    }

    @Test
    void the_next_page_repeats_every_parameter() throws Exception {
        IntStream.range(0, 9).forEach(i -> site.add("Resource " + i));

        String address = "/api/v1/resource/?format=json&" + CREDENTIALS + "&limit=3&offset=3&foo=%2Ba+b";
        JsonNode meta = JSON.readTree(get(address).body()).path("meta");

        String kept = "/api/v1/resource/?format=json&" + CREDENTIALS + "&foo=%2Ba+b&limit=3&offset=";
        assertThat(meta.path("next").asString()).isEqualTo(kept + "6");
        assertThat(meta.path("previous").asString()).isEqualTo(kept + "0");
        assertThat(get(meta.path("next").asString()).body())
                .contains("Resource 8")
                .contains("\"next\":null");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/resource/?limit=x, 400",
        "/api/v1/resource/?title=x, 400",
        "/api/v1/resource/?update_date__gt=x, 400",
        "/api/v1/resource/?update_date__gte=abc, 400",
        "/api/v1/resource/?order_by=title, 400",
        "/api/v1/resource/?offset=5000, 200",
        "/api/v1/resource/?updated__gte=x, 200",
        "/api/v1/resource/77/, 404",
        "/api/v1/resource/abc/, 404",
        "/nothing/, 404",
        "/media/a.png, 200"
    })
    void questions_are_answered_as_recorded(String path, int status) throws Exception {
        assertThat(asked(path).statusCode()).isEqualTo(status);
    }

    @Test
    void credentials_are_asked_for_and_a_header_wins() throws Exception {
        HttpResponse<String> refused = get("/api/v1/resource/");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");

        String address = "/api/v1/resource/?" + CREDENTIALS;
        assertThat(get(address).statusCode()).isEqualTo(200);
        assertThat(get(address, "Authorization", "Basic eDp5").statusCode()).isEqualTo(200);
        assertThat(get(address, "Authorization", "ApiKey x:y").statusCode()).isEqualTo(401);
    }

    @Test
    void a_missing_slash_is_put_there() throws Exception {
        HttpResponse<String> moved = get("/api/v1/resource?limit=1");

        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location")).contains("/api/v1/resource/?limit=1");
    }

    @Test
    void filters_and_orders_by_date_and_by_title() throws Exception {
        site.add("B");
        ScriptedResource a = site.add("A");
        site.add("C");
        site.withdraw(site.add("D").id(), "pending");

        assertThat(titles(json("/api/v1/resource/?status=approved"))).containsExactly("A", "B", "C");
        assertThat(titles(json("/api/v1/resource/?order_by=update_date"))).containsExactly("B", "A", "C", "D");
        assertThat(titles(json("/api/v1/resource/?order_by=-update_date&limit=2")))
                .containsExactly("D", "C");
        assertThat(titles(json("/api/v1/resource/?status=approved&update_date__gte=" + a.updated())))
                .containsExactly("A", "C");
        assertThat(titles(
                        json("/api/v1/resource/?update_date__lte=" + a.updated().replace("T", "%20") + "%2B00:00")))
                .containsExactly("A", "B");
    }

    @Test
    void equal_dates_come_in_another_order_each_time() throws Exception {
        site.together(() -> IntStream.range(0, 6).forEach(i -> site.add("Resource " + i)));
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            orders.add(titles(json("/api/v1/resource/?order_by=update_date")));
        }

        assertThat(orders).hasSizeGreaterThan(2);
    }

    @Test
    void parts_leave_the_update_date_as_it_is() {
        ScriptedResource resource = site.add("Water");
        String before = resource.updated();

        site.editParts(resource.id(), changed -> changed.tag("Audience", "Midwife"));
        assertThat(resource.updated()).isEqualTo(before);

        site.edit(resource.id(), changed -> changed.text("title", "en", "Safe water"));
        assertThat(resource.updated()).isGreaterThan(before);
    }

    @Test
    void it_answers_so_many_questions_an_hour() throws Exception {
        site.throttle(2).add("Water");
        asked("/api/v1/resource/77/");
        asked("/api/v1/resource/?limit=x");
        site.pass(Duration.ofMinutes(10));
        asked("/api/v1/resource/");

        HttpResponse<String> throttled = asked("/api/v1/resource/1/");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("3000");
        assertThat(get("/media/a.png").statusCode()).isEqualTo(200);

        site.pass(Duration.ofMinutes(50));
        assertThat(asked("/api/v1/resource/1/").statusCode()).isEqualTo(200);
        site.withoutRetryAfter();
        assertThat(asked("/api/v1/resource/1/").headers().firstValue("Retry-After"))
                .isEmpty();
        assertThat(site.requests("/api/v1/resource/1/")).isEqualTo(3);
    }

    @Test
    void it_speaks_the_language_asked_for() throws Exception {
        ScriptedResource resource = site.add("Water");
        resource.text("title", "es", "Agua");

        String key = "ApiKey " + ScriptedOrbSite.USER + ":" + ScriptedOrbSite.KEY;
        assertThat(get("/api/v1/resource/1/", "Authorization", key, "Accept-Language", "es")
                        .body())
                .contains("\"title\":\"Agua\"");
        assertThat(get("/api/v1/resource/1/", "Authorization", key, "Accept-Language", "fr")
                        .body())
                .contains("\"title\":\"Water\"");
    }
}

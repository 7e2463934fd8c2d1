package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.sync.contract.Samples;
import tools.jackson.databind.JsonNode;

/** Tests of the API from the view of a client that knows only ORB v1. */
class OrbApiTest {

    private static RunningLibrary running;
    private static String reader;
    private static Resource water;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        reader = running.authorization(RunningLibrary.READER);
        water = running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Water").with("es", "Agua"))
                        .description(LocalizedText.of("es", "<p>Agua</p>"))
                        .build());
        for (int i = 0; i < 24; i++) {
            running.publish("Resource " + i);
        }
        Resource pending = Resource.create(
                Guid.random(),
                Samples.titled("A pending one"),
                UserName.SYSTEM,
                running.library().clock().instant());
        running.library().storage().resources().save(pending);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void without_credentials_the_response_is_an_empty_401() throws Exception {
        for (HttpResponse<String> answer : List.of(
                running.get("/api/v1/resource/"),
                running.get("/api/v1/resource/", "Authorization", "ApiKey reader:nope"),
                running.get("/api/v1/resource/", "Authorization", "ApiKey reader"),
                running.get(
                        "/api/v1/resource/",
                        "Authorization",
                        "ApiKey reviewer:" + running.key(RunningLibrary.READER).secret()),
                running.get("/api/v1/resource/?username=reader&api_key=nope"))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .isEqualToIgnoringWhitespace("text/html; charset=utf-8");
            assertThat(answer.headers().firstValue("www-authenticate")).isEmpty();
        }
    }

    @Test
    void credentials_in_the_query_are_accepted_beside_a_header_of_another_scheme() throws Exception {
        String query = "/api/v1/resource/?username=reader&api_key="
                + running.key(RunningLibrary.READER).secret() + "&limit=2";
        HttpResponse<String> answer = running.get(query, "Authorization", "Basic cmVhZGVyOng=");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(next(answer))
                .isEqualTo("/api/v1/resource/?username=reader&api_key="
                        + running.key(RunningLibrary.READER).secret() + "&limit=2&offset=2");
    }

    @Test
    void a_list_has_twenty_objects_per_page_and_further_pages_complete_it() throws Exception {
        HttpResponse<String> first = list("");
        assertThat(first.body()).startsWith("""
                        {
                            "meta": {
                                "limit": 20,\s
                                "next": "/api/v1/resource/?limit=20&offset=20",\s
                                "offset": 0,\s
                                "previous": null,\s
                                "total_count": 25
                            },\s
                            "objects": [
                                {
                                    "attribution": null,\s
                        """);
        assertThat(first.headers().firstValue("content-type")).contains("application/json");
        assertThat(first.headers().firstValue("vary")).contains("Accept, Accept-Language, Cookie");
        assertThat(ids(first)).hasSize(20);

        HttpResponse<String> second = running.get(next(first), "Authorization", reader);
        assertThat(ids(second)).hasSize(5).doesNotContainAnyElementsOf(ids(first));
        assertThat(second.body())
                .contains("\"next\": null")
                .contains("\"previous\": \"/api/v1/resource/?limit=20&offset=0\"");
    }

    @Test
    void a_list_is_ordered_by_title_or_by_update_date() throws Exception {
        assertThat(titles(list("?limit=3"))).containsExactly("Resource 0", "Resource 1", "Resource 10");
        assertThat(titles(list("?limit=2&order_by=update_date"))).containsExactly("Agua", "Resource 0");
        assertThat(titles(list("?limit=2&order_by=-update_date"))).containsExactly("Resource 23", "Resource 22");
    }

    @Test
    void a_list_contains_only_resources_that_the_caller_may_see() throws Exception {
        assertThat(list("?status=pending").body()).contains("\"total_count\": 0");
        HttpResponse<String> reviewers = running.get(
                "/api/v1/resource/?status=pending", "Authorization", running.authorization(RunningLibrary.REVIEWER));
        assertThat(titles(reviewers)).containsExactly("A pending one");
    }

    @Test
    void a_list_is_filtered_by_update_date_inclusively() throws Exception {
        String date = field(list("?limit=1&order_by=-update_date"), "update_date");
        assertThat(list("?update_date__gte=" + date).body()).contains("\"total_count\": 1");
        assertThat(list("?update_date__lte=" + date + "%2B00:00").body()).contains("\"total_count\": 25");
        assertThat(list("?update_date__gte=2999-01-01").body()).contains("\"total_count\": 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    limit=x | Invalid limit 'x' provided. Please provide a positive integer.
                    limit=-1 | Invalid limit '-1' provided. Please provide a positive integer >= 0.
                    title=x | The 'title' field does not allow filtering.
                    update_date__gt=2015-01-01 | 'gt' is not an allowed filter on the 'update_date' field.
                    order_by=title | The 'title' field does not allow ordering.
                    """)
    void an_invalid_parameter_is_named(String parameter, String error) throws Exception {
        HttpResponse<String> answer = list("?" + parameter);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\n    \"error\": \"" + error + "\"\n}");
    }

    @Test
    void an_invalid_time_is_rejected_and_unknown_parameters_are_ignored() throws Exception {
        assertThat(list("?update_date__gte=abc").body()).contains("has an invalid format");
        assertThat(list("?update_date__gte=2015-02-30").body()).contains("has an invalid format");
        assertThat(list("?updated__gte=abc&foo=1").statusCode()).isEqualTo(200);
    }

    @Test
    void a_detail_has_links_files_and_tags_in_the_language_of_the_caller() throws Exception {
        String path = detailOf(water);
        HttpResponse<String> answer =
                running.get(path, "Authorization", reader, "Accept-Language", "es-MX,es;q=0.8,en;q=0.5");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"title\": \"Agua\"", "\"title_en\": \"Water\"", "\"files\": []", "\"urls\": []")
                .contains("\"description\": \"<p>Agua</p>\"", "\"guid\": \"" + water.guid() + "\"");
    }

    @Test
    void missing_and_invisible_resources_are_answered_with_404() throws Exception {
        HttpResponse<String> unknown = list("999999/");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEmpty();
        HttpResponse<String> noNumber = list("abc/");
        assertThat(noNumber.statusCode()).isEqualTo(404);
        assertThat(noNumber.body()).contains("Sorry, this request could not be processed.");
    }

    @Test
    void a_missing_slash_redirects_and_unsupported_methods_are_rejected_before_credentials() throws Exception {
        HttpResponse<String> moved = running.get("/api/v1/resource?limit=1");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("location")).contains("/api/v1/resource/?limit=1");
        HttpResponse<String> refused = running.send("DELETE", "/api/v1/resource/");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("allow")).contains("GET,POST,PUT");
    }

    @Test
    void writing_without_permission_is_rejected_and_an_unknown_address_gets_a_short_answer() throws Exception {
        HttpResponse<String> post = running.sendJson(
                "POST", "/api/v1/resource/", "{\"title\": \"T\", \"description\": \"D\"}", RunningLibrary.READER);
        assertThat(post.statusCode()).isEqualTo(401);
        assertThat(post.body()).isEmpty();
        HttpResponse<String> unknown = running.get("/no/such/address");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("<h1>Not Found</h1>");
    }

    @Test
    void the_full_feed_continues_after_a_position_and_states_it_on_every_page() throws Exception {
        List<String> guids = new ArrayList<>();
        String path = "/api/v1/resource/?full=true&status=approved&limit=10";
        long after = 0;
        while (!path.isEmpty()) {
            HttpResponse<String> answer = running.get(path, "Authorization", reader);
            // Compact: only this software reads it.
            assertThat(answer.body()).contains("\"tags\":[").doesNotContain("\n");
            JsonNode page = OrbJson.read(answer.body().getBytes(StandardCharsets.UTF_8));
            page.path("objects").forEach(object -> guids.add(object.path("guid").asString()));
            after = page.path("meta").path("after").asLong();
            path = page.path("meta").path("next").asString("");
        }
        assertThat(guids)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .contains(water.guid().toString());
        assertThat(running.get("/api/v1/resource/?full=true&after=" + after, "Authorization", reader)
                        .body())
                .endsWith("\"objects\":[]}");
    }

    @Test
    void a_page_of_the_full_feed_is_new_after_each_change_of_what_it_holds() throws Exception {
        String path = "/api/v1/resource/?full=true&limit=1000";
        String before = tag(path, reader, "");
        assertThat(tag(path, reader, before)).isEqualTo(before);
        assertThat(tag(path + "&after=1", reader, "")).isNotEqualTo(before);

        Resource hidden = running.publish("Zinc");
        String published = tag(path, reader, before);
        running.library().review().reject(List.of(hidden.guid()));

        assertThat(published).isNotEqualTo(before);
        assertThat(tag(path, reader, published)).isNotEqualTo(published);
    }

    /** Returns the entity tag of an answer. Expects 304 if it is the tag that the caller knows, otherwise 200. */
    private String tag(String path, String credentials, String known) throws Exception {
        HttpResponse<String> answer =
                running.get(path, "Authorization", credentials, "If-None-Match", known.isEmpty() ? "\"x\"" : known);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(tag.equals(known) ? 304 : 200);
        return tag;
    }

    @Test
    void a_detail_also_has_languages_that_this_library_does_not_use() throws Exception {
        Resource hidden = running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Zinc").with("ar", "الزنك"))
                        .build());
        String path = detailOf(hidden);
        try {
            for (String form : List.of("", "?full=true")) {
                assertThat(running.get(path + form, "Authorization", reader).body())
                        .contains("\"title_ar\": \"الزنك\"");
            }
        } finally {
            running.library().review().reject(List.of(hidden.guid()));
        }
    }

    @Test
    void a_large_response_is_compressed_if_the_client_accepts_it() throws Exception {
        HttpResponse<String> answer =
                running.get("/api/v1/resource/", "Authorization", reader, "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    }

    @Test
    void health_needs_no_credentials() throws Exception {
        HttpResponse<String> answer = running.get("/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(running.get("/health/live").body()).isEqualTo("{\"status\":\"ok\"}");
        HttpResponse<String> ready = running.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo(
                        "{\"parts\":{\"database\":{\"status\":\"ok\"},\"disk\":{\"status\":\"ok\"},"
                                + "\"files\":{\"status\":\"ok\"},\"schedule\":{\"status\":\"ok\"},\"backup\":{\"status\":\"ok\"}},\"status\":\"ok\"}");
    }

    private static HttpResponse<String> list(String rest) throws IOException, InterruptedException {
        return running.get("/api/v1/resource/" + rest, "Authorization", reader);
    }

    private static String detailOf(Resource resource) throws IOException, InterruptedException {
        Matcher uri = Pattern.compile(
                        "\"guid\": \"" + resource.guid() + "\".*?\"resource_uri\": \"([^\"]+)\"", Pattern.DOTALL)
                .matcher(list("?limit=0").body());
        assertThat(uri.find()).isTrue();
        return uri.group(1);
    }

    private static String next(HttpResponse<String> page) {
        return all(page, "\"next\": \"?([^\",]+)").get(0);
    }

    private static List<String> ids(HttpResponse<String> page) {
        return all(page, "\n            \"id\": (\\d+)");
    }

    private static List<String> titles(HttpResponse<String> page) {
        return all(page, "\n            \"title\": \"([^\"]+)\"");
    }

    private static String field(HttpResponse<String> page, String name) {
        return all(page, "\"" + name + "\": \"([^\"]+)\"").get(0);
    }

    private static List<String> all(HttpResponse<String> page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page.body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}

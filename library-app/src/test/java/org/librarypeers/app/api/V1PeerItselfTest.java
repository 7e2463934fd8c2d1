package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the scripted peer is as strict as existing sites, so that they accept whatever it accepts. */
class V1PeerItselfTest {

    private static final String LIST = "/api/v1/resource/";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String GUID = "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11";
    private static final String OTHER_GUID = "0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a12";

    private final StubSite site = new StubSite();
    private final Clock clock = Clock.fixed(Instant.parse("2018-05-01T16:54:00.123456Z"), ZoneOffset.UTC);
    private final List<String> pauses = new ArrayList<>();
    private final V1Peer peer = new V1Peer(site.address(), "me@example.org", "k1", () -> pauses.add("a second"), clock);

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void it_reads_the_pages_and_requests_the_details_one_by_one() {
        site.answers(
                LIST, 200, page("/api/v1/resource/?limit=2&offset=2", listed(1, "approved"), listed(2, "pending")));
        site.answers(LIST + "?limit=2&offset=2", 200, page(null, listed(3, "approved")));
        site.answers(LIST + "1/", 200, detail("{}"));
        site.answersPacked(LIST + "3/", detail("{\"guid\": \"" + OTHER_GUID + "\", \"title_fr\": \"Eau\"}"));

        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        String credentials = "?username=me%40example.org&api_key=k1&format=json";
        assertThat(site.requests())
                .extracting(StubSite.ReceivedRequest::line)
                .containsExactly(
                        "GET " + LIST + credentials,
                        "GET " + LIST + "1/" + credentials,
                        "GET " + LIST + "?limit=2&offset=2",
                        "GET " + LIST + "3/" + credentials);
        assertThat(pauses).hasSize(4);
        assertThat(site.requests()).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEqualTo("Basic bWVAZXhhbXBsZS5vcmc6azE=");
            assertThat(request.header("Content-type")).isEqualTo("application/json");
            assertThat(request.header("Accept")).isEqualTo("*/*");
            assertThat(request.header("Accept-encoding")).isEqualTo("gzip, deflate");
            assertThat(request.body()).isEmpty();
        });
        assertThat(peer.store().resources().keySet()).containsExactly(GUID, OTHER_GUID);
        assertThat(peer.store().resources().get(OTHER_GUID).fields).doesNotContainKey("title_fr");
    }

    @Test
    void after_a_complete_sync_it_requests_only_later_updates() {
        site.answers(LIST, 200, page(null));
        peer.sync();
        peer.sync();
        assertThat(site.requests().get(1).line())
                .isEqualTo("GET " + LIST + "?updated__gte=2018-05-01+16%3A54%3A00.123456%2B00%3A00"
                        + "&username=me%40example.org&api_key=k1&format=json");
    }

    @Test
    void a_response_that_is_not_a_json_object_ends_the_sync_and_the_next_one_starts_over() {
        site.answers(LIST, 200, page(null, listed(1, "approved"), listed(2, "approved")));
        site.answers(LIST + "1/", 200, detail("{}"));
        assertThat(peer.sync().value()).isEqualTo("404");
        assertThat(peer.store().resources()).hasSize(1);
        site.answers(LIST + "2/", 200, "[]");
        assertThat(peer.sync().reason()).isEqualTo("an answer that is no JSON object");
        site.answers(LIST + "2/", 200, "<p>");
        assertThat(peer.sync().reason()).isEqualTo("an answer that is no JSON");
        assertThat(site.requests())
                .extracting(StubSite.ReceivedRequest::line)
                .noneMatch(line -> line.contains("updated__gte"));
    }

    @Test
    void it_keeps_its_own_resources_and_updates_received_ones() {
        peer.store().makeLocal(GUID, "Our own");
        takes(detail("{\"sha1\": null}"));
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().get(GUID).field("title")).isEqualTo("Our own");

        takes(detail("{\"guid\": \"" + OTHER_GUID + "\", \"urls\": [{\"url\": \"http://a\"}]}"));
        peer.sync();
        takes(detail("{\"guid\": \"" + OTHER_GUID + "\", \"title\": \"Newer\", \"urls\": null}"));
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        V1Store.Stored updated = peer.store().resources().get(OTHER_GUID);
        assertThat(updated.field("title")).isEqualTo("Newer");
        assertThat(updated.urls).hasSize(1);
        assertThat(updated.status).isEqualTo("pending");
    }

    @Test
    void the_recorded_detail_of_a_v1_site_stops_it_after_the_links() {
        ObjectNode recorded =
                (ObjectNode) JSON.readTree(GoldenSample.read("08-detail").body());
        recorded.putNull("image");
        takes(recorded.toString());
        V1SyncEnd end = peer.sync();
        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).isEqualTo("unknown key");
        assertThat(end.key()).isIn("file_extension", "is_embeddable", "sha1");
        V1Store.Stored stored = peer.store().resources().get("e6e03aac-a6bd-4070-a381-b2db0225635a");
        assertThat(stored.urls).hasSize(4);
        assertThat(stored.files).isEmpty();
        assertThat(stored.tags).isEmpty();
    }

    @Test
    void only_the_recorded_files_stop_it() {
        JSON.readTree(GoldenSample.read("09-search").body()).path("objects").forEach(found -> {
            ObjectNode object = (ObjectNode) found;
            object.putNull("image");
            object.path("tags").forEach(tagging -> ((ObjectNode) tagging.path("tag")).putNull("image"));
            takes(object.toString());
            boolean hasFiles = !object.path("files").isEmpty();
            V1SyncEnd end = peer.sync();
            assertThat(end.complete()).as("%s", end).isEqualTo(!hasFiles);
            object.path("files")
                    .forEach(file -> ((ObjectNode) file).remove(List.of("file_extension", "is_embeddable", "sha1")));
            peer.store().resources().remove(object.path("guid").asString());
            object.remove("urls");
            takes(object.toString());
            assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        });
        assertThat(peer.store().resources()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"colour": "red"}                                            | colour
                    {"guid": "0B6D1B1C-5D6E-4C0E-9A52-0F2D8F6F3A11"}             | guid
                    {"title": null}                                              | title
                    {"urls": null}                                               | urls
                    {"tags": {}}                                                 | tags
                    {"study_time_number": 1.5}                                   | study_time_number
                    {"study_time_unit": "fortnights"}                            |
                    {"study_time_unit": "fortnights."}                           | study_time_unit
                    {"born_on": "yesterday"}                                     | born_on
                    {"born_on": "2020-02-03T00:00:00"}                           |
                    {"title_en": "Another"}                                      | title_en
                    {"create_date": null}                                        | create_date
                    {"titlefoo": 1, "attribution_de": []}                        |
                    {"image": "http://127.0.0.1:1/x.png"}                        | image
                    {"image": "http://no-such-host.invalid/x.png"}               | image
                    {"urls": [{"url": null}]}                                    | url
                    {"urls": [{"url": "x", "order_by": null}]}                   | order_by
                    {"urls": [{"url": "x", "file_size": 2147483648}]}            | file_size
                    {"urls": [{"url": "x", "sha1": null}]}                       | sha1
                    {"files": [{"url": "x"}]}                                    | file
                    {"files": [{"file": "x", "is_embeddable": true}]}            | is_embeddable
                    {"tags": [{"tag": {"name": "a", "category": "c"}}]}          | category_en
                    {"tags": [{"id": 1}]}                                        | tag
                    {"tags": [{"foo": 1, "tag": {"name": "a", "category": "c", "category_en": "c"}}]} |
                    {"tags": [{"tag": {"name": "a", "category": "c", "category_en": "c", "published": 1}}]} | published
                    {"tags": [{"tag": {"name": "a", "category": "c", "category_en": "c", "guid": "x"}}]} | guid
                    {"tags": [{"tag": {"name": "a", "category": null}}]}         | category
                    """)
    void it_reads_only_known_keys(String change, String fatal) {
        takes(detail(change));
        V1SyncEnd end = peer.sync();
        assertThat(end.key()).as("%s", end).isEqualTo(fatal == null ? "" : fatal);
        assertThat(end.complete()).isEqualTo(fatal == null);
    }

    @ParameterizedTest
    @CsvSource({
        "image, 200",
        "source_name, 200",
        "source_host, 200",
        "source_url, 200",
        "urls, 500",
        "files, 500",
        "name, 100"
    })
    void it_stores_at_most_the_maximum_number_of_characters(String field, int longest) {
        for (int length : new int[] {longest, longest + 1}) {
            String text = field.equals("image")
                    ? site.address() + "/" + "x".repeat(length - site.address().length() - 1)
                    : "😷".repeat(length);
            String value = JSON.writeValueAsString(text);
            peer.store().resources().clear();
            takes(detail(
                    switch (field) {
                        case "urls" -> "{\"urls\": [{\"url\": " + value + "}]}";
                        case "files" -> "{\"files\": [{\"file\": " + value + "}]}";
                        case "name" ->
                            "{\"tags\": [{\"tag\": {\"name\": " + value
                                    + ", \"category\": \"c\", \"category_en\": \"c\"}}]}";
                        default -> "{\"" + field + "\": " + value + "}";
                    }));
            assertThat(peer.sync().complete()).isEqualTo(length == longest);
        }
    }

    @Test
    void guids_of_links_and_files_are_unique_in_its_store() {
        String links = "\"urls\": [{\"url\": \"x\", \"guid\": \"" + GUID + "\"}]";
        takes(detail("{" + links + "}"));
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        takes(detail("{\"guid\": \"" + OTHER_GUID + "\", \"files\": [{\"file\": \"x\", \"guid\": \"" + GUID + "\"}]}"));
        assertThat(peer.sync().reason()).isEqualTo("another link or file has this guid");
    }

    @Test
    void tags_are_identified_by_name_alone() {
        takes(detail("{\"tags\": [" + tag("Audience", "Water", "") + ", " + tag("Topic", "WATER", "") + "]}"));
        assertThat(peer.sync().reason()).isEqualTo("the resource has two tags of this name");

        takes(detail("{\"guid\": \"" + OTHER_GUID + "\", \"tags\": [" + tag("Topic", "water", "") + "]}"));
        assertThat(peer.sync()).isEqualTo(V1SyncEnd.COMPLETE);
        assertThat(peer.store().resources().get(OTHER_GUID).tags.get(0).category())
                .isEqualTo("Audience");
    }

    @Test
    void its_database_ignores_accents_and_trailing_spaces() {
        V1Store.Collation general = V1Store.Collation.GENERAL;
        V1Store.Collation unicode = V1Store.Collation.UNICODE;
        for (V1Store.Collation any : V1Store.Collation.values()) {
            assertThat(any.folded("Año  ")).isEqualTo(any.folded("ANO"));
            assertThat(any.folded("οδός")).isEqualTo(any.folded("ΟΔΟΣ"));
            assertThat(any.folded("Işık")).isEqualTo(any.folded("isik"));
            assertThat(any.folded("ano")).isNotEqualTo(any.folded("anos"));
        }
        assertThat(general.folded("Straße"))
                .isEqualTo(general.folded("strase"))
                .isNotEqualTo(general.folded("strasse"));
        assertThat(unicode.folded("Straße"))
                .isEqualTo(unicode.folded("strasse"))
                .isNotEqualTo(unicode.folded("strase"));
        assertThat(general.folded("😷")).isEqualTo(general.folded("💉"));
        assertThat(unicode.folded("😷")).isNotEqualTo(unicode.folded("💉"));
        takes(detail("{\"tags\": [" + tag("Topic", "Año", "") + ", " + tag("Topic", "ano ", "") + "]}"));
        assertThat(peer.sync().reason()).isEqualTo("the resource has two tags of this name");
    }

    @Test
    void a_tag_name_in_two_categories_and_two_null_names_end_the_sync() {
        peer.store().addTag("Audience", "Water", Map.of());
        peer.store().addTag("Topic", "Water", Map.of());
        takes(detail("{\"tags\": [" + tag("Topic", "Water", "") + "]}"));
        assertThat(peer.sync().reason()).isEqualTo("the site has this name in two categories");

        String noName = ", \"name_en\": null";
        takes(detail("{\"guid\": \"" + OTHER_GUID + "\", \"tags\": [" + tag("Topic", "a", noName) + ", "
                + tag("Topic", "b", noName) + "]}"));
        assertThat(peer.sync().reason()).isEqualTo("two tags of one category have no name_en");
    }

    @Test
    void its_other_calls_send_the_key_in_a_header_and_do_not_escape_words() {
        peer.search("safe water & soap");
        peer.addTag(Map.of("name", "hand washing"));
        peer.uploadImage(
                new Multipart().field("resource_id", 1).file("image_file", "x.png", "image/png", new byte[] {1}));
        assertThat(site.requests())
                .extracting(StubSite.ReceivedRequest::line)
                .containsExactly(
                        "GET /api/v1/resource/search/?q=safe%20water%20&%20soap",
                        "POST /api/v1/tag/", "POST /api/upload/image/");
        assertThat(site.requests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("ApiKey me@example.org:k1"));
        assertThat(site.requests().get(1).body()).isEqualTo("{\"name\":\"hand washing\"}");
        assertThat(site.requests().get(2).body()).contains("name=\"image_file\"; filename=\"x.png\"");
    }

    private void takes(String detail) {
        site.answers(LIST, 200, page(null, listed(1, "approved")));
        site.answers(LIST + "1/", 200, detail);
    }

    private static String tag(String category, String name, String more) {
        return "{\"tag\": {\"name\": \"" + name + "\", \"category\": \"" + category + "\", \"category_en\": \""
                + category + "\"" + more + "}}";
    }

    private static String listed(int id, String status) {
        return "{\"id\": " + id + ", \"status\": \"" + status + "\"}";
    }

    private static String page(String next, String... objects) {
        return "{\"meta\": {\"total_count\": 9, \"next\": " + (next == null ? null : '"' + next + '"')
                + "}, \"objects\": [" + String.join(", ", objects) + "]}";
    }

    /** Returns a readable detail with the changes applied. */
    private static String detail(String changes) {
        ObjectNode detail = JSON.createObjectNode()
                .put("guid", GUID)
                .put("title", "Water")
                .put("resource_uri", "/api/v1/resource/1/")
                .put("url", "http://orb.example.org/resource/view/water")
                .put("create_date", "2016-05-18T21:09:29")
                .put("update_date", "2016-11-30T01:36:41");
        detail.setAll((ObjectNode) JSON.readTree(changes));
        return detail.toString();
    }
}

package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.SyncListener;
import tools.jackson.databind.JsonNode;

/** Tests of writing resources, links and tags through the API. */
class ResourceWriteEndpointsTest extends WrittenLibrary {

    @Test
    void a_new_resource_is_pending_and_visible_only_to_its_creator_and_reviewers() throws Exception {
        JsonNode added = add("Seen by few", ASHA);
        String path = added.path("resource_uri").asString();

        assertThat(added.path("status").asString()).isEqualTo("pending");
        assertThat(get(path, ASHA).statusCode()).isEqualTo(200);
        assertThat(get(path, RunningLibrary.REVIEWER).statusCode()).isEqualTo(200);
        assertThat(get(path, JUMA).statusCode()).isEqualTo(404);
        assertThat(get(path, RunningLibrary.READER).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/resource/?status=pending&limit=0", JUMA).body()).doesNotContain("Seen by few");
        assertThat(get("/api/v1/resource/?status=pending&limit=0", ASHA).body()).contains("Seen by few");
    }

    @Test
    void translations_are_written_by_field_or_by_the_language_of_the_request() throws Exception {
        HttpResponse<String> answer = running.send(
                "POST",
                "/api/v1/resource/",
                BodyPublishers.ofString("""
                        {"title": "Agua", "title_en": "Water", "description": "Agua limpia", "study_time_number": "2",
                         "study_time_unit": "hours", "attribution": "Ministerio", "status": "approved"}"""),
                "Authorization",
                running.authorization(ASHA),
                "Accept-Language",
                "es");

        JsonNode made = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(made.path("title_es").asString()).isEqualTo("Agua");
        assertThat(made.path("title_en").asString()).isEqualTo("Water");
        assertThat(made.path("description_es").asString()).isEqualTo("Agua limpia");
        assertThat(made.path("study_time_number").asInt()).isEqualTo(2);
        assertThat(made.path("status").asString()).isEqualTo("pending");
    }

    @Test
    void fields_that_are_not_sent_stay_and_only_the_creator_or_a_reviewer_may_change_them() throws Exception {
        String path = add("To be changed", ASHA).path("resource_uri").asString();
        String change = "{\"title\": \"Changed\", \"title_es\": \"Otra\", \"description\": \"New words\"}";

        assertThat(running.sendJson("PUT", path, change, JUMA).statusCode()).isEqualTo(401);
        assertThat(running.sendJson("PUT", path, change, RunningLibrary.REVIEWER)
                        .statusCode())
                .isEqualTo(401);
        JsonNode changed =
                JSON.readTree(running.sendJson("PUT", path, change, ASHA).body());

        assertThat(changed.path("title").asString()).isEqualTo("Changed");
        assertThat(changed.path("study_time_number").asInt()).isEqualTo(15);
        assertThat(changed.path("title_es").asString()).isEqualTo("Otra");
        String without = change.replace("Otra", " ");
        assertThat(JSON.readTree(running.sendJson("PUT", path, without, ASHA).body())
                        .path("title_es")
                        .asString())
                .isEmpty();
        running.library().accounts().allowWriting(RunningLibrary.REVIEWER, true);
        assertThat(running.sendJson("PUT", path, change, RunningLibrary.REVIEWER)
                        .statusCode())
                .isEqualTo(200);
        running.library().accounts().allowWriting(RunningLibrary.REVIEWER, false);
    }

    @Test
    void a_put_to_an_unused_id_adds_a_resource() throws Exception {
        HttpResponse<String> answer = running.sendJson(
                "PUT", "/api/v1/resource/987654321/", "{\"title\": \"Put\", \"description\": \"d\"}", ASHA);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("location")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    resource/ | {"title": " ", "description": "d"} | 4000 | No title provided
                    resource/ | {"title": "t"} | 4001 | No description provided
                    resource/ | {"title": "t", "description": null} | 4001 | No description provided
                    resourcetag/ | {} | 4100 | No resource specified
                    resourcetag/ | {"resource_id": 1} | 4101 | No tag specified
                    resourcetag/ | {"resource_id": 987654321, "tag_id": 1} | 3000 | Resource not found
                    resourcetag/ | {"resource_id": "x", "tag_id": 1} | 3000 | Resource not found
                    resourceurl/ | {"resource_id": 987654321, "url": "u"} | 3000 | Resource not found
                    resourceurl/ | {"url": "u"} | 3000 | Resource not found
                    tag/ | {"name": "?!"} | 5001 | Cannot add empty tag
                    tag/ | {} | 5001 | Cannot add empty tag
                    """)
    void rejected_data_gets_the_codes_and_messages_of_existing_sites(String kind, String body, int code, String message)
            throws Exception {
        HttpResponse<String> answer = running.sendJson("POST", "/api/v1/" + kind, body, ASHA);

        assertRefused(answer, code, message);
    }

    @Test
    void a_description_has_at_most_150_words_without_its_markup() throws Exception {
        String most = "<p class='a b c'>" + "word ".repeat(149) + "<b>word</b></p>";

        HttpResponse<String> added = running.sendJson("POST", "/api/v1/resource/", described("Long", most), ASHA);
        HttpResponse<String> refused =
                running.sendJson("POST", "/api/v1/resource/", described("Longer", most + " word"), ASHA);

        assertThat(added.statusCode()).isEqualTo(201);
        assertRefused(refused, 4002, "Description is too long, please enter no more than 150 words");
    }

    private static String described(String title, String description) {
        return "{\"title\": \"" + title + "\", \"description\": \"" + description + "\"}";
    }

    @Test
    void a_resource_cannot_be_tagged_with_an_unknown_tag() throws Exception {
        long id = add("To be tagged", ASHA).path("id").asLong();
        for (String tag : List.of("987654321", "\"x\"", "-1")) {
            HttpResponse<String> answer = running.sendJson(
                    "POST", "/api/v1/resourcetag/", "{\"resource_id\": %d, \"tag_id\": %s}".formatted(id, tag), ASHA);
            assertRefused(answer, 5010, "Tag not found");
        }
    }

    /**
     * Asserts that the request was refused. The error is JSON inside a string, so the answer is parsed twice, as by
     * clients.
     */
    private static void assertRefused(HttpResponse<String> answer, int code, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode error =
                JSON.readTree(JSON.readTree(answer.body()).path("error").asString());
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | resource/ | no JSON | JSON
                    POST | resource/ | [1] | The body is not a JSON object.
                    POST | resource/ | `` | The body is empty
                    POST | resource/ | {"title": "t", "description": "d", "study_time_number": "soon"} | study_time_number
                    POST | resource/ | {"title": "t", "description": "d", "study_time_unit": "aeons"} | study_time_unit
                    POST | resource/ | {"title": "t", "description": "d", "study_time_number": -1} | -1
                    POST | resource/ | {"title": "t", "description": "d", "born_on": "yesterday"} | born_on
                    POST | resource/ | {"title": "t", "description": "d", "guid": "mine"} | guid "mine"
                    POST | resource/ | {"title": "a\\u0000b", "description": "d"} | title
                    POST | resource/ | {"title": "t", "title_en": "", "description": "d"} | title_en
                    PUT | resource/1/ | {"title": "t", "description": "d", "guid": "mine"} | guid "mine"
                    PUT | resource/1/ | {"title": "t" | JSON
                    POST | resourcetag/ | no JSON | JSON
                    POST | resourceurl/ | {"resource_id": %d, "url": " "} | address
                    POST | resourceurl/ | {"resource_id": %d, "url": "u", "order_by": "1,\\"x\\": 2"} | order_by '1,"x": 2'
                    POST | resourceurl/ | {"resource_id": %d, "url": "u", "file_size": 1.5} | file_size '1.5'
                    POST | tag/ | "x" | The body is not a JSON object.
                    POST | tag/ | {"name": "a\\u0000b"} | name
                    """)
    void an_invalid_body_gets_a_400_with_a_reason_that_clients_can_parse(
            String method, String kind, String body, String why) throws Exception {
        long id = add("To be given " + Guid.random(), ASHA).path("id").asLong();
        HttpResponse<String> answer =
                running.sendJson(method, "/api/v1/" + kind, body.replace("%d", Long.toString(id)), ASHA);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode error =
                JSON.readTree(JSON.readTree(answer.body()).path("error").asString());
        assertThat(error.path("code").asInt()).isEqualTo(9000);
        assertThat(error.path("message").asString()).contains(why);
    }

    @Test
    void a_body_that_is_too_large_is_rejected_in_json() throws Exception {
        String body = "{\"title\": \"t\", \"description\": \"" + "d".repeat(6_000_000) + "\"}";
        HttpResponse<String> answer = running.sendJson("POST", "/api/v1/resource/", body, ASHA);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(JSON.readTree(answer.body()).path("error").asString())
                        .path("message")
                        .asString())
                .isEqualTo("The request is larger than this library accepts.");
    }

    @Test
    void a_sent_guid_is_kept_and_cannot_take_over_a_resource() throws Exception {
        Guid guid = Guid.random();
        String body = "{\"title\": \"With a GUID\", \"description\": \"d\", \"guid\": \"%s\"}";

        HttpResponse<String> made = running.sendJson(
                "POST", "/api/v1/resource/", body.formatted(guid.toString().toUpperCase(Locale.ROOT)), ASHA);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(JSON.readTree(made.body()).path("guid").asString()).isEqualTo(guid.toString());

        String inUse = "guid " + guid + " already belongs to a resource of this library or of one of its peers;"
                + " omit it to get a new one";
        assertRefused(running.sendJson("POST", "/api/v1/resource/", body.formatted(guid), JUMA), 9000, inUse);
        // PUT with an unused id creates a resource.
        assertRefused(running.sendJson("PUT", "/api/v1/resource/987654321/", body.formatted(guid), JUMA), 9000, inUse);
        String own = add("Without a GUID", JUMA).path("resource_uri").asString();
        assertThat(running.sendJson("PUT", own, body.formatted(guid), JUMA).statusCode())
                .isEqualTo(400);
        assertThat(running.sendJson("PUT", own, body.formatted(Guid.random()), JUMA)
                        .statusCode())
                .isEqualTo(400);
        String ownGuid = JSON.readTree(get(own, JUMA).body()).path("guid").asString();
        assertThat(running.sendJson("PUT", own, body.formatted(ownGuid), JUMA).statusCode())
                .isEqualTo(200);

        Resource resource = running.library().storage().resources().find(guid).orElseThrow();
        assertThat(resource.revision().number()).isEqualTo(1);
        assertThat(running.library()
                        .storage()
                        .catalogue()
                        .find(guid)
                        .orElseThrow()
                        .creator())
                .isEqualTo(ASHA);
    }

    @Test
    void the_guid_of_a_resource_that_a_peer_offers_cannot_be_taken() throws Exception {
        try (RunningLibrary peer = RunningLibrary.start("A peer of the writing test")) {
            Guid followed = peer.publish("Followed here").guid();
            running.library().sync().sync(running.addPeer(peer), SyncListener.NONE);

            HttpResponse<String> answer = running.sendJson(
                    "POST",
                    "/api/v1/resource/",
                    "{\"title\": \"Mine\", \"description\": \"d\", \"guid\": \"%s\"}".formatted(followed),
                    ASHA);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(running.library()
                            .storage()
                            .resources()
                            .find(followed)
                            .orElseThrow()
                            .content()
                            .title()
                            .in("en"))
                    .contains("Followed here");
        }
    }

    @Test
    void adding_a_tag_in_another_letter_case_returns_the_existing_tag() throws Exception {
        HttpResponse<String> first = running.sendJson("POST", "/api/v1/tag/", "{\"name\": \"Árbol Vacuna\"}", ASHA);
        HttpResponse<String> other = running.sendJson("POST", "/api/v1/tag/", "{\"name\": \"árbol VACUNA\"}", ASHA);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(other.statusCode()).as(other.body()).isEqualTo(201);
        assertThat(JSON.readTree(other.body())).isEqualTo(JSON.readTree(first.body()));
        assertThat(other.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"));
        assertRefused(
                running.sendJson("POST", "/api/v1/tag/", "{\"name\": \" Árbol Vacuna\"}", ASHA),
                5000,
                "This tag already exists");
    }

    @Test
    void links_and_tags_are_added_and_removed() throws Exception {
        long id = add("With parts", ASHA).path("id").asLong();
        long tag = JSON.readTree(running.sendJson("POST", "/api/v1/tag/", "{\"name\": \"Nets\"}", ASHA)
                        .body())
                .path("id")
                .asLong();

        String tagging = JSON.readTree(running.sendJson(
                                "POST",
                                "/api/v1/resourcetag/",
                                "{\"resource_id\": %d, \"tag_id\": %d}".formatted(id, tag),
                                ASHA)
                        .body())
                .path("resource_uri")
                .asString();
        String link = JSON.readTree(running.sendJson(
                                "POST",
                                "/api/v1/resourceurl/",
                                "{\"resource_id\": \"%d\", \"url\": \"https://example.org/\", \"title\": \"Site\"}"
                                        .formatted(id),
                                ASHA)
                        .body())
                .path("resource_uri")
                .asString();

        JsonNode detail =
                JSON.readTree(get("/api/v1/resource/" + id + "/", ASHA).body());
        assertThat(detail.at("/tags/0/resource_uri").asString()).isEqualTo(tagging);
        assertThat(detail.at("/tags/0/tag/name").asString()).isEqualTo("Nets");
        assertThat(detail.at("/urls/0/resource_uri").asString()).isEqualTo(link);
        for (String part : List.of(tagging, link)) {
            assertThat(get(part, JUMA).statusCode()).isEqualTo(404);
            assertThat(running.send("DELETE", part, "Authorization", running.authorization(JUMA))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(running.send("DELETE", part, "Authorization", running.authorization(ASHA))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(get(part, ASHA).statusCode()).isEqualTo(404);
        }
        JsonNode without =
                JSON.readTree(get("/api/v1/resource/" + id + "/", ASHA).body());
        assertThat(without.path("tags")).isEmpty();
        assertThat(without.path("urls")).isEmpty();
    }

    @Test
    void whole_lists_cannot_be_removed_or_replaced() throws Exception {
        for (String kind : List.of("resourcetag/", "resourceurl/", "resourcefile/")) {
            HttpResponse<String> answer =
                    running.send("DELETE", "/api/v1/" + kind, "Authorization", running.authorization(ASHA));
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(running.sendJson("PUT", "/api/v1/resource/", "{\"objects\": []}", ASHA)
                        .statusCode())
                .isEqualTo(401);
        assertThat(running.sendJson("POST", "/api/v1/resource/1/", "{}", ASHA).statusCode())
                .isEqualTo(501);
    }
}

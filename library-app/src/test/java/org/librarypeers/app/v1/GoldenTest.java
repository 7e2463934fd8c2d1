package org.librarypeers.app.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same data, the same request, the same answer: what a real site answered, recorded, against ours, whole. Each difference
 * that is meant is named in {@link #explained}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenTest {

    private static final UserName WRITER = new UserName("apiuser");
    private static final UserName READER = new UserName("standarduser");

    /** What the recorded site saw as the keys of its users. */
    private static final String WRITERS_KEY = "0aab3c456c1110b996c60f69007f2a2acd63d260";

    private static final String READERS_KEY = "a61c3a95fe5a5f54847417f75238fb8cbea03054";

    /** Keys that end the sync of the sites that read us, though a site of theirs writes them. */
    private static final Set<String> LEFT_OUT = Set.of("file_extension", "is_embeddable", "sha1");

    private static final Pattern PATH = Pattern.compile("(/api/v1/(\\w+)/(?:set/)?)(\\d+)");

    private static RunningLibrary library;
    private static RecordedSite site;

    @BeforeAll
    static void start() {
        library = RunningLibrary.start();
        library.library().accounts().create(WRITER, Role.MEMBER, null, "a password");
        library.library().accounts().allowWriting(WRITER, true);
        library.library().accounts().create(READER, Role.MEMBER, null, "a password");
        site = new RecordedSite(library);
    }

    @AfterAll
    static void stop() {
        library.close();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-list-first-page",
                "02-list-middle-page-credentials-in-query",
                "03-list-as-the-python-client-asks",
                "04-list-filtered",
                "05-list-past-the-end",
                "06-list-accept-language-es",
                "07-list-all",
                "08-detail",
                "09-search",
                "10-search-nothing-found",
                "11-search-no-query",
                "12-search-page-out-of-range",
                "13-set",
                "14-resource-schema",
                "15-top-level",
                "16-tag-list",
                "17-tag",
                "18-tag-by-category",
                "19-tags",
                "20-category-list",
                "21-resourcetag",
                "22-resourceurl",
                "23-resourcefile",
                "24-slash-missing",
                "25-401-no-credentials",
                "26-401-wrong-key",
                "27-404-unknown-id",
                "28-404-id-no-number",
                "29-405-delete",
                "30-405-head",
                "31-400-limit",
                "32-400-no-filter",
                "33-400-comparison",
                "34-400-time",
                "35-400-order",
                "49-401-no-right-to-write"
            })
    void a_request_is_answered_as_it_was(String name) throws IOException {
        compare(library, Sample.read(name + ".http"));
    }

    @Order(2)
    @Test
    void what_a_program_writes_is_answered_as_it_was() throws IOException {
        for (String name : List.of(
                "36-post-resource",
                "37-post-resource-again",
                "38-post-resource-no-title",
                "39-post-resource-too-long",
                "40-put-resource",
                "41-post-tag",
                "42-post-tag-again",
                "43-post-tag-empty",
                "44-post-resourcetag",
                "45-post-resourcetag-again",
                "46-delete-resourcetag",
                "47-delete-resourcetag-again",
                "48-post-resourceurl")) {
            compare(library, Sample.read(name + ".http"));
        }
    }

    @Order(3)
    @Test
    void who_asked_enough_is_answered_as_it_was() throws IOException {
        try (RunningLibrary throttled = RunningLibrary.start(1)) {
            throttled.library().accounts().create(WRITER, Role.MEMBER, null, "a password");
            Sample sample = Sample.read("50-429-throttled.http");
            assertThat(answer(throttled, sample).status()).isEqualTo(200);
            compare(throttled, sample);
        }
    }

    private static RawHttp.Answer answer(RunningLibrary running, Sample sample) throws IOException {
        return RawHttp.send(
                running.address(),
                ours(running, sample.head()),
                sample.requestBody().isEmpty() ? "" : ids(sample.requestBody()));
    }

    private static void compare(RunningLibrary running, Sample sample) throws IOException {
        RawHttp.Answer answer = answer(running, sample);

        assertThat(answer.status()).as(sample.name()).isEqualTo(sample.status());
        JsonNode actual = sample.isJson() ? Sample.JSON.readTree(answer.body()) : null;
        if (sample.status() == 201) {
            learn(sample, actual);
        }
        sample.headers().forEach((header, value) -> {
            // How long a body is, is compared with the body; the recording server closed its connections.
            if (!Set.of("content-length", "connection").contains(header.toLowerCase())) {
                assertThat(answer.headers().get(header))
                        .as(sample.name() + ": " + header)
                        .isEqualTo(ids(value));
            }
        });
        if (actual == null) {
            assertThat(answer.text()).as(sample.name()).isEqualTo(sample.body());
        } else if (sample.name().startsWith("15")) {
            assertThat(answer.text()).as(sample.name()).isEqualTo(sample.body());
        } else {
            JsonNode expected = explained(sample, mapped(running, sample.json(), ""), actual);
            assertThat(answer.text())
                    .as(sample.name())
                    .isEqualTo(new String(OrbJson.write(expected), StandardCharsets.UTF_8));
        }
        String length = answer.headers().get("Content-Length");
        if (sample.headers().containsKey("Content-Length") && !answer.headers().containsKey("Content-Encoding")) {
            assertThat(length)
                    .as(sample.name() + ": length")
                    .isEqualTo(sample.head().startsWith("HEAD") ? "12" : "" + answer.body().length);
        }
    }

    /** The numbers of what was added. */
    private static void learn(Sample sample, JsonNode actual) {
        Matcher recorded = PATH.matcher(sample.headers().get("Location"));
        assertThat(recorded.find()).isTrue();
        site.put(
                recorded.group(2),
                Long.parseLong(recorded.group(3)),
                actual.path("id").asLong());
    }

    private static String ours(RunningLibrary running, String head) {
        String[] lines = head.split("\n", 2);
        return (ids(lines[0]) + "\n" + lines[1])
                .replace(READERS_KEY, key(running, READER))
                .replace(WRITERS_KEY, key(running, WRITER));
    }

    private static String key(RunningLibrary running, UserName user) {
        return running.library()
                .accounts()
                .apiKey(user)
                .map(key -> key.secret())
                .orElse("none");
    }

    /** Recorded numbers become ours, in paths and in the bodies of requests. */
    private static String ids(String text) {
        String paths = PATH.matcher(text)
                .replaceAll(path -> path.group(1) + site.ours(path.group(2), Long.parseLong(path.group(3))));
        return Pattern.compile("\"(resource|tag)_id\": (\\d+)")
                .matcher(paths)
                .replaceAll(id -> "\"" + id.group(1) + "_id\": " + site.ours(id.group(1), Long.parseLong(id.group(2))));
    }

    /** Numbers, keys of accounts, and the keys that are left out. */
    private static JsonNode mapped(RunningLibrary running, JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            if (object.has("file_extension") && object.has("resource_uri")) {
                object.remove(LEFT_OUT);
            }
            Matcher uri = PATH.matcher(object.path("resource_uri").asString(""));
            if (uri.find()) {
                object.put("id", site.ours(uri.group(2), object.path("id").asLong()));
            }
            for (String key : List.copyOf(object.propertyNames())) {
                object.set(key, mapped(running, object.path(key), key));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, mapped(running, array.get(i), field));
            }
        } else if (node.isString()) {
            return Sample.JSON
                    .getNodeFactory()
                    .stringNode(ids(node.asString()).replace(WRITERS_KEY, key(running, WRITER)));
        } else if (node.isNumber()
                && Map.of("resource_id", "resource", "tag_id", "tag").containsKey(field)) {
            return Sample.JSON.getNodeFactory().numberNode(site.ours(field.replace("_id", ""), node.asLong()));
        }
        return node;
    }

    /** What is expected, after the differences that are meant. */
    private static JsonNode explained(Sample sample, JsonNode expected, JsonNode actual) {
        ObjectNode object = (ObjectNode) expected;
        switch (sample.name().substring(0, 2)) {
            // Two sites rank differently; ours also finds words of descriptions. All that theirs found is there.
            case "09" -> found(object, actual);
            // A new one for each site.
            case "14" -> object.withObject("/fields/guid").set("default", actual.at("/fields/guid/default"));
            // The recorded site had more tags and categories than the samples show, which shifts what a page holds.
            case "16", "18", "20" -> page(object, actual);
            // Made a moment ago.
            case "36", "40" -> copy(object, actual, "guid", "create_date", "update_date");
            case "37" -> copy(object, actual, "error");
            // Images that nobody uploaded are not served.
            case "41" -> object.putNull("image");
            case "44" -> {
                copy(object, actual, "create_date");
                object.withObject("/tag").putNull("image");
            }
            case "48" -> copy(object, actual, "guid");
            default -> {}
        }
        if (sample.name().startsWith("40")) {
            object.put("pk", actual.path("id").asString());
        }
        alike(object, actual);
        return object;
    }

    private static void copy(ObjectNode expected, JsonNode actual, String... fields) {
        for (String field : fields) {
            assertThat(actual.path(field).isString()).isTrue();
            expected.set(field, actual.path(field));
        }
    }

    private static void found(ObjectNode expected, JsonNode actual) {
        List<JsonNode> theirs = new ArrayList<>();
        expected.path("objects").forEach(theirs::add);
        List<JsonNode> both = new ArrayList<>();
        actual.path("objects")
                .forEach(each -> theirs.stream()
                        .filter(other -> other.path("guid").equals(each.path("guid")))
                        .forEach(both::add));
        assertThat(both).hasSameSizeAs(theirs);
        ArrayNode all = expected.putArray("objects");
        actual.path("objects")
                .forEach(each -> all.add(both.stream()
                        .filter(other -> other.path("guid").equals(each.path("guid")))
                        .findFirst()
                        .orElse(each)));
    }

    /** As many objects, with the same keys; in the order of their names. */
    private static void page(ObjectNode expected, JsonNode actual) {
        JsonNode theirs = expected.path("objects");
        JsonNode ours = actual.path("objects");
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i).propertyNames()).isEqualTo(theirs.get(i).propertyNames());
        }
        assertThat(ours).extracting(each -> each.path("name").asString()).isSorted();
        expected.set("objects", ours);
        expected.withObject("/meta").set("total_count", actual.at("/meta/total_count"));
    }

    /** What differs in every answer, wherever it stands. */
    private static void alike(JsonNode expected, JsonNode actual) {
        if (expected instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                alike(array.get(i), actual.path(i));
            }
        } else if (expected instanceof ObjectNode object) {
            alike(object, actual);
        }
    }

    private static void alike(ObjectNode expected, JsonNode actual) {
        for (String key : List.copyOf(expected.propertyNames())) {
            JsonNode value = expected.path(key);
            if (key.equals("languages") && value.isArray()) {
                // In no set order.
                assertThat(actual.path(key)
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList())
                        .containsExactlyInAnyOrderElementsOf(
                                value.valueStream().map(JsonNode::asString).toList());
                expected.set(key, actual.path(key));
            } else if (key.startsWith("description") && value.isString()) {
                // Kept without white space around it.
                expected.put(key, value.asString().strip());
            } else {
                alike(value, actual.path(key));
            }
        }
        if (expected.has("tag") && expected.has("create_date")) {
            // Since when a resource has a tag, ours counts from when it was saved here.
            copy(expected, actual, "create_date");
        }
        boolean latin = expected.path("name").asString("").codePoints().allMatch(c -> c < 0x300);
        if (!latin && expected.has("url")) {
            // Theirs spell names in Latin letters, ours do not.
            assertThat(actual.path("url").asString()).matches("http://orb.example.org/tag/view/[0-9a-z-]+");
            expected.set("url", actual.path("url"));
        }
    }
}

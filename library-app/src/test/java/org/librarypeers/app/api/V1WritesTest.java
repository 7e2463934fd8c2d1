package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.UserName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of writes by existing programs: resources with tags and links, an image and files. */
class V1WritesTest {

    private static final UserName WRITER = new UserName("writer");
    private static final UserName OTHER_WRITER = new UserName("other-writer");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    private static RunningLibrary running;
    private static V1Peer writer;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        Writers.create(running, WRITER);
        Writers.create(running, OTHER_WRITER);
        writer = as(WRITER);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_resource_is_added_with_a_tag_and_a_link_and_changed() throws Exception {
        long id = add("With a tag and a link");
        HttpResponse<String> tag = writer.addTag(Map.of("name", "hand washing"));
        assertThat(tag.statusCode()).as(tag.body()).isEqualTo(201);
        HttpResponse<String> tagging = writer.addResourceTag(
                Map.of("resource_id", id, "tag_id", object(tag).path("id").asLong()));
        assertThat(tagging.statusCode()).as(tagging.body()).isEqualTo(201);
        HttpResponse<String> link = writer.addResourceUrl(Map.of(
                "resource_id", id, "url", "https://example.org/é?a=b", "title", "T", "description", "", "order_by", 3));
        assertThat(link.statusCode()).as(link.body()).isEqualTo(201);
        HttpResponse<String> changed = writer.changeResource(id, Map.of("title", "Changed", "description", "Better"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);

        JsonNode detail = detail(id);
        assertThat(detail.path("title").asString()).isEqualTo("Changed");
        assertThat(detail.path("status").asString()).isEqualTo("pending");
        assertThat(detail.at("/tags/0/tag/name").asString()).isEqualTo("hand washing");
        assertThat(detail.at("/urls/0/url").asString()).isEqualTo("https://example.org/é?a=b");
        assertThat(detail.at("/urls/0/order_by").asInt()).isEqualTo(3);
    }

    @Test
    void uploaded_images_and_files_can_be_fetched_without_credentials() throws Exception {
        long id = add("With uploads");
        HttpResponse<String> image = writer.uploadImage(
                new Multipart().field("resource_id", id).file("image_file", "a picture.png", "image/png", PNG));
        assertThat(image.statusCode()).as(image.body()).isEqualTo(201);
        assertThat(image.body()).isEmpty();
        for (String title : new String[] {"One", "Two"}) {
            HttpResponse<String> file = writer.uploadFile(new Multipart()
                    .field("resource_id", id)
                    .field("title", title)
                    .field("description", "")
                    .field("order_by", 0)
                    .file("resource_file", "guide.pdf", "application/pdf", PDF));
            assertThat(file.statusCode()).as(file.body()).isEqualTo(201);
            assertThat(file.body()).isEmpty();
        }

        JsonNode detail = detail(id);
        assertThat(detail.path("files")
                        .valueStream()
                        .map(file -> file.path("title").asString()))
                .containsExactlyInAnyOrder("One", "Two");
        assertThat(fetched(detail.path("image").asString())).isEqualTo(200);
        assertThat(fetched(detail.at("/files/0/file").asString())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "image, image_file, 'No image file provided'",
        "file, resource_file, 'No resource file provided'",
    })
    void an_incomplete_upload_names_what_is_missing(String kind, String field, String noFile) {
        long id = add("To upload a " + kind);
        Multipart onlyFile = new Multipart().file(field, "x.png", "image/png", PNG);
        assertRefused(upload(kind, onlyFile), "{ \"error\": \"No resource_id provided\"}");
        Multipart noFileAtAll = new Multipart()
                .field("resource_id", id)
                .field("title", "T")
                .field("description", "D")
                .field("order_by", 0);
        assertRefused(upload(kind, noFileAtAll), "{ \"error\": \"" + noFile + "\"}");
    }

    @Test
    void an_upload_to_the_resource_of_another_account_or_by_get_is_rejected() throws Exception {
        long id = add("Of somebody else");
        HttpResponse<String> refused = as(OTHER_WRITER)
                .uploadImage(new Multipart().field("resource_id", id).file("image_file", "x.png", "image/png", PNG));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEmpty();
        for (String kind : new String[] {"image", "file"}) {
            assertThat(running.get("/api/upload/" + kind + "/", "Authorization", running.authorization(WRITER))
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void a_search_with_unescaped_words_finds_approved_resources() throws Exception {
        running.publish("Oxygen for newborns");
        HttpResponse<String> found = writer.search("oxygen for newborns");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(object(found).at("/objects/0/title").asString()).isEqualTo("Oxygen for newborns");
    }

    private static void assertRefused(HttpResponse<String> answer, String body) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(body);
    }

    private static HttpResponse<String> upload(String kind, Multipart form) {
        return kind.equals("image") ? writer.uploadImage(form) : writer.uploadFile(form);
    }

    private static V1Peer as(UserName user) {
        return new V1Peer(running.address(), user.value(), running.key(user).secret());
    }

    private static long add(String title) {
        HttpResponse<String> added = writer.addResource(Map.of("title", title, "description", "Some words"));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        return object(added).path("id").asLong();
    }

    private static JsonNode detail(long id) throws Exception {
        return object(running.get("/api/v1/resource/" + id + "/", "Authorization", running.authorization(WRITER)));
    }

    private static int fetched(String address) throws Exception {
        assertThat(address).startsWith(running.address() + "/");
        return running.get(address.substring(running.address().length())).statusCode();
    }

    private static JsonNode object(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

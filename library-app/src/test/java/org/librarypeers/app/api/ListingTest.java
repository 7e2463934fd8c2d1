package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.wiring.LibraryDump;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of lists: paging, filters and conditional requests. */
class ListingTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLibrary running;
    private static String reader;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        reader = running.authorization(RunningLibrary.READER);
        running.publishMany(2_300);
        running.publish(
                Guid.random(),
                ResourceContent.titled(new LocalizedText(Map.of("en", "Tagged & ü", "es", "Etiquetado")))
                        .tags(List.of(
                                Tag.of("Audience", "Midwife"),
                                Tag.of("Audience", "Nurse (senior)"),
                                Tag.of("Topic", "Água")))
                        .attachments(
                                AttachmentKind.LINK,
                                IntStream.range(0, 3)
                                        .mapToObj(ListingTest::link)
                                        .toList())
                        .attachments(
                                AttachmentKind.FILE,
                                IntStream.range(0, 3)
                                        .mapToObj(ListingTest::file)
                                        .toList())
                        .build());
        LibraryDump.index(running.library());
    }

    private static Attachment link(int number) {
        return SampleAttachment.link("https://example.org/" + number)
                .title("Link " + number)
                .order(number)
                .build();
    }

    private static Attachment file(int number) {
        return SampleAttachment.file("https://example.org/" + number + ".pdf")
                .title("File " + number)
                .order(number)
                .size(1_000)
                .build();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&order_by=update_date", "&order_by=-update_date", "&status=approved"})
    void next_links_use_an_offset_first_and_then_a_place(String parameters) throws Exception {
        List<String> published = published();
        List<String> read = new ArrayList<>();
        List<String> links = new ArrayList<>();
        String path = "/api/v1/resource/?limit=450" + parameters;
        while (path != null) {
            JsonNode page = json(path);
            page.path("objects").forEach(each -> read.add(each.path("guid").asString()));
            assertThat(page.at("/meta/total_count").asInt()).isEqualTo(published.size());
            path = page.at("/meta/next").isNull() ? null : page.at("/meta/next").asString();
            links.add(String.valueOf(path));
        }

        assertThat(read).doesNotHaveDuplicates();
        assertThat(read.stream().sorted().toList()).isEqualTo(published);
        assertThat(links).hasSize(6);
        assertThat(links.get(0)).endsWith("limit=450&offset=450");
        assertThat(links.get(1)).endsWith("limit=450&offset=900");
        assertThat(links.get(2)).contains("limit=450&offset=1350&after=");
        assertThat(links.get(5)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1, 1",
        "limit=999, 999",
        "limit=1000, 1000",
        "limit=1001, 1000",
        "limit=99999999999, 1000",
        "limit=0, 1000",
        "full=true&limit=0, 1000",
        "full=true&limit=1001, 1000"
    })
    void a_page_has_the_requested_size_and_at_most_a_thousand_objects(String parameters, int size) throws Exception {
        JsonNode page = json("/api/v1/resource/?" + parameters);

        assertThat(page.path("objects")).hasSize(size);
        assertThat(page.at("/meta/limit").asInt()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"tag, 3", "tags, 3", "category, 2", "resourcetag, 3", "resourceurl, 3", "resourcefile, 3"})
    void the_other_lists_have_pages_too(String kind, int total) throws Exception {
        List<String> read = new ArrayList<>();
        String path = "/api/v1/" + kind + "/?limit=1";
        for (int page = 0; page < total; page++) {
            JsonNode one = json(path);
            assertThat(one.path("objects")).hasSize(1);
            assertThat(one.at("/meta/total_count").asInt()).isEqualTo(total);
            read.add(one.at("/objects/0/id").asString());
            assertThat(one.at("/meta/next").isNull()).isEqualTo(page == total - 1);
            path = one.at("/meta/next").asString();
        }

        assertThat(read).doesNotHaveDuplicates();
    }

    @Test
    void a_search_shows_twenty_results_per_page_and_each_result_once() throws Exception {
        List<String> read = new ArrayList<>();
        // A search finds at most 1,000 resources.
        for (int page : new int[] {1, 2, 3, 49, 50}) {
            JsonNode found = json("/api/v1/resource/search/?q=resource&page=" + page);
            assertThat(found.path("objects")).hasSize(20);
            found.path("objects").forEach(each -> read.add(each.path("guid").asString()));
        }

        assertThat(read).doesNotHaveDuplicates();
        assertThat(json("/api/v1/resource/search/?q=resource")
                        .at("/objects/0/guid")
                        .asString())
                .isEqualTo(read.get(0));
        assertThat(get("/api/v1/resource/search/?q=resource&page=51").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "resourceurl", "resourcefile", "resourcetag", "tag", "tags", "category"})
    void a_set_with_an_empty_number_is_not_found(String kind) throws Exception {
        for (String ids : List.of(";", "1;", ";1", "1;;2", "x")) {
            HttpResponse<String> answer = running.get(
                    "/api/v1/" + kind + "/set/" + ids + "/",
                    "Authorization",
                    running.authorization(RunningLibrary.READER));
            assertThat(answer.statusCode()).as(ids).isEqualTo(404);
            assertThat(answer.body()).as(ids).isEqualTo("""
                    {
                        "error_message": "Sorry, this request could not be processed. Please try again later."
                    }""");
        }
    }

    @Test
    void the_list_of_addresses_answers_head_requests() throws Exception {
        HttpResponse<String> head = running.send("HEAD", "/api/v1/");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type")).contains("application/json");
        assertThat(running.send("HEAD", "/api/v1/resource/").statusCode()).isEqualTo(405);
    }

    @Test
    void paging_by_place_misses_nothing_when_earlier_resources_disappear() throws Exception {
        JsonNode page = json("/api/v1/resource/?order_by=update_date&limit=1000");
        JsonNode second = json(page.at("/meta/next").asString());
        List<String> seen = new ArrayList<>();
        page.path("objects").forEach(each -> seen.add(each.path("guid").asString()));
        second.path("objects").forEach(each -> seen.add(each.path("guid").asString()));
        Guid gone = Guid.of(seen.get(3));

        running.library().review().reject(List.of(gone));
        JsonNode third = json(second.at("/meta/next").asString());
        running.library().review().approve(List.of(gone));

        third.path("objects").forEach(each -> seen.add(each.path("guid").asString()));
        assertThat(seen).doesNotHaveDuplicates().containsAll(published());
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "after=1", "full=true&after=x", "after=9:soon&order_by=update_date"})
    void an_invalid_place_is_rejected(String parameters) throws Exception {
        assertThat(get("/api/v1/resource/?" + parameters).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name=Midwife | Midwife
                    name=midwife | ``
                    name__iexact=midwife | Midwife
                    name__icontains=RSE | Nurse (senior)
                    name__startswith=Mid | Midwife
                    name__iendswith=WIFE | Midwife
                    name__in=Midwife,%C3%81gua | Midwife;Água
                    name__gt=N | Nurse (senior);Água
                    name__range=A,N | Midwife
                    name__isnull=true | ``
                    name__regex=%5EM.*e%24 | Midwife
                    name__iregex=NURSE%20%5C( | Nurse (senior)
                    category=audience | Midwife;Nurse (senior)
                    category=topic&name__contains=gua | Água
                    foo=bar | Midwife;Nurse (senior);Água
                    """)
    void tags_are_filtered_by_name_and_category(String parameters, String names) throws Exception {
        for (String kind : List.of("tag", "tags")) {
            List<String> found = new ArrayList<>();
            json("/api/v1/" + kind + "/?" + parameters)
                    .path("objects")
                    .forEach(tag -> found.add(tag.path("name").asString()));
            assertThat(String.join(";", found)).isEqualTo(names);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tag/?id=1 | The 'id' field does not allow filtering.
                    tag/?order_by=name | The 'name' field does not allow ordering.
                    tag/?order_by=nome | No matching 'nome' field for ordering on.
                    tag/?name__regex=( | The value is not a valid regular expression
                    tag/?name__regex=(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)%5BX%5D%24 | takes too long
                    tag/?limit=x | Invalid limit 'x' provided.
                    category/?name=x | The 'name' field does not allow filtering.
                    resourceurl/?url=x | The 'url' field does not allow filtering.
                    resource/?title_es=x | The 'title_es' field does not allow filtering.
                    resource/?status__in=approved | 'in' is not an allowed filter on the 'status' field.
                    resource/?status__title=x | The 'status' field does not support relations.
                    resource/?update_date=2020-01-01 | 'exact' is not an allowed filter on the 'update_date' field.
                    """)
    void invalid_filters_and_orders_are_reported(String path, String error) throws Exception {
        HttpResponse<String> answer = get("/api/v1/" + path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asString()).contains(error);
    }

    @Test
    void every_kind_has_a_list_a_schema_and_details() throws Exception {
        JsonNode top = JSON.readTree(running.get("/api/v1/").body());
        assertThat(top.propertyNames())
                .containsExactlyInAnyOrder(
                        "category", "resource", "resourcefile", "resourcetag", "resourceurl", "tag", "tags");
        for (String kind : top.propertyNames()) {
            JsonNode list = json(top.path(kind).path("list_endpoint").asString());
            JsonNode schema = json(top.path(kind).path("schema").asString());
            List<String> ids = new ArrayList<>();
            assertThat(list.path("objects")).as(kind).hasSizeGreaterThanOrEqualTo(2);
            for (JsonNode object : list.path("objects")) {
                JsonNode one = json(object.path("resource_uri").asString());
                assertThat(one.path("id")).isEqualTo(object.path("id"));
                assertThat(schema.path("fields").propertyNames()).as(kind).containsAll(one.propertyNames());
                ids.add(0, object.path("id").asString());
            }
            JsonNode set = json("/api/v1/" + kind + "/set/" + String.join(";", ids) + ";987654321/");
            assertThat(set.path("objects")
                            .valueStream()
                            .map(object -> object.path("id").asString()))
                    .as(kind)
                    .isEqualTo(ids);
            assertThat(set.path("not_found").get(0).asString()).isEqualTo("987654321");
        }
    }

    @Test
    void an_unchanged_response_is_not_sent_again() throws Exception {
        Resource one = running.publish("Kept by the caller");
        for (String path : List.of("/api/v1/resource/?limit=2", "/api/v1/resource/search/?q=caller", "/api/v1/tag/")) {
            HttpResponse<String> first = get(path);
            String tag = first.headers().firstValue("etag").orElseThrow();
            HttpResponse<String> again =
                    running.get(path, "Authorization", reader, "If-None-Match", "\"other\", " + tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("etag")).contains(tag);
            HttpResponse<String> spanish = running.get(
                    path, "Authorization", reader, "If-None-Match", tag, "Accept-Language", "es-419,es;q=0.9");
            assertThat(spanish.statusCode()).isEqualTo(200);
            assertThat(spanish.headers().firstValue("content-language")).contains("es");
        }
        String search = "/api/v1/resource/search/?q=caller";
        String before = get(search).headers().firstValue("etag").orElseThrow();
        running.library().review().reject(List.of(one.guid()));
        assertThat(running.get(search, "Authorization", reader, "If-None-Match", before)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_image_is_served_only_if_its_host_is_known_to_answer() throws Exception {
        HttpServer images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        images.start();
        try {
            String host = "http://127.0.0.1:" + images.getAddress().getPort();
            String image = host + "/gone.png";
            Resource resource = running.publish(
                    Guid.random(),
                    ResourceContent.titled(LocalizedText.of("en", "Has a picture elsewhere"))
                            .image(image)
                            .build());
            long id = running.library()
                    .storage()
                    .catalogue()
                    .find(resource.guid())
                    .orElseThrow()
                    .id();
            String path = "/api/v1/resource/" + id + "/";
            try (RunningLibrary other = RunningLibrary.start()) {
                Resource copy = other.publish(Guid.random(), resource.content());
                long copied = other.library()
                        .storage()
                        .catalogue()
                        .find(copy.guid())
                        .orElseThrow()
                        .id();
                other.library()
                        .storage()
                        .peers()
                        .save(Samples.peer(other.library().storage().peers().nextId(), host));
                // An address on this machine is requested only if it is a peer's. Content from peers must not probe
                // local services.
                assertThat(JSON.readTree(other.get(
                                                "/api/v1/resource/" + copied + "/",
                                                "Authorization",
                                                other.authorization(RunningLibrary.READER))
                                        .body())
                                .path("image")
                                .asString())
                        .isEqualTo(image);
            }
            assertThat(json(path).path("image").isNull()).isTrue();
            assertThat(json(path + "?full=true").path("image").asString()).isEqualTo(image);
        } finally {
            images.stop(0);
        }
    }

    private static List<String> published() {
        return running.library().storage().catalogue().changes(0, 10_000).stream()
                .map(entry -> entry.resource().guid().toString())
                .sorted()
                .toList();
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return running.get(path, "Authorization", reader);
    }
}

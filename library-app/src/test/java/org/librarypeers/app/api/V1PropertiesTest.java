package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Properties of random content: existing sites with any languages and any database read all of it that they can store.
 */
class V1PropertiesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static RunningLibrary running;

    @BeforeContainer
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterContainer
    static void stop() {
        running.close();
    }

    /** A site that pulls from the library. */
    private record Site(V1Store.Collation collation, List<String> languages) {

        V1Reader reader(V1Store store) {
            return new V1Reader(store, languages, address -> {
                if (!address.startsWith(running.address() + "/")) {
                    throw new FatalException("an image that nobody answers for", "image", address);
                }
            });
        }
    }

    private static final List<Site> SITES = List.of(
            new Site(V1Store.Collation.GENERAL, List.of("en", "es", "pt_br")),
            new Site(V1Store.Collation.UNICODE, List.of("en", "es", "pt_br")),
            new Site(V1Store.Collation.GENERAL, List.of("en")),
            new Site(V1Store.Collation.UNICODE, List.of("en", "fr", "sw")));

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void every_detail_and_every_object_of_list_and_search_can_be_read(
            @ForAll("contents") List<ResourceContent> contents) throws Exception {
        running.removeResources();
        Map<String, Resource> published = publish(contents);

        JsonNode list = get("/api/v1/resource/?limit=0");
        Map<String, JsonNode> details = new HashMap<>();
        for (JsonNode listed : list.path("objects")) {
            assertThat(listed.path("status").asString()).isEqualTo("approved");
            details.put(
                    listed.path("guid").asString(),
                    get("/api/v1/resource/" + listed.path("id").asString() + "/"));
        }
        assertThat(list.path("meta").path("total_count").asInt()).isEqualTo(contents.size());
        assertThat(list.path("meta").has("next")).isTrue();
        assertThat(details.keySet()).isEqualTo(published.keySet());

        List<JsonNode> found = objects(get("/api/v1/resource/search/?q=zzcommon"));
        for (Site site : SITES) {
            assertRead(site, "en", details.values(), published);
            assertRead(site, "en", found, published);
            // The objects of the list have no links, files or tags.
            V1Store store = new V1Store(site.collation());
            objects(list).forEach(site.reader(store)::take);
            assertThat(store.resources()).hasSameSizeAs(contents);
        }
    }

    /** Reads all details and compares them with the content, published by a library whose first language is given. */
    private static void assertRead(
            Site site, String first, Collection<JsonNode> details, Map<String, Resource> published) {
        V1Store store = new V1Store(site.collation());
        V1Reader reader = site.reader(store);
        for (JsonNode detail : details) {
            reader.take(detail);
            // Reads each detail into an empty store too, because a site that already has a tag of the same name keeps
            // its own.
            V1Store empty = new V1Store(site.collation());
            site.reader(empty).take(detail);
            String guid = detail.path("guid").asString();
            assertWhole(
                    site,
                    first,
                    empty.resources().get(guid),
                    published.get(guid).content());
        }
        assertThat(store.resources().keySet()).isEqualTo(published.keySet());
    }

    private static void assertWhole(Site site, String first, V1Store.Stored stored, ResourceContent content) {
        assertTexts(site, stored, content);
        assertThat(stored.urls)
                .extracting(url -> url.get("url"))
                .containsExactlyElementsOf(content.attachments(AttachmentKind.LINK).stream()
                        .map(Attachment::url)
                        .filter(RandomContent::isSent)
                        .toList());
        assertThat(stored.files)
                .extracting(file -> file.get("file"))
                .containsExactlyElementsOf(content.attachments(AttachmentKind.FILE).stream()
                        .map(Attachment::url)
                        .filter(RandomContent::isSent)
                        .toList());
        assertTags(site, first, stored, content);
    }

    /** Asserts that all texts in the site's languages are stored, with title and description in the same language. */
    private static void assertTexts(Site site, V1Store.Stored stored, ResourceContent content) {
        String title = (String) stored.field("title");
        String description = (String) stored.field("description");
        assertThat(title).isIn(content.title().texts().values());
        if (!content.description().isEmpty()) {
            assertThat(description).isIn(content.description().texts().values());
        }
        Set<String> both = new HashSet<>(content.title().languages());
        both.retainAll(content.description().languages());
        if (!both.isEmpty()) {
            assertThat(both)
                    .anySatisfy(language -> assertThat(List.of(title, description))
                            .isEqualTo(List.of(
                                    content.title().in(language).orElseThrow(),
                                    content.description().in(language).orElseThrow())));
        }
        for (String language : site.languages().subList(1, site.languages().size())) {
            String code = language.replace('_', '-');
            content.title()
                    .in(code)
                    .ifPresent(text ->
                            assertThat(stored.field("title_" + language)).isEqualTo(text));
            content.description()
                    .in(code)
                    .ifPresent(text ->
                            assertThat(stored.field("description_" + language)).isEqualTo(text));
        }
    }

    /** Asserts that each tag, or another one of the same name, is stored. */
    private static void assertTags(Site site, String first, V1Store.Stored stored, ResourceContent content) {
        Set<String> names = stored.tags.stream()
                .map(tag -> site.collation().folded(tag.name()))
                .collect(Collectors.toSet());
        Set<String> general = folded(stored, V1Store.Collation.GENERAL);
        Set<String> unicode = folded(stored, V1Store.Collation.UNICODE);
        assertThat(names).hasSameSizeAs(stored.tags);
        for (Tag tag : content.tags()) {
            String name = tag.names().in("en").or(() -> tag.names().in(first)).orElse(tag.name());
            assertThat(general.contains(V1Store.Collation.GENERAL.folded(name))
                            || unicode.contains(V1Store.Collation.UNICODE.folded(name)))
                    .as(name)
                    .isTrue();
        }
    }

    private static Set<String> folded(V1Store.Stored stored, V1Store.Collation collation) {
        return stored.tags.stream().map(tag -> collation.folded(tag.name())).collect(Collectors.toSet());
    }

    private static Map<String, Resource> publish(List<ResourceContent> contents) {
        List<Resource> all = contents.stream()
                .map(content -> Resource.create(
                                Guid.random(),
                                content,
                                UserName.SYSTEM,
                                running.library().clock().instant())
                        .approve(running.library().clock().instant()))
                .toList();
        running.library().storage().resources().save(all);
        return all.stream()
                .map(made -> running.library()
                        .storage()
                        .resources()
                        .find(made.guid())
                        .orElseThrow())
                .collect(Collectors.toMap(resource -> resource.guid().toString(), resource -> resource));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void every_detail_of_a_resource_from_a_peer_can_be_read(
            @ForAll("contents") List<ResourceContent> contents, @ForAll("sources") List<String> sources) {
        InMemoryStorage storage = new InMemoryStorage();
        Delivery delivery = new Delivery(PEER, new SyncLogId(1), storage.id(), Instant.EPOCH);
        Map<String, Resource> received = new HashMap<>();
        for (int i = 0; i < contents.size(); i++) {
            IncomingResource incoming = new IncomingResource(
                    Guid.random(), contents.get(i), sources.get(0), sources.get(1), sources.get(i % sources.size()));
            Resource resource = Samples.adopted(incoming, delivery);
            storage.resources().save(resource.approve(Instant.EPOCH));
            received.put(
                    resource.guid().toString(),
                    storage.resources().find(resource.guid()).orElseThrow());
        }
        Set<Guid> repeated = storage.catalogue()
                .repeatedAttachments(contents.stream()
                        .flatMap(content -> content.attachments().stream().map(Attachment::guid))
                        .toList());
        org.librarypeers.http.wire.Site here =
                new org.librarypeers.http.wire.Site(running.address(), List.of("fr", "es"));

        List<JsonNode> details = storage.catalogue().changes(0, contents.size()).stream()
                .map(entry -> (JsonNode) ResourceDocument.detail(entry, here, "en", repeated))
                .map(detail -> JSON.readTree(OrbJson.write(detail)))
                .toList();

        for (Site site : SITES) {
            assertRead(site, "fr", details, received);
        }
        assertThat(details)
                .extracting(detail -> detail.path("source_url").asString(""))
                .allMatch(address -> address.isEmpty() || address.startsWith("http"));
    }

    private static List<JsonNode> objects(JsonNode answer) {
        return StreamSupport.stream(answer.path("objects").spliterator(), false).toList();
    }

    /** Sends a request without a language, like existing sites do. */
    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = running.get(path, "Authorization", running.authorization(RunningLibrary.READER));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static final Peer PEER = Samples.peer(new PeerId(1), "Malawi", "https://malawi.example");

    @Provide
    Arbitrary<List<ResourceContent>> contents() {
        return RandomContent.content().list().ofMinSize(1).ofMaxSize(6);
    }

    /** Generates the name, host and address of source libraries. */
    @Provide
    Arbitrary<List<String>> sources() {
        Arbitrary<String> lengthy = Arbitraries.of("名", "😷", "x").map(letter -> letter.repeat(700 / letter.length()));
        Arbitrary<String> odd = Arbitraries.of(
                "https://maker.example", "javascript:alert(1)", " JAVASCRIPT:x", "data:,x", "https://a.example/é");
        return Arbitraries.oneOf(odd, lengthy).list().ofMinSize(3).ofMaxSize(5);
    }
}

package org.librarypeers.app.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running library with the content of the recorded site, as far as the recorded answers show it. Seven resources were
 * recorded without their tags. The first of them gets as many tags as the recorded totals require.
 */
final class GoldenSite implements AutoCloseable {

    private static final UserName WRITER = new UserName("apiuser");
    private static final UserName STANDARD = new UserName("standarduser");
    private static final String WRITERS_RECORDED_KEY = "0aab3c456c1110b996c60f69007f2a2acd63d260";
    private static final String STANDARDS_RECORDED_KEY = "a61c3a95fe5a5f54847417f75238fb8cbea03054";

    private static final int TAGS = 44;
    private static final int TAGS_OF_GEOGRAPHY = 5;
    private static final long HOLDS_THE_OTHER_TAGS = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The requests per hour that the recorded site allows. */
    private static final int LIMIT = 1_000;

    private final RunningLibrary running = RunningLibrary.start(LIMIT);
    private final Map<String, Map<String, String>> ids = new HashMap<>();

    GoldenSite() {
        Writers.create(running, WRITER);
        running.library().accounts().create(STANDARD, Role.MEMBER, null, "a standard password");
        load();
    }

    private void load() {
        Map<Long, ObjectNode> recorded = new TreeMap<>();
        body("07-list-all").path("objects").forEach(listed -> put(recorded, listed));
        body("09-search").path("objects").forEach(found -> put(recorded, found));
        put(recorded, body("08-detail"));
        recorded.forEach((id, object) -> {
            List<Tag> more = id == HOLDS_THE_OTHER_TAGS ? otherTags(recorded) : List.of();
            // Saves the resource as created, which dates its tags, and then as updated.
            Instant made = instant(object, "create_date");
            running.library().storage().resources().save(resource(object, more, made, 0));
            Instant changed = instant(object, "update_date");
            running.library().storage().resources().save(resource(object, more, changed, 1));
        });
        Map<String, CatalogueEntry> entries = new HashMap<>();
        running.library()
                .storage()
                .catalogue()
                .all(0, recorded.size())
                .forEach(entry -> entries.put(entry.resource().guid().toString(), entry));
        recorded.values()
                .forEach(object ->
                        learnIds(object, entries.get(object.path("guid").asString())));
    }

    private static void put(Map<Long, ObjectNode> recorded, JsonNode object) {
        recorded.put(object.path("id").asLong(), (ObjectNode) object);
    }

    private static JsonNode body(String sample) {
        return JSON.readTree(GoldenSample.read(sample).body());
    }

    private static Resource resource(JsonNode object, List<Tag> more, Instant updated, long version) {
        ResourceContent read = ResourceDocument.read(object, "en").resource().content();
        List<Tag> tags = new ArrayList<>(read.tags());
        tags.addAll(more);
        Instant created = instant(object, "create_date");
        Revision revision =
                new Revision(1, read.toBuilder().tags(tags).build(), new Author.Person(UserName.SYSTEM), created);
        return Resource.restore(
                Guid.of(object.path("guid").asString()),
                new Slug(object.path("slug").asString()),
                Status.ofWord(object.path("status").asString()).orElseThrow(),
                new Origin.Local(),
                Revisions.of(revision),
                created,
                updated,
                new ReviewState(0, 1),
                version);
    }

    private static Instant instant(JsonNode object, String key) {
        return LocalDateTime.parse(object.path(key).asString()).toInstant(ZoneOffset.UTC);
    }

    /** Returns the tags that were recorded without a resource, and made-up ones that sort last in every order. */
    private static List<Tag> otherTags(Map<Long, ObjectNode> recorded) {
        Map<Tag.Key, Tag> known = new HashMap<>();
        recorded.values()
                .forEach(object -> ResourceDocument.read(object, "en").resource().content().tags().stream()
                        .forEach(tag -> known.put(tag.key(), tag)));
        List<Tag> others = new ArrayList<>(alone());
        others.removeIf(tag -> known.containsKey(tag.key()));
        others.forEach(tag -> known.put(tag.key(), tag));
        long geography = known.values().stream()
                .filter(tag -> tag.category().equals("Geography"))
                .count();
        IntStream.range(0, TAGS - known.size())
                .mapToObj(i -> Tag.of(geography + i < TAGS_OF_GEOGRAPHY ? "Geography" : "Device", "zz " + (100 + i)))
                .forEach(others::add);
        return others;
    }

    /** Returns the tags that were recorded without a resource. */
    private static List<Tag> alone() {
        ObjectNode resource = JSON.createObjectNode()
                .put("guid", "00000000-0000-4000-8000-000000000000")
                .put("title", "t");
        for (String sample : List.of("16-tag-list", "18-tag-by-category")) {
            body(sample)
                    .path("objects")
                    .forEach(tag -> resource.withArray("/tags").addObject().set("tag", tag));
        }
        return ResourceDocument.read(resource, "en").resource().content().tags();
    }

    private void learnIds(JsonNode recorded, CatalogueEntry entry) {
        ResourceContent content = entry.resource().content();
        learnId("resource", recorded, entry.id());
        learnIds("resourceurl", recorded.path("urls"), entry, AttachmentKind.LINK);
        learnIds("resourcefile", recorded.path("files"), entry, AttachmentKind.FILE);
        List<String> names = content.tags().stream().map(Tag::name).toList();
        for (JsonNode tagging : recorded.path("tags").values()) {
            CatalogueEntry.Tagging ours = entry.taggings()
                    .get(names.indexOf(tagging.path("tag").path("name").asString()));
            learnId("resourcetag", tagging, ours.id());
            learnId("tag", tagging.path("tag"), ours.tag());
        }
        for (String sample : List.of("16-tag-list", "18-tag-by-category")) {
            for (JsonNode tag : body(sample).path("objects").values()) {
                int place = names.indexOf(tag.path("name").asString());
                if (place >= 0) {
                    learnId("tag", tag, entry.taggings().get(place).tag());
                }
            }
        }
    }

    private void learnIds(String type, JsonNode recorded, CatalogueEntry entry, AttachmentKind kind) {
        for (JsonNode one : recorded.values()) {
            Guid guid = Guid.of(one.path("guid").asString());
            Attachment ours = entry.resource().content().attachments(kind).stream()
                    .filter(attachment -> attachment.guid().equals(guid))
                    .findFirst()
                    .orElseThrow();
            learnId(type, one, entry.numberOf(ours));
        }
    }

    private void learnId(String kind, JsonNode recorded, long ours) {
        learnId(kind, recorded.path("id").asString(), String.valueOf(ours));
    }

    /** Maps a recorded id to our own from now on. */
    void learnId(String kind, String recorded, String ours) {
        ids.computeIfAbsent(kind, any -> new HashMap<>()).put(recorded, ours);
    }

    /** Returns our id for a recorded one, or the recorded one if it is unknown. */
    String id(String kind, String recorded) {
        String table = kind.equals("tags") ? "tag" : kind;
        return ids.getOrDefault(table, Map.of()).getOrDefault(recorded, recorded);
    }

    /** Replaces the recorded API keys in the text with our own. */
    String withKeys(String text) {
        return text.replace(WRITERS_RECORDED_KEY, running.key(WRITER).secret())
                .replace(STANDARDS_RECORDED_KEY, running.key(STANDARD).secret());
    }

    RawHttp.RawResponse ask(String head, String body) {
        String text = withKeys(head).replace("\n", "\r\n") + "\r\n";
        byte[] sent = body.getBytes(StandardCharsets.UTF_8);
        String length = sent.length == 0 ? "" : "Content-Length: " + sent.length + "\r\n";
        return RawHttp.ask(running.address(), (text + length + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends requests until the writer's account reaches its hourly limit. */
    void exhaust() {
        String head = "GET /api/v1/resource/99999/ HTTP/1.1\nHost: orb.example.org\nAuthorization: ApiKey apiuser:"
                + WRITERS_RECORDED_KEY;
        for (int i = 0; i <= LIMIT; i++) {
            if (ask(head, "").status() == 429) {
                return;
            }
        }
    }

    @Override
    public void close() {
        running.close();
    }
}

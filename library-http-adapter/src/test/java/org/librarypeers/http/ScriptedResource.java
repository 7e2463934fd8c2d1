package org.librarypeers.http;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.domain.Guid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource of a {@link ScriptedOrbSite}. Change it only within {@link ScriptedOrbSite#edit edit}. It shows all keys
 * that existing sites show. {@link #set} and {@link #without} make it deviate from them.
 */
public final class ScriptedResource {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final List<String> OF_RESOURCE = List.of("title", "description", "attribution");
    private static final List<String> OF_PART = List.of("title", "description");
    private static final List<String> OF_TAG = List.of("category", "name", "description", "summary");

    private final ObjectNode fields = NODES.objectNode();
    private final Map<String, JsonNode> overrides = new LinkedHashMap<>();
    private final List<String> languages;
    private final LocalDateTime created;
    private final String guid;
    long id;
    LocalDateTime updated;
    String status = "approved";
    private int parts;

    ScriptedResource(long id, Guid guid, List<String> languages, LocalDateTime created) {
        this.id = id;
        this.guid = guid.toString();
        this.languages = languages;
        this.created = created;
        this.updated = created;
        blank(fields, "title", "");
        blank(fields, "description", "");
        blank(fields, "attribution", null);
        fields.putNull("born_on").putNull("image").putNull("source_host").putNull("source_name");
        fields.put("study_time_number", 0).putNull("study_time_unit");
        fields.putArray("files");
        fields.putArray("tags");
        fields.putArray("urls");
    }

    /** Returns the id by which the site serves the resource. */
    public long id() {
        return id;
    }

    /** Returns the GUID, which is the same in every library. */
    public Guid guid() {
        return Guid.of(guid);
    }

    /** Returns the update date as the site writes it. */
    public String updated() {
        return time(updated);
    }

    /** Sets the text of a localized field in one of the site's languages. */
    public ScriptedResource text(String field, String language, String text) {
        fields.put(key(field, language), text);
        return this;
    }

    /** Sets any value of a key, even one that existing sites do not show: a text, number, boolean, node, or null. */
    public ScriptedResource set(String key, Object value) {
        overrides.put(key, node(value));
        return this;
    }

    /** Omits a key. */
    public ScriptedResource without(String key) {
        overrides.put(key, NODES.missingNode());
        return this;
    }

    /** Adds a link, and returns it for further changes. */
    public ObjectNode link(Guid partGuid, String url) {
        ObjectNode link = part("resourceurl", partGuid);
        fields.withArray("urls").add(link.put("file_size", 0).put("url", url));
        return link;
    }

    /** Adds a file, and returns it for further changes. */
    public ObjectNode file(Guid partGuid, String address) {
        ObjectNode file = part("resourcefile", partGuid);
        String extension = address.substring(address.lastIndexOf('.') + 1);
        file.put("file", address).put("file_extension", extension);
        file.put("is_embeddable", extension.equals("pdf")).putNull("sha1");
        fields.withArray("files").add(file);
        return file;
    }

    /** Adds a tag named in the site's default language, and returns it for further changes. */
    public ObjectNode tag(String category, String name) {
        ObjectNode tagging = NODES.objectNode().put("create_date", time(created));
        numbered(tagging, "resourcetag");
        ObjectNode tag = tagging.putObject("tag");
        tag.put("id", name.hashCode() & 0xffff).put("resource_uri", "/api/v1/tag/" + (name.hashCode() & 0xffff) + "/");
        OF_TAG.forEach(field -> blank(tag, field, null));
        tag.put(key("category", languages.get(0)), category).put(key("name", languages.get(0)), name);
        tag.putNull("image").put("published", true);
        fields.withArray("tags").add(tagging);
        return tag;
    }

    /** Removes all links, files and tags. */
    public ScriptedResource withoutParts() {
        List.of("urls", "files", "tags").forEach(fields::putArray);
        return this;
    }

    private ObjectNode part(String kind, Guid partGuid) {
        ObjectNode part = NODES.objectNode().put("guid", partGuid.toString()).put("order_by", 0);
        OF_PART.forEach(field -> blank(part, field, ""));
        numbered(part, kind);
        return part;
    }

    private void numbered(ObjectNode node, String kind) {
        long number = id * 100 + ++parts;
        node.put("id", number).put("resource_uri", "/api/v1/" + kind + "/" + number + "/");
    }

    private void blank(ObjectNode node, String field, String unset) {
        languages.forEach(language -> node.put(key(field, language), unset));
    }

    /** Returns the title in this language, or else in the site's default language. */
    String title(String language) {
        return shown(fields, "title", language).asString("");
    }

    ObjectNode listed(String host, String language) {
        ObjectNode object = detail(host, language);
        List.of("files", "tags", "urls").forEach(object::remove);
        return object;
    }

    ObjectNode detail(String host, String language) {
        ObjectNode object = fields.deepCopy();
        show(object, OF_RESOURCE, language);
        object.path("urls").forEach(part -> show((ObjectNode) part, OF_PART, language));
        object.path("files").forEach(part -> show((ObjectNode) part, OF_PART, language));
        object.path("tags").forEach(tagging -> {
            ObjectNode tag = (ObjectNode) tagging.path("tag");
            show(tag, OF_TAG, language);
            tag.put("url", host + "/tag/view/" + tag.path("id").asString());
        });
        String address = host + "/resource/view/resource-" + id;
        object.put("id", id).put("guid", guid).put("status", status).put("slug", "resource-" + id);
        object.put("resource_uri", "/api/v1/resource/" + id + "/")
                .put("url", address)
                .put("source_url", address);
        object.put("create_date", time(created)).put("update_date", time(updated));
        ArrayNode both = object.putArray("languages");
        languages.stream()
                .filter(code -> OF_PART.stream().noneMatch(field -> isBlank(fields, field, code)))
                .forEach(both::add);
        overrides.forEach((key, value) -> {
            if (value.isMissingNode()) {
                object.remove(key);
            } else {
                object.set(key, value);
            }
        });
        return object;
    }

    private void show(ObjectNode object, List<String> translated, String language) {
        translated.forEach(field -> object.set(field, shown(object, field, language)));
    }

    private JsonNode shown(ObjectNode object, String field, String language) {
        String code = isBlank(object, field, language) ? languages.get(0) : language;
        return object.path(key(field, code));
    }

    private static boolean isBlank(ObjectNode object, String field, String language) {
        return object.path(key(field, language)).asString("").isEmpty();
    }

    private static String key(String field, String language) {
        return field + "_" + language.replace('-', '_');
    }

    static String time(LocalDateTime time) {
        return time.format(time.getNano() == 0 ? SECONDS : MICROS);
    }

    private static JsonNode node(Object value) {
        if (value instanceof JsonNode node) {
            return node;
        } else if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        } else if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        return value == null ? NODES.nullNode() : NODES.stringNode(value.toString());
    }
}

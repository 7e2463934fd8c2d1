package org.librarypeers.app.api;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A reader of details that behaves like an existing site. Unexpected content ends the sync. */
final class V1Reader {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:?\\d\\d)?)?");

    /** The keys of one kind of object. */
    private record Shape(
            String name, List<String> needed, Set<String> taken, Set<String> dropped, List<String> translated) {}

    private static final Shape RESOURCE = new Shape(
            "resource",
            List.of("guid", "title", "resource_uri", "url", "create_date", "update_date"),
            Set.of(
                    "description",
                    "attribution",
                    "image",
                    "slug",
                    "born_on",
                    "study_time_number",
                    "study_time_unit",
                    "source_url",
                    "source_name",
                    "source_host"),
            Set.of("id", "status", "languages", "files", "urls", "tags"),
            List.of("title", "description", "attribution"));

    private static final Set<String> OF_PARTS =
            Set.of("guid", "title", "description", "order_by", "file_size", "image", "create_date", "update_date");

    private static final Shape LINK = new Shape(
            "urls", List.of("url"), OF_PARTS, Set.of("id", "status", "resource_uri"), List.of("title", "description"));

    private static final Shape FILE = new Shape(
            "files",
            List.of("file"),
            OF_PARTS,
            Set.of("id", "status", "resource_uri", "url"),
            List.of("title", "description"));

    private static final Shape TAG = new Shape(
            "tag",
            List.of("name", "category"),
            Set.of(
                    "description",
                    "summary",
                    "image",
                    "published",
                    "slug",
                    "order_by",
                    "external_url",
                    "contact_email",
                    "parent_tag",
                    "create_date",
                    "update_date"),
            Set.of("id", "status", "url", "resource_uri"),
            List.of("name", "category", "description", "summary"));

    /** The maximum length of each field on existing sites, in characters. */
    private static final Map<String, Integer> LONGEST = Map.of(
            "resource.image", 200,
            "resource.source_url", 200,
            "resource.source_name", 200,
            "resource.source_host", 200,
            "resource.study_time_unit", 10,
            "urls.url", 500,
            "files.file", 500,
            "tag.image", 100);

    private static final int LONGEST_WORD = 100;

    /** Fetches an image and throws an exception if the connection fails. */
    interface Images {
        void fetch(String address);
    }

    private final V1Store store;
    private final List<String> languages;
    private final Images images;

    /**
     * Creates a reader for a site.
     *
     * @param languages the suffixes of its translated fields, such as {@code en} or {@code pt_br}
     */
    V1Reader(V1Store store, List<String> languages, Images images) {
        this.store = store;
        this.languages = languages;
        this.images = images;
    }

    /**
     * Stores a detail. If a part cannot be read, the resource may still be stored without that part and those after it.
     *
     * @throws FatalException if the sync of an existing site would end here
     */
    void take(JsonNode detail) {
        String guid = guid(detail);
        V1Store.Stored known = store.resources().get(guid);
        if (known != null && known.local) {
            return;
        }
        Map<String, Object> fields = fields(RESOURCE, detail);
        if (known != null) {
            known.fields.putAll(fields);
            fetchImage(fields);
            return;
        }
        V1Store.Stored made = new V1Store.Stored();
        made.fields.putAll(fields);
        store.resources().put(guid, made);
        fetchImage(fields);
        for (JsonNode link : list(detail, "urls")) {
            made.urls.add(part(LINK, link));
        }
        for (JsonNode file : list(detail, "files")) {
            made.files.add(part(FILE, file));
        }
        takeTags(detail, made);
    }

    private Map<String, Object> part(Shape shape, JsonNode part) {
        Map<String, Object> fields = fields(shape, part);
        if (fields.containsKey("guid")) {
            store.addPartGuid(guid(part));
        }
        return fields;
    }

    private void takeTags(JsonNode detail, V1Store.Stored made) {
        Set<String> names = new HashSet<>();
        for (JsonNode tagging : list(detail, "tags")) {
            JsonNode object = tagging.path("tag");
            Map<String, Object> fields = fields(TAG, object);
            String name = text(object, "name");
            if (!names.add(store.folded(name))) {
                throw new FatalException("the resource has two tags of this name", "name", name);
            }
            made.tags.add(tag(name, object, fields));
        }
    }

    private V1Store.Tag tag(String name, JsonNode object, Map<String, Object> fields) {
        List<V1Store.Tag> named = store.tagsNamed(name);
        if (named.size() > 1) {
            throw new FatalException("the site has this name in two categories", "name", name);
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        if (!object.path("category_en").isString()
                || object.path("category_en").asString().isEmpty()) {
            throw new FatalException("the category would have no name", "category_en", object.path("category_en"));
        }
        fetchImage(fields);
        return store.addTag(text(object, "category"), name, fields);
    }

    private void fetchImage(Map<String, Object> fields) {
        if (fields.get("image") instanceof String address) {
            images.fetch(address);
        }
    }

    private Map<String, Object> fields(Shape shape, JsonNode object) {
        if (!object.isObject()) {
            throw new FatalException("not an object", shape.name(), object);
        }
        for (String key : shape.needed()) {
            if (!object.has(key)) {
                throw new FatalException("missing", key, null);
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        object.properties().forEach(property -> {
            String key = property.getKey();
            if (isTaken(shape, key)) {
                check(shape, key, property.getValue());
                fields.put(key, value(property.getValue()));
            } else if (!shape.dropped().contains(key) && !isOfOtherLanguage(shape, key)) {
                throw new FatalException("unknown key", key, property.getValue());
            }
        });
        shape.translated().forEach(field -> firstLanguage(field, fields));
        return fields;
    }

    private boolean isTaken(Shape shape, String key) {
        return shape.needed().contains(key)
                || shape.taken().contains(key)
                || shape.translated().stream()
                        .anyMatch(field -> languages.stream().anyMatch(language -> key.equals(field + "_" + language)));
    }

    private static boolean isOfOtherLanguage(Shape shape, String key) {
        return shape.translated().stream().anyMatch(key::startsWith);
    }

    /** Moves the text of the first language to the field without a language. */
    private void firstLanguage(String field, Map<String, Object> fields) {
        String first = field + "_" + languages.get(0);
        if (!fields.containsKey(first)) {
            return;
        }
        Object text = fields.get(first);
        if (text == null || text.equals("")) {
            fields.put(field, "");
        } else if (!text.equals(fields.get(field))) {
            throw new FatalException("differs from " + field, first, text);
        }
    }

    private void check(Shape shape, String key, JsonNode value) {
        switch (key) {
            case "guid" ->
                require(value.isString() && GUID.matcher(value.asString()).matches(), key, value);
            case "create_date", "update_date", "resource_uri" -> require(value.isString(), key, value);
            case "url", "file" -> require(value.isString(), key, value);
            case "order_by", "file_size" -> require(value.isIntegralNumber() && value.canConvertToInt(), key, value);
            case "study_time_number" ->
                require(value.isNull() || value.isIntegralNumber() && value.canConvertToInt(), key, value);
            case "published" -> require(value.isBoolean(), key, value);
            case "parent_tag" -> require(value.isNull(), key, value);
            case "born_on" ->
                require(
                        value.isNull()
                                || value.isString()
                                        && TIME.matcher(value.asString()).matches(),
                        key,
                        value);
            case "title", "name", "category" -> require(value.isString(), key, value);
            default -> require(value.isNull() || value.isString(), key, value);
        }
        checkLength(shape, key, value);
    }

    private static void checkLength(Shape shape, String key, JsonNode value) {
        boolean word = shape == TAG && (key.matches("(name|summary|category)(_.*)?"));
        int longest = word ? LONGEST_WORD : LONGEST.getOrDefault(shape.name() + "." + key, Integer.MAX_VALUE);
        if (value.isString()) {
            String text = value.asString();
            if (text.codePointCount(0, text.length()) > longest) {
                throw new FatalException("longer than " + longest, key, text);
            }
        }
    }

    private static void require(boolean good, String key, JsonNode value) {
        if (!good) {
            throw new FatalException("of the wrong kind", key, value);
        }
    }

    private static Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isIntegralNumber()) {
            return value.intValue();
        }
        return value.isBoolean() ? (Object) value.booleanValue() : value.asString();
    }

    private static String guid(JsonNode object) {
        JsonNode guid = object.path("guid");
        require(guid.isString() && GUID.matcher(guid.asString()).matches(), "guid", guid);
        return guid.asString();
    }

    private static String text(JsonNode object, String key) {
        return object.path(key).asString();
    }

    private static Iterable<JsonNode> list(JsonNode detail, String key) {
        if (!detail.has(key)) {
            return List.of();
        }
        require(detail.path(key).isArray(), key, detail.path(key));
        return detail.path(key).values();
    }
}

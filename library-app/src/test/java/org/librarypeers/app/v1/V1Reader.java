package org.librarypeers.app.v1;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.librarypeers.app.v1.V1Peer.FatalException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a resource as existing sites do: any key that it does not expect, and any value that it cannot store, is fatal. */
final class V1Reader {

    private static final Set<String> TEXTS = Set.of("title", "description", "attribution");
    private static final Set<String> PART_TEXTS = Set.of("title", "description");
    private static final Set<String> TAG_TEXTS = Set.of("name", "description", "summary");
    private static final Set<String> LANGUAGES = Set.of("_en", "_es", "_pt_br");

    private static final Set<String> RESOURCE = Set.of(
            "guid",
            "resource_uri",
            "url",
            "create_date",
            "update_date",
            "image",
            "slug",
            "born_on",
            "study_time_number",
            "study_time_unit",
            "source_url",
            "source_name",
            "source_host",
            "id",
            "status",
            "languages",
            "urls",
            "files",
            "tags");
    private static final Set<String> PART = Set.of(
            "guid",
            "order_by",
            "file_size",
            "image",
            "create_date",
            "update_date",
            "id",
            "status",
            "resource_uri",
            "url");
    private static final Set<String> TAG = Set.of(
            "category",
            "image",
            "published",
            "slug",
            "order_by",
            "external_url",
            "contact_email",
            "parent_tag",
            "create_date",
            "update_date",
            "id",
            "status",
            "url",
            "resource_uri");

    /** Tags by name alone, as its database finds them: the category of each. */
    private final Map<String, String> tags = new HashMap<>();

    private final Set<String> partGuids = new HashSet<>();
    private final Map<String, Set<String>> partsOf = new HashMap<>();
    private final Predicate<String> fetchImage;

    V1Reader(Predicate<String> fetchImage) {
        this.fetchImage = fetchImage;
    }

    void read(JsonNode detail) throws FatalException {
        keys("resource", detail, RESOURCE, TEXTS);
        String guid = detail.path("guid").asString();
        need(guid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "guid", detail.path("guid"));
        for (String needed : List.of("title", "resource_uri", "url", "create_date", "update_date")) {
            need(detail.path(needed).isString(), needed, detail.path(needed));
        }
        need(
                detail.path("study_time_number").isIntegralNumber()
                        || detail.path("study_time_number").isNull(),
                "study_time_number",
                detail.path("study_time_number"));
        for (String source : List.of("source_url", "source_name", "source_host")) {
            atMost(detail, source, 200);
        }
        atMost(detail, "study_time_unit", 10);
        image(detail, 200);
        // What is known already keeps its parts as they are.
        boolean known = partsOf.containsKey(guid);
        partsOf.putIfAbsent(guid, new HashSet<>());
        parts(detail, "urls", "url", known);
        parts(detail, "files", "file", known);
        tags(detail);
    }

    private static void keys(String what, JsonNode object, Set<String> keys, Set<String> translated)
            throws FatalException {
        for (String key : object.propertyNames()) {
            boolean text = translated.stream().anyMatch(key::startsWith);
            need(keys.contains(key) || text, "key of " + what, key);
        }
        for (String text : translated) {
            for (String language : LANGUAGES) {
                JsonNode value = object.path(text + language);
                need(value.isMissingNode() || value.isNull() || value.isString(), text + language, value);
            }
            JsonNode first = object.path(text + "_en");
            if (first.isString() && !first.asString().isEmpty()) {
                need(first.equals(object.path(text)), text + "_en differs from " + text, first);
            }
            need(
                    first.isMissingNode()
                            || !first.asString("").isEmpty()
                            || object.path(text).asString("").isEmpty(),
                    text + "_en is empty and " + text + " is not",
                    object.path(text));
        }
    }

    private void parts(JsonNode detail, String list, String address, boolean known) throws FatalException {
        need(detail.path(list).isArray() || detail.path(list).isMissingNode(), list, detail.path(list));
        for (JsonNode part : detail.path(list)) {
            Set<String> keys = new HashSet<>(PART);
            keys.add(address);
            keys("one of " + list, part, keys, PART_TEXTS);
            need(part.path(address).isString() && !part.path(address).asString().isEmpty(), address, part);
            atMost(part, address, 500);
            for (String number : List.of("order_by", "file_size")) {
                JsonNode value = part.path(number);
                need(value.isMissingNode() || (value.isIntegralNumber() && value.canConvertToInt()), number, value);
            }
            if (!known) {
                need(partGuids.add(part.path("guid").asString()), "guid twice", part.path("guid"));
            }
        }
    }

    private void tags(JsonNode detail) throws FatalException {
        need(detail.path("tags").isArray() || detail.path("tags").isMissingNode(), "tags", detail.path("tags"));
        Set<String> names = new HashSet<>();
        for (JsonNode tagging : detail.path("tags")) {
            JsonNode tag = tagging.path("tag");
            need(tag.isObject(), "tag", tag);
            keys("a tag", without(tag), TAG, TAG_TEXTS);
            need(tag.path("name").isString() && !tag.path("name").asString().isBlank(), "name of a tag", tag);
            need(tag.path("category").isString(), "category", tag.path("category"));
            need(tag.path("category_en").isString(), "category_en", tag.path("category_en"));
            need(tag.path("name_en").isString(), "name_en", tag.path("name_en"));
            need(tag.path("published").isBoolean(), "published", tag.path("published"));
            for (String text : List.of("name", "name_en", "summary", "summary_en", "category", "category_en")) {
                atMost(tag, text, 100);
            }
            String name = tag.path("name").asString();
            need(names.add(name.toLowerCase()), "one name twice in tags", tag.path("name"));
            if (tags.putIfAbsent(name, tag.path("category").asString()) == null) {
                image(tag, 100);
            }
        }
    }

    private static JsonNode without(JsonNode tag) {
        ObjectNode copy = (ObjectNode) tag.deepCopy();
        copy.remove(List.copyOf(copy.propertyNames()).stream()
                .filter(key -> key.startsWith("category_"))
                .toList());
        return copy;
    }

    private void image(JsonNode object, int longest) throws FatalException {
        atMost(object, "image", longest);
        if (object.path("image").isString()) {
            String address = object.path("image").asString();
            need(fetchImage.test(address), "image that does not answer", object.path("image"));
        }
    }

    private static void atMost(JsonNode object, String field, int longest) throws FatalException {
        int length = object.path(field).asString("").length();
        need(length <= longest, field + " of " + length + " characters", "");
    }

    private static void need(boolean fine, String what, Object value) throws FatalException {
        if (!fine) {
            throw new FatalException(what + ": " + value);
        }
    }
}

package org.librarypeers.app.api;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A converter of a recorded body into the one that this library must send. Only allowed differences are applied. */
final class Expected {

    private static final Pattern URI = Pattern.compile("/api/v1/(\\w+)/(\\d+)/");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Duration JUST_NOW = Duration.ofMinutes(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GoldenSite site;
    private final Set<Difference> differences;

    Expected(GoldenSite site, Set<Difference> differences) {
        this.site = site;
        this.differences = differences;
    }

    /**
     * Returns the expected body.
     *
     * @param recorded the recorded body, as JSON
     * @param ours the body that this library sent
     */
    String body(String recorded, String ours) {
        JsonNode expected = JSON.readTree(recorded);
        if (!OrbText.indented(expected).equals(recorded)) {
            throw new IllegalStateException("the recorded body is not written as this test writes it");
        }
        adjust(expected, tree(ours));
        if (differences.contains(Difference.SEARCH_ORDER)) {
            foundBesides(expected, tree(ours));
        }
        return OrbText.indented(expected);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** Replaces the recorded ids in the path with our own. */
    static String withIds(GoldenSite site, String path) {
        Matcher uri = URI.matcher(path);
        String replaced = uri.replaceAll(
                found -> "/api/v1/" + found.group(1) + "/" + site.id(found.group(1), found.group(2)) + "/");
        return replaced.replaceAll("/resource/set/12;", "/resource/set/" + site.id("resource", "12") + ";");
    }

    private void adjust(JsonNode expected, JsonNode ours) {
        if (expected instanceof ObjectNode object) {
            adjustObject(object, ours);
            object.properties().forEach(property -> adjust(property.getValue(), ours.path(property.getKey())));
        } else if (expected instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                adjust(array.get(i), ours.path(i));
            }
        }
    }

    private void adjustObject(ObjectNode object, JsonNode ours) {
        for (Difference difference : differences) {
            switch (difference) {
                case IDS -> ids(object);
                case NEW -> List.of("create_date", "update_date", "guid").forEach(key -> added(object, ours, key));
                case STRIPPED -> strip(object);
                case LANGUAGES -> sameLanguages(object, ours);
                case FILE_KEYS -> fileKeys(object);
                case DEFAULT_GUID -> defaultGuid(object, ours);
                case SEARCH_ORDER -> searchOrder(object, ours);
                case TAG_IMAGE -> tagImage(object, ours);
                case TAG_SLUG -> tagSlug(object, ours);
                case CATEGORY -> category(object, ours);
                case ERROR_ORDER -> errorOrder(object, ours);
                default -> {}
            }
        }
    }

    private void ids(ObjectNode object) {
        Matcher uri = URI.matcher(object.path("resource_uri").asString(""));
        if (uri.matches()) {
            id(object, "id", uri.group(1));
            object.put("resource_uri", withIds(site, uri.group()));
        }
        id(object, "resource_id", "resource");
        id(object, "tag_id", "tag");
        id(object, "pk", "resource");
        if (object.path("error").isString()) {
            Matcher pk = Pattern.compile("\"pk\": (\\d+)")
                    .matcher(object.path("error").asString());
            object.put("error", pk.replaceAll(found -> "\"pk\": " + site.id("resource", found.group(1))));
        }
    }

    private void id(ObjectNode object, String key, String kind) {
        JsonNode recorded = object.path(key);
        if (recorded.isNumber()) {
            object.put(key, Long.parseLong(site.id(kind, recorded.asString())));
        } else if (recorded.isString()) {
            object.put(key, site.id(kind, recorded.asString()));
        }
    }

    /** Learns the value from our answer when it is recorded for the first time. Later answers must repeat it. */
    private void added(ObjectNode object, JsonNode ours, String key) {
        if (!object.has(key)) {
            return;
        }
        String recorded = object.path(key).asString();
        String known = site.id("added " + key, recorded);
        String value = ours.path(key).asString("");
        if (!known.equals(recorded)) {
            object.put(key, known);
        } else if (key.equals("guid") ? GUID.matcher(value).matches() : isJustNow(value)) {
            site.learnId("added " + key, recorded, value);
            object.put(key, value);
        }
    }

    private static boolean isJustNow(String time) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        return TIME.matcher(time).matches()
                && Duration.between(LocalDateTime.parse(time), now).abs().compareTo(JUST_NOW) < 0;
    }

    private static void strip(ObjectNode object) {
        object.properties().forEach(property -> {
            if (property.getKey().matches("(title|description|attribution)(_.*)?")
                    && property.getValue().isString()) {
                object.put(property.getKey(), property.getValue().asString().strip());
            }
        });
    }

    private static void sameLanguages(ObjectNode object, JsonNode ours) {
        JsonNode here = ours.path("languages");
        if (object.path("languages").isArray() && isSameSet(object.path("languages"), here)) {
            object.set("languages", here);
        }
    }

    private static boolean isSameSet(JsonNode some, JsonNode others) {
        return some.size() == others.size()
                && new HashSet<>(some.valueStream().toList())
                        .equals(new HashSet<>(others.valueStream().toList()));
    }

    private static void defaultGuid(ObjectNode object, JsonNode ours) {
        if (object.path("default").asString("").matches("[0-9a-f-]{36}")) {
            object.set("default", ours.path("default"));
        }
    }

    private static void fileKeys(ObjectNode object) {
        if (object.has("file") && object.has("sha1")) {
            object.remove(List.of("file_extension", "is_embeddable", "sha1"));
        }
    }

    /** Orders the recorded results like ours. Results that ours lack come last. */
    private static void searchOrder(ObjectNode object, JsonNode ours) {
        if (object.path("objects") instanceof ArrayNode found) {
            Map<String, JsonNode> theirs = byGuid(found);
            ArrayNode all = object.putArray("objects");
            byGuid(ours.path("objects"))
                    .keySet()
                    .forEach(guid -> all.add(
                            theirs.getOrDefault(guid, JSON.getNodeFactory().nullNode())));
            found.forEach(each -> {
                if (!byGuid(ours.path("objects")).containsKey(each.path("guid").asString())) {
                    all.add(each);
                }
            });
        }
    }

    /** Fills the gaps in the recorded results with what only our search found. */
    private static void foundBesides(JsonNode expected, JsonNode ours) {
        if (expected.path("objects") instanceof ArrayNode found) {
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i).isNull()) {
                    found.set(i, ours.path("objects").path(i));
                }
            }
        }
    }

    private static Map<String, JsonNode> byGuid(JsonNode objects) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        objects.forEach(each -> all.put(each.path("guid").asString(""), each));
        return all;
    }

    private static int place(List<String> order, JsonNode object) {
        int place = order.indexOf(object.path("guid").asString());
        return place < 0 ? order.size() : place;
    }

    private static boolean isOf(ObjectNode object, String kinds) {
        return object.path("resource_uri").asString("").matches("/api/v1/(" + kinds + ")/\\d+/");
    }

    private static void tagImage(ObjectNode object, JsonNode ours) {
        JsonNode here = ours.path("image");
        if (isOf(object, "tags?")
                && object.path("image").asString("").endsWith("_default.png")
                && (here.isNull() || here.isString())) {
            object.set("image", here);
        }
    }

    private static void tagSlug(ObjectNode object, JsonNode ours) {
        String here = ours.path("url").asString("");
        if (isOf(object, "tags?")
                && object.path("name").asString().matches(".*[^\\p{IsLatin}\\p{IsCommon}\\p{IsInherited}].*")
                && here.matches("http://orb\\.example\\.org/tag/view/[a-z0-9_-]+")) {
            object.put("url", here);
        }
    }

    private static void category(ObjectNode object, JsonNode ours) {
        if (isOf(object, "category") && ours.path("id").isIntegralNumber()) {
            object.set("id", ours.path("id"));
            object.put("resource_uri", "/api/v1/category/" + ours.path("id") + "/");
            if (ours.path("order_by").isIntegralNumber()) {
                object.set("order_by", ours.path("order_by"));
            }
        }
    }

    private static void errorOrder(ObjectNode object, JsonNode ours) {
        String here = ours.path("error").asString("");
        JsonNode inside = tree(here);
        if (inside.isObject() && inside.equals(tree(object.path("error").asString("")))) {
            object.put("error", here);
        }
    }
}

package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Spelling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The keys of a text in several languages: {@code title}, {@code title_en}, {@code title_pt_br}. */
final class Texts {

    private Texts() {}

    static String key(String field, String language) {
        return field + "_" + language.replace('-', '_');
    }

    private static final String TITLE = "title";

    /** The fields of a resource that sites write in every language, the most reliable first. */
    static final List<String> OF_RESOURCE = List.of(TITLE, "description", "attribution");

    /**
     * Returns the language of texts whose keys do not name one. It is the language whose key has the same text; otherwise the
     * only language in the object's list {@code languages}; otherwise the default.
     *
     * @param object a resource
     * @param defaultLanguage the default language of the site
     */
    static String languageOf(JsonNode object, String defaultLanguage) {
        for (String field : OF_RESOURCE) {
            Optional<String> plain = string(object, field);
            List<String> same = new ArrayList<>();
            if (plain.isPresent()) {
                languages(object, field).forEach((language, key) -> {
                    if (string(object, key)
                            .filter(text -> isSame(text, plain.get()))
                            .isPresent()) {
                        same.add(language);
                    }
                });
            }
            if (!same.isEmpty()) {
                return same.contains(defaultLanguage) ? defaultLanguage : same.get(0);
            }
        }
        return onlyLanguage(object.path("languages")).orElse(defaultLanguage);
    }

    private static boolean isSame(String one, String other) {
        return one.equals(other) || Spelling.normalized(one).equals(Spelling.normalized(other));
    }

    private static Optional<String> onlyLanguage(JsonNode languages) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode code : languages.values()) {
            String language = code.asString("").strip();
            if (isLanguage(language)) {
                codes.add(LocalizedText.language(language));
            }
        }
        return codes.size() == 1 ? Optional.of(codes.iterator().next()) : Optional.empty();
    }

    /** Returns whether a key is a language code, in any case, with hyphens or underscores. */
    static boolean isLanguage(String code) {
        return LocalizedText.isLanguage(code.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Returns the field's keys that name a language, by language code. */
    static Map<String, String> languages(JsonNode object, String field) {
        Map<String, String> keys = new TreeMap<>();
        int length = field.length();
        for (String name : object.propertyNames()) {
            if (name.length() > length && name.charAt(length) == '_' && name.startsWith(field)) {
                String language = name.substring(length + 1).replace('_', '-');
                if (LocalizedText.isLanguage(language)) {
                    keys.putIfAbsent(language, name);
                }
            }
        }
        return keys;
    }

    /** Returns the object with {@code "title": {"en": "Water"}} rewritten as {@code "title_en": "Water"}. */
    static JsonNode spread(JsonNode object, String field) {
        JsonNode value = object.path(field);
        boolean byLanguage = value.isObject()
                && !value.isEmpty()
                && value.propertyStream()
                        .allMatch(text -> isLanguage(text.getKey())
                                && (text.getValue().isString()
                                        || text.getValue().isNull()));
        if (!byLanguage) {
            return object;
        }
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(entry -> flat.set(entry.getKey(), entry.getValue()));
        flat.remove(field);
        value.properties().forEach(text -> {
            String key = key(field, text.getKey().toLowerCase(Locale.ROOT));
            if (flat.path(key).asString("").isBlank()) {
                flat.set(key, text.getValue());
            }
        });
        return flat;
    }

    /**
     * Returns the title of a resource.
     *
     * @param object the object whose fields changed the title
     * @throws InvalidDocumentException if the title is empty. The message names the fields without text.
     */
    static LocalizedText requireTitle(LocalizedText title, JsonNode object) {
        if (!title.isEmpty()) {
            return title;
        }
        List<String> empty = Stream.concat(Stream.of(TITLE), languages(object, TITLE).values().stream())
                .filter(object::has)
                .filter(key -> string(object, key).filter(Spelling::isVisible).isEmpty())
                .toList();
        throw new InvalidDocumentException(
                QuarantineReason.Kind.NO_TITLE,
                "title is missing" + (empty.isEmpty() ? "" : ": no usable text in " + String.join(", ", empty)));
    }

    /** Returns the value of a key as text; empty unless it is a string, number or boolean that is not blank. */
    static Optional<String> string(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isContainer() || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(value.asString()).filter(text -> !text.isBlank());
    }
}

package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Spelling;
import tools.jackson.databind.JsonNode;

/** The keys of a text in several languages: {@code title}, {@code title_en}, {@code title_pt_br}. */
final class Texts {

    private Texts() {}

    static String key(String field, String language) {
        return field + "_" + language.replace('-', '_');
    }

    /** The fields of a resource that sites write in every language, the most reliable first. */
    private static final List<String> OF_RESOURCE = List.of("title", "description", "attribution");

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

    /** Returns the value of a key as text; empty unless it is a string, number or boolean that is not blank. */
    static Optional<String> string(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isContainer() || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(value.asString()).filter(text -> !text.isBlank());
    }
}

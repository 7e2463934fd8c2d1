package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Spelling;
import tools.jackson.databind.JsonNode;

/** The keys of a text in several languages: {@code title}, {@code title_en}, {@code title_pt_br}. */
final class Texts {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}([_-][a-z0-9]{2,8})*");

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
            Optional<String> plain = string(object, field).map(Spelling::normalized);
            List<String> same = new ArrayList<>();
            languages(object, field).forEach((language, key) -> {
                if (plain.isPresent() && plain.equals(string(object, key).map(Spelling::normalized))) {
                    same.add(language);
                }
            });
            if (!same.isEmpty()) {
                return same.contains(defaultLanguage) ? defaultLanguage : same.get(0);
            }
        }
        return onlyLanguage(object.path("languages")).orElse(defaultLanguage);
    }

    private static Optional<String> onlyLanguage(JsonNode languages) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode code : languages.values()) {
            String language = code.asString("").strip().toLowerCase(Locale.ROOT);
            if (LANGUAGE.matcher(language).matches()) {
                codes.add(language.replace('_', '-'));
            }
        }
        return codes.size() == 1 ? Optional.of(codes.iterator().next()) : Optional.empty();
    }

    /**
     * Returns the text under the field's keys of every language, and under the field itself. The latter is left out if its
     * language has a key, or if it repeats another text.
     *
     * @param language the language of the field itself
     * @throws InvalidDocumentException if a text is invalid
     */
    static LocalizedText read(JsonNode object, String field, String language) {
        LocalizedText text = readLanguages(object, field);
        try {
            LocalizedText plain =
                    LocalizedText.of(language, string(object, field).orElse(""));
            Optional<String> words = plain.in(language);
            boolean isNew = words.isPresent()
                    && text.in(language).isEmpty()
                    && !text.texts().containsValue(words.get());
            return isNew ? text.with(language, words.get()) : text;
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(field + " " + e.getMessage(), e);
        }
    }

    /**
     * Returns the text under the field's keys of every language.
     *
     * @throws InvalidDocumentException if a text is invalid
     */
    static LocalizedText readLanguages(JsonNode object, String field) {
        Map<String, String> texts = new TreeMap<>();
        languages(object, field)
                .forEach((language, key) -> string(object, key).ifPresent(text -> texts.put(language, text)));
        try {
            return new LocalizedText(texts);
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(field + " " + e.getMessage(), e);
        }
    }

    /** Returns whether a key is a language code, in any case. */
    static boolean isLanguage(String code) {
        return LANGUAGE.matcher(code.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns the field's keys that name a language, by language code. */
    static Map<String, String> languages(JsonNode object, String field) {
        Map<String, String> keys = new TreeMap<>();
        for (String name : object.propertyNames()) {
            if (name.startsWith(field + "_")) {
                Matcher language = LANGUAGE.matcher(name.substring(field.length() + 1));
                if (language.matches()) {
                    keys.putIfAbsent(language.group().replace('_', '-'), name);
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

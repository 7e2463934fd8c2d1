package org.librarypeers.http.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.LocalizedText;
import tools.jackson.databind.JsonNode;

/** The keys of a text in several languages: {@code title}, {@code title_en}, {@code title_pt_br}. */
final class Texts {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}([_-][a-z0-9]{2,8})*");

    private Texts() {}

    static String key(String field, String language) {
        return field + "_" + language.replace('-', '_');
    }

    /**
     * What the object says under the field's keys of every language, and under the field itself.
     *
     * @throws InvalidDocumentException if that is no text that can be kept
     */
    static LocalizedText read(JsonNode object, String field, String defaultLanguage) {
        LocalizedText text = readLanguages(object, field);
        Optional<String> plain = string(object, field).map(String::strip);
        // A site without a text in its first language shows another one there; that is no text of the first language.
        boolean news = plain.isPresent()
                && text.in(defaultLanguage).isEmpty()
                && !text.texts().containsValue(plain.get());
        try {
            return news ? text.with(defaultLanguage, plain.get()) : text;
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(field + " " + e.getMessage(), e);
        }
    }

    /**
     * What the object says under the field's keys of every language.
     *
     * @throws InvalidDocumentException if that is no text that can be kept
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

    /** Returns whether a key is the code of a language, in any case. */
    static boolean isLanguage(String code) {
        return LANGUAGE.matcher(code.toLowerCase(Locale.ROOT)).matches();
    }

    /** The field's keys that name a language, by it. */
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

    /** The value of that key as a text, if it is one (or a number or truth value) and not blank. */
    static Optional<String> string(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isContainer() || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(value.asString()).filter(text -> !text.isBlank());
    }
}

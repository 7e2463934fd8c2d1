package org.librarypeers.persistence;

import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.sync.storage.StorageException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Conversions between Java objects and the JSON in columns. */
final class Json {

    // An older version must be able to read documents to which a later version added properties.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private Json() {}

    static String write(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    static String write(LocalizedText text) {
        return MAPPER.writeValueAsString(text.texts());
    }

    /** Reads a localized text. Token by token, because lists consist of these texts. */
    static LocalizedText text(String json) {
        if (json.equals("{}")) {
            return LocalizedText.empty();
        }
        try (JsonParser parser = MAPPER.createParser(json)) {
            Map<String, String> texts = new TreeMap<>();
            parser.nextToken();
            for (String language = parser.nextName(); language != null; language = parser.nextName()) {
                texts.put(language, parser.nextStringValue());
            }
            return texts.isEmpty() ? LocalizedText.empty() : new LocalizedText(texts);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** Reads an object whose values are texts. */
    static Map<String, String> texts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static StorageException unreadable(JacksonException cause) {
        return new StorageException(
                "a JSON column does not have the format that this version of the library writes: "
                        + cause.getOriginalMessage().lines().findFirst().orElse("unreadable"),
                cause);
    }
}

package org.librarypeers.app.http;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A JSON writer for responses that are not part of ORB v1. The output is one line, with sorted keys. */
public final class SingleLineJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SingleLineJson() {}

    /** Returns the values as one line of JSON. */
    public static String json(Map<String, ? extends @Nullable Object> values) {
        return JSON.writeValueAsString(new TreeMap<>(values));
    }
}

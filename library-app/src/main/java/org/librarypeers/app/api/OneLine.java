package org.librarypeers.app.api;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON on one line, for answers that are not part of ORB v1. */
final class OneLine {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OneLine() {}

    static String json(Map<String, ? extends @Nullable Object> values) {
        return JSON.writeValueAsString(new TreeMap<>(values));
    }
}

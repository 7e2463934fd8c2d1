package org.librarypeers.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@link ScriptedOrbSite} answers.
 *
 * @param cutOff whether the connection ends in the middle of the body
 */
public record SiteAnswer(int status, String type, byte[] body, Map<String, String> headers, boolean cutOff) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** With an empty body. */
    public static SiteAnswer empty(int status) {
        return new SiteAnswer(status, HTML, new byte[0], Map.of(), false);
    }

    /** With a body of that type. */
    public static SiteAnswer of(int status, String type, String body) {
        return new SiteAnswer(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    /** With one more header. */
    public SiteAnswer with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new SiteAnswer(status, type, body, all, cutOff);
    }

    /** JSON. */
    public static SiteAnswer json(JsonNode node) {
        return of(200, "application/json", JSON.writeValueAsString(node));
    }

    /** The JSON of its body. */
    public ObjectNode json() {
        return (ObjectNode) JSON.readTree(body);
    }
}

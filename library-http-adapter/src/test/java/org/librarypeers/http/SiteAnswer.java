package org.librarypeers.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of a {@link ScriptedOrbSite}.
 *
 * @param cutOff whether the connection ends in the middle of the body
 */
public record SiteAnswer(int status, String type, byte[] body, Map<String, String> headers, boolean cutOff) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Returns an answer with an empty body. */
    public static SiteAnswer empty(int status) {
        return new SiteAnswer(status, HTML, new byte[0], Map.of(), false);
    }

    /** Returns an answer with this body and content type. */
    public static SiteAnswer of(int status, String type, String body) {
        return new SiteAnswer(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    /** Returns the answer with one more header. */
    public SiteAnswer with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new SiteAnswer(status, type, body, all, cutOff);
    }

    /** Returns a JSON answer with status 200. */
    public static SiteAnswer json(JsonNode node) {
        return of(200, "application/json", JSON.writeValueAsString(node));
    }

    /** Returns the body, parsed as a JSON object. */
    public ObjectNode json() {
        return (ObjectNode) JSON.readTree(body);
    }
}

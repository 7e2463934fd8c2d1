package org.librarypeers.app.v1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded request and what an existing site answered. */
record Sample(String name, String head, String requestBody, int status, Map<String, String> headers, String body) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static Sample read(String name) {
        String text;
        try (InputStream file = Objects.requireNonNull(Sample.class.getResourceAsStream("/orb-v1/" + name), name)) {
            text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String[] exchange = text.split("\n>>>>\n", 2);
        String[] request = exchange[0].split("\r?\n\r?\n", 2);
        String[] answer = exchange[1].split("\r?\n\r?\n", 2);
        String[] lines = answer[0].split("\r?\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(": ", 2);
            headers.put(parts[0], parts[1]);
        }
        return new Sample(
                name,
                request[0],
                request.length > 1 ? request[1].strip() : "",
                Integer.parseInt(lines[0].split(" ")[1]),
                headers,
                answer.length > 1 ? answer[1] : "");
    }

    boolean isJson() {
        return "application/json".equals(headers.get("Content-Type"));
    }

    JsonNode json() {
        return JSON.readTree(body);
    }
}

package org.librarypeers.app.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A writer of JSON as v1 sites format it. It does not use the library's own writer, so that it does not share its bugs. */
final class OrbText {

    private static final String STEP = "    ";

    private OrbText() {}

    /** Writes sorted keys, one on each line, with a space after each comma at the end of a line. */
    static String indented(JsonNode node) {
        return write(node, "\n");
    }

    private static String write(JsonNode node, String newLine) {
        String inner = newLine + STEP;
        List<String> parts = new ArrayList<>();
        if (node.isObject()) {
            node.propertyNames().stream()
                    .sorted()
                    .forEach(name -> parts.add(quoted(name) + ": " + write(node.get(name), inner)));
            return enclosed("{", parts, "}", newLine);
        }
        if (node.isArray()) {
            node.values().forEach(value -> parts.add(write(value, inner)));
            return enclosed("[", parts, "]", newLine);
        }
        return node.isString() ? quoted(node.asString()) : node.toString();
    }

    private static String enclosed(String open, List<String> parts, String close, String newLine) {
        String inner = newLine + STEP;
        return parts.isEmpty() ? open + close : open + inner + String.join(", " + inner, parts) + newLine + close;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return quoted.append('"').toString();
    }
}

package org.librarypeers.app.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of a list a request asks for, and how the request for another part reads.
 *
 * @param path of the list
 * @param parameters of the request, in their order
 * @param limit at most so many, from 1 to 1000
 * @param offset how many to pass over
 */
record Paging(String path, Map<String, List<String>> parameters, int limit, int offset) {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 1000;

    /** The parameter that says behind what the part begins. */
    static final String AFTER = "after";

    private static final Set<String> OWN = Set.of("limit", "offset", AFTER);

    /**
     * Reads the parameters.
     *
     * @throws RefusedException if limit or offset make no sense
     */
    static Paging of(String path, Map<String, List<String>> parameters) {
        int limit = number(parameters, "limit", DEFAULT_LIMIT, "a positive integer");
        int offset = number(parameters, "offset", 0, "an integer");
        return new Paging(path, parameters, limit == 0 ? MAX_LIMIT : Math.min(limit, MAX_LIMIT), offset);
    }

    private static int number(Map<String, List<String>> parameters, String name, int otherwise, String kind) {
        String value = last(parameters, name);
        if (value == null) {
            return otherwise;
        }
        String digits = value.strip();
        if (!digits.matches("[+-]?\\d{1,18}")) {
            throw RefusedException.badRequest(
                    "Invalid " + name + " '" + value + "' provided. Please provide " + kind + ".");
        }
        long number = Long.parseLong(digits);
        if (number < 0) {
            throw RefusedException.badRequest(
                    "Invalid " + name + " '" + number + "' provided. Please provide a positive integer >= 0.");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** The value of that parameter, the last one if it is given more than once. */
    static @Nullable String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** A page of a list that goes on by offset. */
    ObjectNode page(List<ObjectNode> objects, long total) {
        return page(objects, total, (long) offset + limit < total ? link("offset", (long) offset + limit) : null);
    }

    /**
     * A page of a list.
     *
     * @param next the request for what follows; null on the last page
     */
    ObjectNode page(List<ObjectNode> objects, long total, @Nullable String next) {
        String previous = offset < limit ? null : link("offset", offset - limit);
        return OrbJson.page(limit, offset, total, next, previous, objects);
    }

    /** The request for another part: every parameter of this one in its order, then limit and where that part begins. */
    String link(String where, Object begins) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value)));
            }
        });
        pairs.add("limit=" + limit);
        pairs.add(where + "=" + encoded(begins.toString()));
        return path + "?" + String.join("&", pairs);
    }

    /** As {@link #link}, by offset, and behind a place in the order. */
    String linkBehind(long begins, String place) {
        return link("offset", begins) + "&" + AFTER + "=" + encoded(place);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package org.librarypeers.app.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requested page of a list, and the links to other pages.
 *
 * @param path the path of the list
 * @param parameters the query parameters, in their order
 * @param limit the maximum number of objects, from 1 to 1000
 * @param offset the number of objects to skip, at least 0
 */
record Paging(String path, Map<String, List<String>> parameters, int limit, int offset) {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 1000;

    /** The parameter that names the place after which the page begins. */
    static final String AFTER = "after";

    private static final Set<String> OWN = Set.of("limit", "offset", AFTER);

    /**
     * Reads the parameters.
     *
     * @throws RefusedException if limit or offset is invalid
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

    /** Returns the last value of a parameter, or null if the parameter is missing. */
    static @Nullable String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** Returns a page of a list with links by offset. */
    ObjectNode page(List<ObjectNode> objects, long total) {
        return page(objects, total, (long) offset + limit < total ? link("offset", (long) offset + limit) : null);
    }

    /**
     * Returns a page of a list.
     *
     * @param next the link to the next page; null on the last page
     */
    ObjectNode page(List<ObjectNode> objects, long total, @Nullable String next) {
        String previous = offset < limit ? null : link("offset", offset - limit);
        return OrbJson.page(limit, offset, total, next, previous, objects);
    }

    /**
     * Returns the link to another page: the other parameters of this request in their order, then the limit, then the parameter
     * {@code where} with the value {@code begins}.
     */
    String link(String where, Object begins) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                values.forEach(value -> pairs.add(UrlEncoding.parameter(name, value)));
            }
        });
        pairs.add("limit=" + limit);
        pairs.add(UrlEncoding.parameter(where, begins.toString()));
        return path + "?" + String.join("&", pairs);
    }

    /** Returns a link as {@link #link} does, with both an offset and the place after which the page begins. */
    String linkBehind(long begins, String place) {
        return link("offset", begins) + "&" + UrlEncoding.parameter(AFTER, place);
    }
}

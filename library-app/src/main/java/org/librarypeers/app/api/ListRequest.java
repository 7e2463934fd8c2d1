package org.librarypeers.app.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.port.CatalogueQuery.Order;

/**
 * What a list request asks for, as existing sites read it.
 *
 * @param limit at most so many, from 1 to 1000
 * @param offset how many to pass over
 * @param order by what
 * @param from only what changed then or later, or null
 * @param to only what changed then or earlier, or null
 * @param status only of this status; null for all that one may see
 * @param after for the full feed: the position behind which to go on; null if the full feed is not asked for
 */
record ListRequest(
        int limit,
        int offset,
        Order order,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Set<Status> status,
        @Nullable Long after) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;

    /** Fields of a resource that are no filters; other unknown parameters are ignored. */
    private static final Set<String> FIELDS = Set.of(
            "attribution",
            "born_on",
            "create_date",
            "description",
            "files",
            "guid",
            "id",
            "image",
            "languages",
            "resource_uri",
            "slug",
            "source_host",
            "source_name",
            "source_url",
            "study_time_number",
            "study_time_unit",
            "tags",
            "title",
            "url",
            "urls");

    /**
     * Reads the parameters.
     *
     * @throws BadParameterException if one makes no sense
     */
    static ListRequest of(Map<String, List<String>> parameters) {
        parameters.keySet().forEach(ListRequest::requireFilter);
        int limit = number(parameters, "limit", DEFAULT_LIMIT);
        String status = last(parameters, "status");
        return new ListRequest(
                limit == 0 ? MAX_LIMIT : Math.min(limit, MAX_LIMIT),
                number(parameters, "offset", 0),
                order(last(parameters, "order_by")),
                time(last(parameters, "update_date__gte")),
                time(last(parameters, "update_date__lte")),
                status == null ? null : statuses(status),
                "true".equals(last(parameters, "full")) ? after(parameters) : null);
    }

    private static Set<Status> statuses(String word) {
        return Status.ofWord(word).map(Set::of).orElseGet(() -> EnumSet.noneOf(Status.class));
    }

    private static void requireFilter(String parameter) {
        String[] parts = parameter.split("__", 2);
        String field = parts[0];
        if (FIELDS.contains(field)) {
            throw new BadParameterException("The '" + field + "' field does not allow filtering.");
        }
        boolean date = field.equals("update_date");
        if ((date || field.equals("status")) && !isAllowed(date, parts.length == 1 ? "exact" : parts[1])) {
            throw new BadParameterException("'" + (parts.length == 1 ? "exact" : parts[1])
                    + "' is not an allowed filter on the '" + field + "' field.");
        }
    }

    private static boolean isAllowed(boolean date, String comparison) {
        return date ? comparison.equals("gte") || comparison.equals("lte") : comparison.equals("exact");
    }

    private static int number(Map<String, List<String>> parameters, String name, int otherwise) {
        String value = last(parameters, name);
        if (value == null) {
            return otherwise;
        }
        String kind = name.equals("limit") ? "a positive integer" : "an integer";
        try {
            int number = Integer.parseInt(value.strip());
            if (number < 0) {
                throw new BadParameterException(
                        "Invalid " + name + " '" + number + "' provided. Please provide a positive integer >= 0.");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new BadParameterException(
                    "Invalid " + name + " '" + value + "' provided. Please provide " + kind + ".");
        }
    }

    private static long after(Map<String, List<String>> parameters) {
        String value = last(parameters, "after");
        if (value == null) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new BadParameterException("Invalid after '" + value + "' provided. Please provide an integer.");
        }
    }

    private static Order order(@Nullable String field) {
        if (field == null || field.isEmpty()) {
            return Order.TITLE;
        }
        return switch (field) {
            case "update_date" -> Order.OLDEST_FIRST;
            case "-update_date" -> Order.NEWEST_FIRST;
            default ->
                throw new BadParameterException(
                        "The '" + field.replaceFirst("^-", "") + "' field does not allow ordering.");
        };
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return OrbTime.read(text)
                .map(time -> time.toInstant(ZoneOffset.UTC))
                .orElseThrow(() -> new BadParameterException("['“" + text
                        + "” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.']"));
    }

    private static @Nullable String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** The path of another page: every parameter of the request in its order, then limit and where that page begins. */
    String page(String path, Map<String, List<String>> parameters, String where, long begins) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!Set.of("limit", "offset", "after").contains(name)) {
                values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value)));
            }
        });
        pairs.add("limit=" + limit);
        pairs.add(where + "=" + begins);
        return path + "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

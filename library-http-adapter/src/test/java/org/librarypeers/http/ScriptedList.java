package org.librarypeers.http;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer of a {@link ScriptedOrbSite} to one request for its list. */
final class ScriptedList {

    private static final int MOST = 1_000;
    private static final Set<String> FIELDS = Set.of(
            "id",
            "guid",
            "title",
            "description",
            "slug",
            "url",
            "image",
            "attribution",
            "born_on",
            "create_date",
            "source_url",
            "source_name",
            "source_host",
            "study_time_number",
            "study_time_unit",
            "languages",
            "resource_uri");

    /** The parameters as they were sent, in their order. */
    private final List<Map.Entry<String, String>> parameters;

    private final String language;
    private final String host;
    private final Random ties;

    ScriptedList(List<Map.Entry<String, String>> parameters, String language, String host, Random ties) {
        this.parameters = parameters;
        this.language = language;
        this.host = host;
        this.ties = ties;
    }

    /** Reports a parameter that the site does not support. The site answers 400. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    ObjectNode page(Collection<ScriptedResource> resources, int maxLimit) {
        parameters.forEach(parameter -> refuseUnlessFilter(parameter.getKey()));
        int asked = number("limit", 20);
        int limit = Math.min(asked == 0 ? MOST : asked, Math.min(MOST, maxLimit));
        int offset = number("offset", 0);
        List<ScriptedResource> found = new ArrayList<>(resources);
        found.removeIf(filter().negate());
        Collections.shuffle(found, ties);
        found.sort(order());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ObjectNode meta = page.putObject("meta").put("limit", limit);
        boolean more = offset + limit < found.size();
        meta.put("next", more ? address(limit, offset + limit) : null);
        meta.put("offset", offset);
        meta.put("previous", offset < limit ? null : address(limit, offset - limit));
        meta.put("total_count", found.size());
        ArrayNode objects = page.putArray("objects");
        int from = Math.min(offset, found.size());
        found.subList(from, Math.min(found.size(), from + limit))
                .forEach(resource -> objects.add(resource.listed(host, language)));
        return page;
    }

    private static void refuseUnlessFilter(String name) {
        String[] parts = name.split("__", 2);
        if (FIELDS.contains(parts[0])) {
            throw new Refused("The '" + parts[0] + "' field does not allow filtering.");
        }
        String comparison = parts.length == 1 ? "exact" : parts[1];
        List<String> allowed = switch (parts[0]) {
            case "status" -> List.of("exact");
            case "update_date" -> List.of("gte", "lte");
            default -> List.of(comparison);
        };
        if (!allowed.contains(comparison)) {
            throw new Refused("'" + comparison + "' is not an allowed filter on the '" + parts[0] + "' field.");
        }
    }

    private Predicate<ScriptedResource> filter() {
        String status = value("status");
        String from = value("update_date__gte");
        String to = value("update_date__lte");
        LocalDateTime earliest = from == null ? LocalDateTime.MIN : time(from);
        LocalDateTime latest = to == null ? LocalDateTime.MAX : time(to);
        return resource -> (status == null || status.equals(resource.status))
                && !resource.updated.isBefore(earliest)
                && !resource.updated.isAfter(latest);
    }

    private Comparator<ScriptedResource> order() {
        String by = value("order_by");
        if (by == null) {
            return Comparator.comparing(resource -> resource.title(language));
        }
        Comparator<ScriptedResource> byDate = Comparator.comparing(resource -> resource.updated);
        return switch (by) {
            case "update_date" -> byDate;
            case "-update_date" -> byDate.reversed();
            default -> throw new Refused("The '" + by + "' field does not allow ordering.");
        };
    }

    /** Returns the address of another page. It repeats every parameter, including the credentials. */
    private String address(int limit, int offset) {
        String kept = parameters.stream()
                .filter(parameter -> !parameter.getKey().equals("limit"))
                .filter(parameter -> !parameter.getKey().equals("offset"))
                .map(parameter ->
                        QueryString.encoded(parameter.getKey()) + "=" + QueryString.encoded(parameter.getValue()) + "&")
                .collect(Collectors.joining());
        return "/api/v1/resource/?" + kept + "limit=" + limit + "&offset=" + offset;
    }

    private String value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    private int number(String name, int otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new Refused("Invalid " + name + " '" + value + "' provided. Please provide a positive integer.");
        }
        return Integer.parseInt(value);
    }

    private static LocalDateTime time(String value) {
        String text = value.length() == 10 ? value + "T00:00" : value.replace(' ', 'T');
        try {
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Refused("['" + value + "' value has an invalid format.");
        }
    }
}

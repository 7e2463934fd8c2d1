package org.librarypeers.http;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import tools.jackson.databind.json.JsonMapper;

/** Answers for a {@link FakePeer} as a library would: an existing v1 site, or, with a full feed, one of our own. */
final class FakeLibrary {

    static final String KEY_HEADER = "ApiKey me@example.org:" + FakePeer.KEY;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    final Map<Integer, Row> rows = new TreeMap<>();
    boolean fullFeed;
    int maxLimit = 1000;
    boolean asksForKey = true;
    private LocalDateTime now = LocalDateTime.of(2016, 11, 30, 1, 36, 41);
    private long position;

    /** A resource and where it stands. */
    static final class Row {
        final int id;
        final Guid guid;
        ResourceContent content;
        String updated;
        String status = "approved";
        long position;

        Row(int id, Guid guid) {
            this.id = id;
            this.guid = guid;
        }
    }

    /** Lets a minute pass and tells the time. */
    String tick() {
        now = now.plusMinutes(1);
        return SECONDS.format(now);
    }

    synchronized Row put(Guid guid, ResourceContent content, String updated) {
        Row row = rows.values().stream()
                .filter(other -> other.guid.equals(guid))
                .findFirst()
                .orElse(null);
        if (row == null) {
            row = new Row(rows.size() + 1, guid);
            rows.put(row.id, row);
        }
        row.content = content;
        row.updated = updated;
        row.position = ++position;
        return row;
    }

    synchronized Row put(String title, String updated) {
        return put(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", title)).build(),
                updated);
    }

    synchronized void hide(Guid guid) {
        rows.values().stream().filter(row -> row.guid.equals(guid)).forEach(row -> row.status = "archived");
    }

    synchronized FakePeer.Answer answer(FakePeer.Request request) {
        if (asksForKey && !KEY_HEADER.equals(request.header("Authorization"))) {
            return FakePeer.Answer.status(401);
        }
        String path = request.uri().getPath();
        if (path.equals("/api/v1/resource/")) {
            return FakePeer.Answer.json(JSON.writeValueAsString(page(request.parameters())));
        }
        Row row = path.matches("/api/v1/resource/\\d+/") ? rows.get(Integer.parseInt(path.split("/")[4])) : null;
        return row == null || !row.status.equals("approved")
                ? FakePeer.Answer.status(404)
                : FakePeer.Answer.json(JSON.writeValueAsString(object(row, true)));
    }

    private Map<String, Object> page(Map<String, String> asked) {
        boolean full = fullFeed && "true".equals(asked.get("full"));
        long after = Long.parseLong(asked.getOrDefault("after", "0"));
        String from = asked.getOrDefault("update_date__gte", "");
        List<Row> found = rows.values().stream()
                .filter(row -> row.status.equals(asked.getOrDefault("status", row.status)))
                .filter(row -> full ? row.position > after : row.updated.compareTo(from) >= 0)
                .sorted(full ? Comparator.comparingLong(row -> row.position) : order(asked.get("order_by")))
                .toList();
        int limit = Math.min(maxLimit, Integer.parseInt(asked.getOrDefault("limit", "20")));
        int offset = Math.min(found.size(), Integer.parseInt(asked.getOrDefault("offset", "0")));
        List<Row> shown = found.subList(offset, Math.min(found.size(), offset + limit));
        boolean more = offset + shown.size() < found.size();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("limit", limit);
        meta.put("offset", offset);
        meta.put("total_count", found.size());
        meta.put("previous", null);
        String next = "/api/v1/resource/?limit=" + limit + "&offset=" + (offset + limit);
        if (full) {
            long last = shown.isEmpty() ? after : shown.get(shown.size() - 1).position;
            meta.put("after", last);
            next = "/api/v1/resource/?full=true&limit=" + limit + "&after=" + last;
        }
        meta.put("next", more ? next : null);
        return Map.of(
                "meta",
                meta,
                "objects",
                shown.stream().map(row -> object(row, full)).toList());
    }

    /** Equal dates come in no order that means anything; without an order, titles count. */
    private static Comparator<Row> order(String asked) {
        return "update_date".equals(asked)
                ? Comparator.comparing((Row row) -> row.updated).thenComparing(row -> -row.id)
                : Comparator.comparing(row -> row.content.title().best(List.of("en")));
    }

    private static Map<String, Object> object(Row row, boolean detail) {
        ResourceContent content = row.content;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", row.id);
        object.put("guid", row.guid.toString());
        object.put("status", row.status);
        object.put("update_date", row.updated);
        object.put("create_date", row.updated);
        object.put("resource_uri", "/api/v1/resource/" + row.id + "/");
        object.put("source_name", null);
        object.put("source_host", null);
        text(object, "title", content.title(), "");
        text(object, "description", content.description(), "");
        text(object, "attribution", content.attribution(), null);
        object.put("study_time_number", content.studyTime().number());
        object.put(
                "study_time_unit",
                content.studyTime().unit() == null
                        ? null
                        : content.studyTime().unit().word());
        object.put("born_on", content.bornOn() == null ? null : SECONDS.format(content.bornOn()));
        object.put("image", content.image());
        if (detail) {
            object.put(
                    "urls",
                    content.links().stream()
                            .map(link -> part(link.guid(), link.title(), "url", link.url()))
                            .toList());
            object.put(
                    "files",
                    content.files().stream()
                            .map(file -> part(file.guid(), file.title(), "file", file.url()))
                            .toList());
            List<Object> tags = new ArrayList<>();
            content.tags().forEach(tag -> tags.add(Map.of("id", 1, "tag", tag(tag.category(), tag.name()))));
            object.put("tags", tags);
        }
        return object;
    }

    private static Map<String, Object> part(Guid guid, LocalizedText title, String key, String address) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("guid", guid.toString());
        part.put(key, address);
        part.put("order_by", 0);
        text(part, "title", title, "");
        text(part, "description", LocalizedText.empty(), "");
        return part;
    }

    private static Map<String, Object> tag(String category, String name) {
        Map<String, Object> tag = new LinkedHashMap<>();
        text(tag, "category", LocalizedText.of("en", category), null);
        text(tag, "name", LocalizedText.of("en", name), null);
        tag.put("image", null);
        return tag;
    }

    private static void text(Map<String, Object> object, String field, LocalizedText text, String unset) {
        object.put(field, text.in("en").orElse(unset));
        for (String language : List.of("en", "es", "pt-br")) {
            object.put(
                    field + "_" + language.replace('-', '_'), text.in(language).orElse(unset));
        }
    }
}

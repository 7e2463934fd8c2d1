package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;

/** Statements on the feed with datestamps, on one connection. */
final class DatedStatements {

    /** The first columns: whether the entry is a deletion, its position and its datestamp. */
    private static final String ENTRY = """
            select entry.deleted, entry.feed_position,
                   (select at from feed_time
                     where position <= entry.feed_position order by position desc limit 1)""" + ", " + ResourceEntity.COLUMNS;

    private static final int ENTRY_COLUMNS = 3;

    /**
     * One statement for both tables, as that of {@link FeedStatements}, so that an entry that moves from one to the other is in one of
     * them. The planner decides whether to walk the feed or the resources with a tag.
     */
    private static final String PAGE = ENTRY + """

              from (select *
                      from ((select r.feed_position, r.id, false as deleted
                               from resource r
                              where r.status = 'approved' and r.feed_position > ? and r.feed_position <= ?{set}
                              order by r.feed_position limit {limit})
                            union all
                            (select deletion.feed_position, r.id, true
                               from deletion join resource r on r.guid = deletion.guid
                              where deletion.feed_position > ? and deletion.feed_position <= ?{set}
                              order by deletion.feed_position limit {limit})) as entries
                     order by feed_position limit {limit}) as entry
              left join lateral (select * from resource where resource.id = entry.id offset 0) as r on true
             order by entry.feed_position""";

    private static final String FIND = ENTRY + """

              from (select false as deleted, feed_position, id from resource where guid = ? and status = 'approved'
                    union all
                    select true, deletion.feed_position, resource.id
                      from deletion join resource on resource.guid = deletion.guid where deletion.guid = ?) as entry
              join resource r on r.id = entry.id""";

    /** The positions between which the changes of a period are. A null means that nothing changed since then. */
    private static final String BOUNDS = """
            select (select position from feed_time where at >= ? order by at limit 1),
                   (select position from feed_time where at > ? order by at limit 1)""";

    private static final String WITH_TAGS =
            " and exists (select from resource_tag where resource_tag.resource_id = r.id and resource_tag.tag_id = any (?))";

    private final Connection connection;
    private final EntryRows entries;

    DatedStatements(Connection connection, EntryRows entries) {
        this.connection = connection;
        this.entries = entries;
    }

    /** The positions that a page may have: higher than the first, and up to the second. */
    private record Bounds(long after, long last) {}

    /** A condition on the resource {@code r}, with its parameter if it has one. */
    private record Condition(String sql, @Nullable Object parameter) {}

    List<DatedEntry> page(DatedQuery query, int limit) throws SQLException {
        Bounds bounds = bounds(query);
        if (bounds.after() >= bounds.last()) {
            return List.of();
        }
        Optional<Condition> condition = condition(query.set());
        if (condition.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>();
        for (int table = 0; table < 2; table++) {
            parameters.add(bounds.after());
            parameters.add(bounds.last());
            Object parameter = condition.get().parameter();
            if (parameter != null) {
                parameters.add(parameter);
            }
        }
        String sql = Sql.limited(PAGE, limit).replace("{set}", condition.get().sql());
        // A change that was committed after the bounds were read may be later than the last date.
        return read(sql, parameters.toArray())
                .filter(entry -> query.includes(entry.datestamp()))
                .toList();
    }

    Optional<DatedEntry> find(Guid guid) throws SQLException {
        return read(FIND, guid.value(), guid.value()).findFirst();
    }

    /** Returns the positions to read. Before a datestamp, there is a position that no entry has. */
    private Bounds bounds(DatedQuery query) throws SQLException {
        Instant from = query.from();
        Instant until = query.until();
        if (from == null && until == null) {
            return new Bounds(query.after(), Long.MAX_VALUE);
        }
        return Sql.first(
                        connection,
                        BOUNDS,
                        rows -> {
                            Row row = new Row(rows);
                            Long first = row.numberOrNull();
                            Long next = row.numberOrNull();
                            return new Bounds(
                                    from == null
                                            ? query.after()
                                            : first == null ? Long.MAX_VALUE : Math.max(first, query.after()),
                                    until == null || next == null ? Long.MAX_VALUE : next);
                        },
                        Objects.requireNonNullElse(from, Instant.EPOCH).atOffset(ZoneOffset.UTC),
                        Objects.requireNonNullElse(until, Instant.EPOCH).atOffset(ZoneOffset.UTC))
                .orElseThrow();
    }

    /** Returns the condition of a set. Empty if no resource can be in it. */
    private Optional<Condition> condition(DatedSet set) throws SQLException {
        return switch (set.kind()) {
            case ALL -> Optional.of(new Condition("", null));
            case ANY_TAG ->
                Optional.of(new Condition(
                        " and exists (select from resource_tag where resource_tag.resource_id = r.id)", null));
            case LANGUAGE -> Optional.of(new Condition(" and ? = any (r.languages)", set.value()));
            case TAG -> withTags("select id from tag where slug = ?", set.value());
            case CATEGORY ->
                withTags(
                        "select tag.id from tag join category on category.id = tag.category_id"
                                + " where category.spelling = ?",
                        set.value());
        };
    }

    /** Looks the tags up first, because the planner knows how frequent they are only if it knows their numbers. */
    private Optional<Condition> withTags(String sql, String name) throws SQLException {
        List<Long> tags = Sql.rows(connection, sql, rows -> rows.getLong(1), name);
        return tags.isEmpty() ? Optional.empty() : Optional.of(new Condition(WITH_TAGS, Sql.longs(connection, tags)));
    }

    /** An entry whose resource has no attachments and taggings yet. */
    private record Found(boolean deleted, long position, Instant datestamp, ResourceEntity resource) {

        DatedEntry complete() {
            return new DatedEntry(datestamp, position, deleted, resource.toEntry());
        }
    }

    private static Found found(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        return new Found(row.yes(), row.number(), row.time(), ResourceEntity.read(new Row(rows, ENTRY_COLUMNS)));
    }

    private Stream<DatedEntry> read(String sql, Object... parameters) throws SQLException {
        List<Found> found = Sql.rows(connection, sql, DatedStatements::found, parameters);
        Map<Long, ResourceEntity> resources = new LinkedHashMap<>();
        found.forEach(entry -> resources.put(entry.resource().id(), entry.resource()));
        entries.complete(connection, resources);
        return found.stream().map(Found::complete);
    }
}

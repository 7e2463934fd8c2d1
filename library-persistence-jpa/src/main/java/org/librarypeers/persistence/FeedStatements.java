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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;

/** Statements on the change feed and its deletions, on one connection. */
final class FeedStatements {

    private static final String DELETION = """
            select entry.guid, entry.at, entry.reason,
                   (select target.guid from redirect join resource target on target.guid = redirect.to_guid
                     where redirect.from_guid = entry.guid and target.status = 'approved'),
                   entry.feed_position""";

    private static final String DELETIONS = DELETION + " from deletion entry";

    /**
     * One statement, so that it sees one state of both tables: a deletion that is committed between two statements would have a lower
     * position than a change that is committed after it. The offset makes it look up each resource by its id.
     */
    private static final String PAGE = DELETION + ", " + ResourceEntity.COLUMNS + """

              from (select *
                      from ((select feed_position, id, null::uuid as guid, null::timestamptz as at, null as reason
                               from resource
                              where status = 'approved' and feed_position > ? order by feed_position limit {limit})
                            union all
                            (select feed_position, null, guid, at, reason
                               from deletion
                              where feed_position > ? order by feed_position limit {limit})) as entries
                     order by feed_position limit {limit}) as entry
              left join lateral (select * from resource where resource.id = entry.id offset 0) as r on true
             order by entry.feed_position""";

    private static final int DELETION_COLUMNS = 5;

    private final Connection connection;
    private final EntryRows entries;

    FeedStatements(Connection connection, EntryRows entries) {
        this.connection = connection;
        this.entries = entries;
    }

    FeedPage page(long after, int limit) throws SQLException {
        Map<Long, ResourceEntity> changes = new LinkedHashMap<>();
        List<Deletion> deletions = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        Sql.query(
                connection,
                Sql.limited(PAGE, limit),
                rows -> {
                    while (rows.next()) {
                        positions.add(rows.getLong(DELETION_COLUMNS));
                        if (rows.getObject(1) == null) {
                            ResourceEntity resource = ResourceEntity.read(new Row(rows, DELETION_COLUMNS));
                            changes.put(resource.id(), resource);
                        } else {
                            deletions.add(deletion(rows));
                        }
                    }
                    return positions;
                },
                after,
                after);
        entries.complete(connection, changes);
        return new FeedPage(
                changes.values().stream().map(ResourceEntity::toEntry).toList(),
                deletions,
                positions.isEmpty() ? after : positions.get(positions.size() - 1),
                positions.size() < limit);
    }

    List<Deletion> deletions(Instant from, @Nullable Deletion last, int limit) throws SQLException {
        boolean begins = true;
        Instant earliest = from;
        UUID guid = new UUID(0, 0);
        if (last != null && !last.at().isBefore(from)) {
            begins = false;
            earliest = last.at();
            guid = last.guid().value();
        }
        return Sql.rows(
                connection,
                Sql.limited(
                        DELETIONS + " where entry.at >= ? and (? or (entry.at, entry.guid) > (?, ?))"
                                + " order by entry.at, entry.guid limit {limit}",
                        limit),
                FeedStatements::deletion,
                earliest.atOffset(ZoneOffset.UTC),
                begins,
                earliest.atOffset(ZoneOffset.UTC),
                guid);
    }

    Optional<Deletion> deletion(Guid guid) throws SQLException {
        return Sql.first(connection, DELETIONS + " where entry.guid = ?", FeedStatements::deletion, guid.value());
    }

    private static Deletion deletion(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        Guid guid = new Guid(row.uuid());
        Instant at = row.time();
        Deletion.Reason reason = Deletion.Reason.ofWord(row.text()).orElseThrow();
        UUID redirect = row.uuidOrNull();
        return Deletion.of(guid, at, reason, redirect == null ? null : new Guid(redirect), row.number());
    }
}

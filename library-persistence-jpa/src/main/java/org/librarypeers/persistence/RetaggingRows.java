package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.curation.Retagging;

/** The rows of changes that have not reached all resources yet. Each transaction moves a change on by one batch. */
final class RetaggingRows {

    private static final String COLUMNS =
            "id, tags, from_category, from_name, peer_id, touches, made_by, total, changed, pass";

    private static final String INSERT = """
            insert into retagging (tags, from_category, from_name, peer_id, touches, made_by, total)
            values (?, ?, ?, ?, ?, ?, ?)""";

    private static final String UNDER_WAY = """
            exists (select from harvest where lease_owner = any (retagging.leases) and lease_until > now())""";

    private static final String CLAIMABLE = """
            select id from retagging where not (ended and %s) order by id limit 1 for update skip locked""".formatted(UNDER_WAY);

    /** Begins the next pass if the last one has ended. Notes the leases at the first time. */
    private static final String CLAIM = """
            update retagging
               set leases = coalesce(retagging.leases, held.leases),
                   settled = settled or ended or cardinality(coalesce(retagging.leases, held.leases)) = 0,
                   after_id = case when ended then 0 else after_id end,
                   pass = case when ended then pass + 1 else pass end,
                   ended = false
              from (select array(select lease_owner from harvest
                                  where lease_owner is not null and lease_until > now()) as leases) held
             where id = ?
            returning\s"""
            + Arrays.stream(COLUMNS.split(", "))
                    .map(column -> "retagging." + column)
                    .reduce((all, column) -> all + ", " + column)
                    .orElseThrow();

    /** The resources with a tag are read tag by tag, in the order of the index. */
    private static final String NEXT = """
            select resource.id, resource.guid
              from (select tagged.resource_id as id
                      from unnest(?::bigint[]) as wanted (tag)
                     cross join lateral (select resource_id from resource_tag
                                          where tag_id = wanted.tag and resource_id > ? %1$s
                                          order by resource_id limit ?) tagged
                     union
                    (select id from resource
                      where waiting_number is not null and id > ? %2$s order by id limit ?)) found
              join resource on resource.id = found.id
             order by resource.id limit ?""";

    private static final String EVERYWHERE = NEXT.formatted("", "");

    private static final String OF_PEER = NEXT.formatted(
            "and exists (select from resource where id = resource_id and source_peer = ?)", "and source_peer = ?");

    private RetaggingRows() {}

    static int insert(Connection connection, Retagging retagging) throws SQLException {
        TagRuleKey from = retagging.from();
        return Sql.update(
                connection,
                INSERT,
                Sql.longs(connection, retagging.tags()),
                from == null ? null : from.category(),
                from == null ? null : from.name(),
                retagging.peer() == null ? null : retagging.peer().value(),
                retagging.touches(),
                retagging.by().value(),
                retagging.total());
    }

    static List<Retagging> all(Connection connection) throws SQLException {
        return Sql.rows(connection, "select " + COLUMNS + " from retagging order by id", RetaggingRows::read);
    }

    private static Retagging read(ResultSet rows) throws SQLException {
        String category = rows.getString(3);
        return new Retagging(
                rows.getLong(1),
                List.of((Long[]) rows.getArray(2).getArray()),
                category == null ? null : new TagRuleKey(null, category, rows.getString(4)),
                peer(rows.getObject(5, Long.class)),
                rows.getBoolean(6),
                new UserName(rows.getString(7)),
                rows.getLong(8),
                rows.getLong(9),
                rows.getInt(10));
    }

    private static @Nullable PeerId peer(@Nullable Long id) {
        return id == null ? null : new PeerId(id);
    }

    static Optional<Retagging> claim(Connection connection) throws SQLException {
        Optional<Long> claimed = Sql.first(connection, CLAIMABLE, row -> row.getLong(1));
        return claimed.isEmpty() ? Optional.empty() : Sql.first(connection, CLAIM, RetaggingRows::read, claimed.get());
    }

    private record Found(long id, Guid guid) {}

    static List<Guid> next(Connection connection, Retagging claimed, Collection<Long> tags, int limit)
            throws SQLException {
        long after = Sql.first(
                        connection, "select after_id from retagging where id = ?", row -> row.getLong(1), claimed.id())
                .orElseThrow();
        Array wanted = Sql.longs(connection, tags);
        Long peer = claimed.peer() == null ? null : claimed.peer().value();
        List<Found> found = Sql.rows(
                connection,
                peer == null ? EVERYWHERE : OF_PEER,
                row -> new Found(row.getLong(1), new Guid(row.getObject(2, UUID.class))),
                peer == null
                        ? new Object[] {wanted, after, limit, after, limit, limit}
                        : new Object[] {wanted, after, peer, limit, after, peer, limit, limit});
        if (found.size() == limit) {
            Sql.update(
                    connection,
                    "update retagging set after_id = ? where id = ?",
                    found.get(limit - 1).id(),
                    claimed.id());
        } else if (Sql.update(connection, "delete from retagging where id = ? and settled", claimed.id()) == 0) {
            Sql.update(connection, "update retagging set ended = true where id = ?", claimed.id());
        }
        return found.stream().map(Found::guid).toList();
    }
}

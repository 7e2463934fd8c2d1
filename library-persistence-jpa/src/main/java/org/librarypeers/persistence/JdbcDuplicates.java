package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.curation.DuplicateKeys;
import org.librarypeers.sync.curation.DuplicateRepository;

/** A repository of duplicates. The keys of resources are written by {@link SearchBacklog}, and so not by the sync. */
final class JdbcDuplicates implements DuplicateRepository {

    private static final UUID FIRST = new UUID(0, 0);

    /**
     * The parts of a statement that replace the keys of resources and count the resources of each key. Ordered by key, so that
     * transactions do not deadlock. {@link #parameters} returns their parameters.
     */
    static final String WRITE = """
            wanted as (select * from unnest(?::bigint[], ?::uuid[], ?::text[]) as wanted (resource_id, key, reason)),
                 removed as (delete from duplicate_key
                              where resource_id = any (?)
                                and not exists (select from wanted where wanted.resource_id = duplicate_key.resource_id
                                                                     and wanted.key = duplicate_key.key)
                             returning key),
                 added as (insert into duplicate_key (resource_id, key) select resource_id, key from wanted
                               on conflict do nothing
                           returning key),
                 counted as (select key, sum(difference) as difference
                               from (select key, 1 as difference from added union all select key, -1 from removed) changed
                              group by key),
                 grouped as (insert into duplicate_group (key, reason, size)
                             select counted.key,
                                    coalesce((select reason from wanted where wanted.key = counted.key limit 1), 'title'),
                                    counted.difference
                               from counted order by counted.key
                                 on conflict (key) do update set size = duplicate_group.size + excluded.size)""";

    private static final String MEMBERS = """
            select grouped.key, grouped.reason, member.guid
              from (%s) grouped
             cross join lateral (select resource.guid, resource.id
                                   from duplicate_key join resource on resource.id = duplicate_key.resource_id
                                  where duplicate_key.key = grouped.key and resource.status in ('pending', 'approved')
                                  order by resource.id limit %d) member
             order by grouped.key, member.id""";

    private static final String PAGE = MEMBERS.formatted("""
            select key, reason from duplicate_group
             where size > dismissed and key > ?
               and (select count(*) from (select from duplicate_key join resource on resource.id = duplicate_key.resource_id
                                           where duplicate_key.key = duplicate_group.key
                                             and resource.status in ('pending', 'approved') limit 2) live) > 1
             order by key limit ?""", MAX_MEMBERS);

    private static final String OF_RESOURCE = MEMBERS.formatted("""
            select duplicate_group.key, reason
              from duplicate_group
              join duplicate_key on duplicate_key.key = duplicate_group.key
              join resource on resource.id = duplicate_key.resource_id
             where size > dismissed and resource.guid = ?""", MAX_MEMBERS);

    private final Transactions transactions;

    JdbcDuplicates(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Returns the parameters of {@link #WRITE}: the keys of resources with their current content, and the ids of the resources. */
    static List<Object> parameters(Connection connection, Collection<ResourceEntity> resources) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<UUID> keys = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (ResourceEntity resource : resources) {
            for (DuplicateKeys.Key key : DuplicateKeys.of(resource.content())) {
                ids.add(resource.id());
                keys.add(uuid(key.value()));
                reasons.add(key.reason().name().toLowerCase(Locale.ROOT));
            }
        }
        return List.of(
                Sql.longs(connection, ids),
                Sql.uuids(connection, keys),
                Sql.texts(connection, reasons),
                Sql.longs(connection, resources.stream().map(ResourceEntity::id).toList()));
    }

    private static UUID uuid(String key) {
        return new UUID(Long.parseUnsignedLong(key, 0, 16, 16), Long.parseUnsignedLong(key, 16, 32, 16));
    }

    private static String text(UUID key) {
        return key.toString().replace("-", "");
    }

    private static Optional<UUID> parsed(@Nullable String key) {
        return key != null && key.matches("[0-9a-f]{32}") ? Optional.of(uuid(key)) : Optional.empty();
    }

    @Override
    public List<Group> groups(@Nullable String after, int limit) {
        return transactions.read(connection -> Sql.query(
                connection, PAGE, JdbcDuplicates::groups, parsed(after).orElse(FIRST), limit));
    }

    @Override
    public List<Group> groupsOf(Guid resource) {
        return transactions
                .read(connection -> Sql.query(connection, OF_RESOURCE, JdbcDuplicates::groups, resource.value()))
                .stream()
                .filter(group -> group.resources().contains(resource)
                        && group.resources().size() > 1)
                .toList();
    }

    private static List<Group> groups(ResultSet rows) throws SQLException {
        Map<UUID, Reason> reasons = new LinkedHashMap<>();
        Map<UUID, List<Guid>> members = new LinkedHashMap<>();
        while (rows.next()) {
            Row row = new Row(rows);
            UUID key = row.uuid();
            reasons.put(key, Reason.valueOf(row.text().toUpperCase(Locale.ROOT)));
            members.computeIfAbsent(key, any -> new ArrayList<>()).add(new Guid(row.uuid()));
        }
        List<Group> groups = new ArrayList<>();
        reasons.forEach(
                (key, reason) -> groups.add(new Group(text(key), reason, members.getOrDefault(key, List.of()))));
        return groups;
    }

    @Override
    public void dismiss(String key) {
        parsed(key)
                .ifPresent(group -> transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                        connection,
                        "update duplicate_group set dismissed = size where key = ? and size > dismissed",
                        group))));
    }

    @Override
    public Optional<Redirect> redirect(Guid from) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select to_guid, made_by, made_at from redirect where from_guid = ?",
                rows -> {
                    Row row = new Row(rows);
                    return new Redirect(from, new Guid(row.uuid()), new UserName(row.text()), row.time());
                },
                from.value()));
    }

    @Override
    public void redirect(Redirect redirect) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                """
                insert into redirect (from_guid, to_guid, made_by, made_at) values (?, ?, ?, ?)
                    on conflict (from_guid) do update
                        set to_guid = excluded.to_guid, made_by = excluded.made_by, made_at = excluded.made_at""",
                redirect.from().value(),
                redirect.to().value(),
                redirect.by().value(),
                Timestamp.from(redirect.at()))));
    }

    @Override
    public void removeRedirect(Guid from) {
        transactions.call(unit -> unit.jdbc(
                connection -> Sql.update(connection, "delete from redirect where from_guid = ?", from.value())));
    }
}

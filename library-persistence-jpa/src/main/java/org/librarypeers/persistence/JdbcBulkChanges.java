package org.librarypeers.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChangeRepository;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.BulkEffect;

/** A repository of changes of many resources on plain JDBC. */
record JdbcBulkChanges(Transactions transactions) implements BulkChangeRepository {

    private static final String ADD = """
            insert into bulk_change (id, kind, label, changed_by, at) values (?, ?, ?, ?, ?)
                on conflict (id) do nothing""";

    private static final String ADD_EFFECTS = """
            insert into bulk_changed_resource (change_id, resource_id, state_before, state_after, served)
            select ?, resource.id, state_before, state_after, served::timestamptz
              from unnest(?, ?, ?, ?) as effect (guid, state_before, state_after, served)
              join resource using (guid)""";

    private static final String FIND = """
            select kind, label, changed_by, at, (min(guid::text)) as first, count(*) as resources,
                   count(*) filter (where undone) as undone, min(served) as served
              from bulk_change
              join bulk_changed_resource on change_id = bulk_change.id
              join resource on resource.id = resource_id
             where bulk_change.id = ?
             group by bulk_change.id""";

    private static final String EFFECTS = """
            select guid, state_before, state_after, served
              from bulk_changed_resource join resource on resource.id = resource_id
             where change_id = ? and not undone and guid >= ? and guid is distinct from ?
             order by guid limit ?""";

    private static final String UNDONE = """
            update bulk_changed_resource set undone = true
             where change_id = ? and resource_id in (select id from resource where guid = any (?))""";

    private static final String REMOVE = """
            delete from bulk_change where id in (select id from bulk_change where at < ? order by at limit ?)""";

    @Override
    public void add(BulkChange change, Collection<BulkEffect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        transactions.call(unit -> unit.jdbc(connection -> {
            Sql.update(
                    connection,
                    ADD,
                    change.id(),
                    change.kind().word(),
                    change.label(),
                    change.by().value(),
                    Sql.time(change.at()));
            return Sql.update(
                    connection,
                    ADD_EFFECTS,
                    change.id(),
                    Sql.uuids(
                            connection,
                            effects.stream()
                                    .map(effect -> effect.resource().value())
                                    .toList()),
                    Sql.texts(
                            connection,
                            effects.stream()
                                    .map(effect -> effect.before().word())
                                    .toList()),
                    Sql.texts(
                            connection,
                            effects.stream()
                                    .map(effect -> effect.after().word())
                                    .toList()),
                    Sql.texts(
                            connection,
                            effects.stream().map(JdbcBulkChanges::served).toList()));
        }));
    }

    private static @Nullable String served(BulkEffect effect) {
        return effect.served() == null ? null : effect.served().toString();
    }

    @Override
    public Optional<BulkChangeState> find(UUID change) {
        return transactions.read(connection -> Sql.first(
                connection,
                FIND,
                row -> new BulkChangeState(
                        new BulkChange(
                                change,
                                kind(row.getString("kind")),
                                row.getString("label"),
                                new UserName(row.getString("changed_by")),
                                row.getObject("at", OffsetDateTime.class).toInstant()),
                        Guid.of(row.getString("first")),
                        row.getLong("resources"),
                        row.getLong("undone"),
                        served(row)),
                change));
    }

    private static BulkChange.Kind kind(String word) {
        for (BulkChange.Kind kind : BulkChange.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalStateException("'" + word + "' is not a kind of change");
    }

    private static @Nullable Instant served(ResultSet row) throws SQLException {
        OffsetDateTime served = row.getObject("served", OffsetDateTime.class);
        return served == null ? null : served.toInstant();
    }

    @Override
    public List<BulkEffect> effects(UUID change, @Nullable Guid after, int limit) {
        UUID last = after == null ? null : after.value();
        return transactions.call(unit -> unit.jdbc(connection -> Sql.rows(
                connection,
                EFFECTS,
                row -> new BulkEffect(
                        new Guid(row.getObject("guid", UUID.class)),
                        state(row.getString("state_before")),
                        state(row.getString("state_after")),
                        served(row)),
                change,
                last == null ? new UUID(0, 0) : last,
                last,
                limit)));
    }

    private static ReviewSnapshot state(String word) {
        return ReviewSnapshot.ofWord(word).orElseThrow();
    }

    @Override
    public void undone(UUID change, Collection<Guid> resources) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                UNDONE,
                change,
                Sql.uuids(connection, resources.stream().map(Guid::value).toList()))));
    }

    @Override
    public int removeOld(Instant before, int limit) {
        return transactions.call(
                unit -> unit.jdbc(connection -> Sql.update(connection, REMOVE, Sql.time(before), limit)));
    }
}

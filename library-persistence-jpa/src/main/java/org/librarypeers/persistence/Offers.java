package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.Withdrawal;

/** Statements on the resources that peers offer, on the connection of one transaction. */
final class Offers {

    private static final String SOURCED = " left join resource on resource.guid = offer.guid"
            + " and resource.source_peer = offer.peer_id where offer.peer_id = ? and offer.withdrawn is null";

    private static final String WITHDRAWALS = " from offer join resource on resource.guid = offer.guid"
            + " and resource.source_peer = offer.peer_id"
            + " where offer.withdrawn is not null and not offer.withdrawal_reviewed";

    private final Connection connection;

    Offers(Connection connection) {
        this.connection = connection;
    }

    Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) throws SQLException {
        String sql = "select guid, remote_id, version, circular, cast(remarks as text), left_out from offer"
                + " where peer_id = ? and guid = any (?) and remote_id is not null and version is not null";
        return Sql.query(
                connection,
                sql,
                rows -> {
                    Map<Guid, AcceptedItem> accepted = new HashMap<>();
                    while (rows.next()) {
                        AcceptedItem taken = new AcceptedItem(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getBoolean(4),
                                RemarkDocument.read(rows.getString(5)),
                                rows.getBoolean(6));
                        accepted.put(guid(rows), taken);
                    }
                    return accepted;
                },
                peer.value(),
                uuids(guids));
    }

    void take(PeerId peer, HarvestProgress progress, OffsetDateTime at) throws SQLException {
        Map<Guid, AcceptedItem> taken = progress.accepted();
        if (taken.isEmpty()) {
            return;
        }
        String sql = """
                insert into offer (peer_id, read_at, guid, version, remote_id, circular, remarks, left_out, facts)
                select ?, ?, guid, version, remote_id, circular, cast(remarks as jsonb),
                       -- A refusal may be newer than the run.
                       left_out or exists (select from refusal where refusal.guid = taken.guid), cast(facts as jsonb)
                  from unnest(?, ?, ?, ?, ?, ?, ?)
                       as taken (guid, version, remote_id, circular, remarks, left_out, facts)
                    on conflict (peer_id, guid) do update
                   set version = excluded.version, remote_id = excluded.remote_id, circular = excluded.circular,
                       remarks = case when excluded.left_out then offer.remarks else excluded.remarks end,
                       left_out = excluded.left_out, facts = excluded.facts, due = false, read_at = excluded.read_at, withdrawn = null, withdrawal_reviewed = false""";
        List<Map.Entry<Guid, AcceptedItem>> all = List.copyOf(taken.entrySet());
        Sql.update(
                connection,
                sql,
                peer.value(),
                at,
                uuids(all.stream().map(Map.Entry::getKey).toList()),
                texts(all.stream().map(entry -> entry.getValue().version()).toList()),
                texts(all.stream().map(entry -> entry.getValue().remoteId()).toList()),
                connection.createArrayOf(
                        "boolean",
                        all.stream().map(entry -> entry.getValue().circular()).toArray()),
                Sql.texts(
                        connection,
                        all.stream()
                                .map(entry ->
                                        RemarkDocument.write(entry.getValue().remarks()))
                                .toList()),
                connection.createArrayOf(
                        "boolean",
                        all.stream().map(entry -> entry.getValue().leftOut()).toArray()),
                Sql.texts(
                        connection,
                        all.stream()
                                .map(entry ->
                                        FactsDocument.write(progress.facts().get(entry.getKey())))
                                .toList()));
    }

    Map<Guid, List<Remark>> remarks(Collection<Guid> resources) throws SQLException {
        String sql = """
                select offer.guid, cast(offer.remarks as text) from offer
                  join resource on resource.guid = offer.guid and resource.source_peer = offer.peer_id
                 where offer.guid = any (?) and offer.remarks is not null""";
        return Sql.query(
                connection,
                sql,
                rows -> {
                    Map<Guid, List<Remark>> remarks = new HashMap<>();
                    while (rows.next()) {
                        remarks.put(guid(rows), RemarkDocument.read(rows.getString(2)));
                    }
                    return remarks;
                },
                uuids(resources));
    }

    void forget(PeerId peer, Collection<String> gone) throws SQLException {
        if (!gone.isEmpty()) {
            Sql.update(
                    connection,
                    "delete from offer where peer_id = ? and remote_id = any (?) and withdrawn is null",
                    peer.value(),
                    texts(List.copyOf(gone)));
        }
    }

    void mark(PeerId peer, Set<Guid> guids, @Nullable OffsetDateTime withdrawn) throws SQLException {
        if (guids.isEmpty()) {
            return;
        }
        String sql = """
                insert into offer (peer_id, withdrawn, guid)
                select ?, cast(? as timestamp with time zone), guid from unnest(?) guid
                    on conflict (peer_id, guid) do update
                   set withdrawn = excluded.withdrawn, withdrawal_reviewed = false""";
        Sql.update(connection, sql, peer.value(), withdrawn, uuids(guids));
    }

    void reviewed(Collection<Guid> guids) throws SQLException {
        Sql.update(
                connection,
                "update offer set withdrawal_reviewed = true where guid = any (?) and withdrawn is not null",
                uuids(guids));
    }

    void reviewAgain(Collection<Guid> guids) throws SQLException {
        Sql.update(
                connection,
                "update offer set withdrawal_reviewed = false where guid = any (?) and withdrawn is not null",
                uuids(guids));
    }

    Set<Guid> orphaned(Collection<Guid> among) throws SQLException {
        return guids("select guid from orphaned_resource where guid = any (?)", new Object[] {uuids(among)});
    }

    /** Returns a query for what may be {@link #takeoverCandidates(PeerId)}, in no order. */
    static String takeoverCandidates(String peer) {
        return """
                select offer.guid, offer.remote_id, offer.version, resource.source_host, orphaned.guid is not null, successor.*
                  from offer
                  join peer successor on successor.id = offer.peer_id
                  join resource on resource.guid = offer.guid and resource.source_peer <> offer.peer_id
                  left join orphaned_resource orphaned on orphaned.guid = offer.guid
                 where offer.peer_id = %s and offer.withdrawn is null and not offer.circular and not offer.left_out
                   and offer.remote_id is not null and offer.version is not null
                   and (orphaned.unreachable
                        or (coalesce(offer.read_at < resource.updated, true)
                            and (orphaned.guid is not null
                                 or strpos(lower(resource.source_host), split_part(successor.host, '//', 2)) > 0
                                 or (successor.kind = 'bundle' and starts_with(resource.source_host, 'bundle:')))))\
                """.formatted(peer);
    }

    List<ChangePage.Item> takeoverCandidates(PeerId peer) throws SQLException {
        return Sql.query(
                connection,
                takeoverCandidates("?") + " order by offer.guid",
                rows -> {
                    List<ChangePage.Item> items = new ArrayList<>();
                    while (rows.next()) {
                        // The statement only preselects by address. The domain makes the exact comparison.
                        boolean mayTakeOver = rows.getBoolean(5)
                                || PeerEntity.accessWithoutKey(rows).isAt(rows.getString(4));
                        if (mayTakeOver) {
                            items.add(item(rows));
                        }
                    }
                    return items;
                },
                peer.value());
    }

    List<ChangePage.Item> longestUnread(PeerId peer, OffsetDateTime since, OffsetDateTime now, int limit)
            throws SQLException {
        String sql = """
                select guid, remote_id, version from offer
                 where peer_id = ? and withdrawn is null and remote_id is not null and version is not null
                   and (read_at is null or read_at < ? or read_at > ?)
                 order by read_at nulls first, guid limit ?""";
        return items(sql, peer.value(), since, now, limit);
    }

    int detailCount(PeerId peer) throws SQLException {
        String sql = "select count(*) from offer where peer_id = ? and withdrawn is null"
                + " and remote_id is not null and version is not null";
        return Sql.query(
                connection,
                sql,
                rows -> {
                    rows.next();
                    return rows.getInt(1);
                },
                peer.value());
    }

    private List<ChangePage.Item> items(String sql, Object... values) throws SQLException {
        return Sql.rows(connection, sql, rows -> item(rows), values);
    }

    private static ChangePage.Item item(ResultSet rows) throws SQLException {
        return new ChangePage.Item(rows.getString(2), guid(rows), rows.getString(3), null);
    }

    List<PeerId> offering(Guid resource) throws SQLException {
        String sql = "select peer_id from offer where guid = ? and withdrawn is null order by peer_id";
        return Sql.rows(connection, sql, rows -> new PeerId(rows.getLong(1)), resource.value());
    }

    /**
     * Returns the resources with this source that the source has not withdrawn, including those without a row in
     * {@code offer}.
     */
    Set<Guid> sourcedFrom(PeerId peer) throws SQLException {
        String sql = """
                select resource.guid from resource
                  left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
                 where resource.source_peer = ? and offer.withdrawn is null""";
        return guids(sql, peer.value());
    }

    Set<Guid> alsoOffered(PeerId peer) throws SQLException {
        return guids(
                "select offer.guid from offer" + SOURCED + " and resource.id is null and not offer.left_out",
                peer.value());
    }

    /** The followers are counted only if one of the given resources is among them. */
    Followers followers(PeerId peer, Collection<Guid> among, OffsetDateTime since) throws SQLException {
        Array guids = uuids(among);
        String followed = """
                select resource.guid from resource
                  left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
                 where resource.guid = any (?) and resource.source_peer = ? and offer.withdrawn is null""";
        String also = "select offer.guid from offer" + SOURCED + " and resource.id is null and offer.guid = any (?)";
        String counts = """
                select count(*) filter (where offer.withdrawn is null), count(*) filter (where offer.withdrawn >= ?)
                  from resource
                  left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
                 where resource.source_peer = ?""";
        Set<Guid> offered = guids(followed, guids, peer.value());
        Set<Guid> alsoOffered = guids(also, peer.value(), guids);
        return offered.isEmpty()
                ? new Followers(offered, alsoOffered, 0, 0)
                : Sql.first(
                                connection,
                                counts,
                                row -> new Followers(offered, alsoOffered, row.getInt(1), row.getInt(2)),
                                since,
                                peer.value())
                        .orElseThrow();
    }

    SortedMap<PeerId, Long> successors(PeerId peer) throws SQLException {
        String sql = """
                select successor, count(*)
                  from (select min(offer.peer_id) as successor
                          from resource
                          join offer on offer.guid = resource.guid and offer.peer_id <> resource.source_peer
                          join peer on peer.id = offer.peer_id
                         where resource.source_peer = ? and offer.withdrawn is null and not offer.circular
                           and offer.version is not null and not offer.left_out
                           and peer.active
                           and ((peer.api_user is not null and peer.api_key is not null) or peer.bundle_key_confirmed or peer.kind = 'oai')
                         group by resource.guid) successors
                 group by successor""";
        return Sql.query(
                connection,
                sql,
                rows -> {
                    SortedMap<PeerId, Long> successors = new TreeMap<>();
                    while (rows.next()) {
                        successors.put(new PeerId(rows.getLong(1)), rows.getLong(2));
                    }
                    return successors;
                },
                peer.value());
    }

    Set<Guid> withdrawn(PeerId peer) throws SQLException {
        return guids("select guid from offer where peer_id = ? and withdrawn is not null", peer.value());
    }

    List<Withdrawal> withdrawals(@Nullable Guid after, int limit) throws SQLException {
        String sql = "select offer.guid, offer.peer_id, offer.withdrawn" + WITHDRAWALS
                + " and (? or offer.guid > ?) order by offer.guid limit ?";
        Object last = after == null ? new UUID(0, 0) : after.value();
        return withdrawals(sql, after == null, last, limit);
    }

    List<Withdrawal> withdrawals(Collection<Guid> guids) throws SQLException {
        String sql = "select offer.guid, offer.peer_id, offer.withdrawn" + WITHDRAWALS + " and offer.guid = any (?)";
        return withdrawals(sql, uuids(guids));
    }

    private List<Withdrawal> withdrawals(String sql, Object... values) throws SQLException {
        return Sql.rows(
                connection,
                sql,
                rows -> new Withdrawal(
                        guid(rows),
                        new PeerId(rows.getLong(2)),
                        rows.getObject(3, OffsetDateTime.class).toInstant()),
                values);
    }

    long withdrawalCount() throws SQLException {
        return Sql.query(connection, "select count(*)" + WITHDRAWALS, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private Set<Guid> guids(String sql, Object... values) throws SQLException {
        return new HashSet<>(Sql.rows(connection, sql, Offers::guid, values));
    }

    private static Guid guid(ResultSet rows) throws SQLException {
        return new Guid(rows.getObject(1, UUID.class));
    }

    private Array uuids(Collection<Guid> guids) throws SQLException {
        return Sql.uuids(connection, guids.stream().map(Guid::value).toList());
    }

    private Array texts(List<String> texts) throws SQLException {
        return Sql.texts(connection, texts.stream().map(Texts::storable).toList());
    }
}

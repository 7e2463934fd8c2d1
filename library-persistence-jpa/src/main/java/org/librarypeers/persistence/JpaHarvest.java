package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.HarvestRepository;
import org.librarypeers.sync.port.LeaseLostException;
import org.librarypeers.sync.port.PeerLease;

/** How far peers were read. Plain SQL: these are sets of rows that are written at once, not objects. */
final class JpaHarvest implements HarvestRepository {

    private final Transactions transactions;
    private final Leases leases;

    JpaHarvest(Transactions transactions, Leases leases) {
        this.transactions = transactions;
        this.leases = leases;
    }

    @Override
    public Optional<PeerLease> claim(PeerId peer) {
        return leases.claim(peer);
    }

    @Override
    public Optional<Cursor> cursor(PeerId peer) {
        return query("select cursor_token, cursor_up_to from harvest where peer_id = ?", peer, rows -> {
            if (!rows.next() || rows.getString(1) == null) {
                return Optional.empty();
            }
            return Optional.of(new Cursor(rows.getString(1), rows.getString(2)));
        });
    }

    @Override
    public Map<Guid, String> versionsTaken(PeerId peer, Collection<Guid> guids) {
        String sql = "select guid, version from taken_version where peer_id = ? and guid = any (?)";
        return transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, peer.value());
                select.setArray(
                        2,
                        connection.createArrayOf(
                                "uuid", guids.stream().map(Guid::value).toArray()));
                Map<Guid, String> versions = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        versions.put(new Guid(rows.getObject(1, UUID.class)), rows.getString(2));
                    }
                }
                return versions;
            }
        }));
    }

    @Override
    public List<BadItem> badItems(PeerId peer) {
        String sql = """
                select remote_id, guid, version, reason, first_seen, last_seen, attempts
                  from bad_item where peer_id = ? order by remote_id collate "C\"""";
        return query(sql, peer, rows -> {
            List<BadItem> items = new ArrayList<>();
            while (rows.next()) {
                UUID guid = rows.getObject(2, UUID.class);
                items.add(new BadItem(
                        rows.getString(1),
                        guid == null ? null : new Guid(guid),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getObject(5, OffsetDateTime.class).toInstant(),
                        rows.getObject(6, OffsetDateTime.class).toInstant(),
                        rows.getInt(7)));
            }
            return items;
        });
    }

    @Override
    public void commit(PeerLease lease, HarvestProgress progress) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, progress.cursor());
            take(connection, lease.peer(), progress.taken());
            mend(connection, lease.peer(), progress.mended());
            quarantine(connection, lease.peer(), progress.bad());
            return true;
        }));
    }

    /** Locks the peer's row to the end of the transaction, so that nobody can take the peer over in between. */
    private void move(Connection connection, PeerLease lease, @Nullable Cursor cursor) throws SQLException {
        String moved = cursor == null ? "" : ", cursor_token = ?, cursor_up_to = ?";
        String sql = "update harvest set lease_until = " + leases.untilSql() + moved
                + " where peer_id = ? and lease_owner = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            int next = 1;
            if (cursor != null) {
                update.setString(next++, cursor.token());
                update.setString(next++, cursor.upTo());
            }
            update.setLong(next++, lease.peer().value());
            update.setObject(next, lease.owner());
            if (update.executeUpdate() == 0) {
                throw new LeaseLostException(lease.peer());
            }
        }
    }

    private static void take(Connection connection, PeerId peer, Map<Guid, String> taken) throws SQLException {
        if (taken.isEmpty()) {
            return;
        }
        String sql = """
                insert into taken_version (peer_id, guid, version)
                select ?, * from unnest(?, ?)
                    on conflict (peer_id, guid) do update set version = excluded.version, withdrawn = null
                 where taken_version.version <> excluded.version or taken_version.withdrawn is not null""";
        List<Map.Entry<Guid, String>> all = List.copyOf(taken.entrySet());
        Object[] guids = all.stream().map(entry -> entry.getKey().value()).toArray();
        Object[] versions =
                all.stream().map(entry -> Texts.storable(entry.getValue())).toArray();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, peer.value());
            insert.setArray(2, connection.createArrayOf("uuid", guids));
            insert.setArray(3, connection.createArrayOf("text", versions));
            insert.executeUpdate();
        }
    }

    private static void quarantine(Connection connection, PeerId peer, List<BadItem> bad) throws SQLException {
        if (bad.isEmpty()) {
            return;
        }
        String sql = """
                insert into bad_item (peer_id, remote_id, guid, version, reason, first_seen, last_seen, attempts)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (peer_id, remote_id) do update
                   set guid = excluded.guid, version = excluded.version, reason = excluded.reason,
                       first_seen = excluded.first_seen, last_seen = excluded.last_seen, attempts = excluded.attempts""";
        // Of two for the same remote id the later one counts; one statement must not write a row twice.
        Map<String, BadItem> distinct = new LinkedHashMap<>();
        bad.forEach(item -> distinct.put(Texts.storable(item.remoteId()), item));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, BadItem> entry : distinct.entrySet()) {
                BadItem item = entry.getValue();
                Guid guid = item.guid();
                insert.setLong(1, peer.value());
                insert.setString(2, entry.getKey());
                insert.setObject(3, guid == null ? null : guid.value());
                insert.setString(4, Texts.storable(item.version()));
                insert.setString(5, Texts.storable(item.reason()));
                insert.setObject(6, time(item.firstSeen()));
                insert.setObject(7, time(item.lastSeen()));
                insert.setInt(8, item.attempts());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static void mend(Connection connection, PeerId peer, Collection<String> mended) throws SQLException {
        if (mended.isEmpty()) {
            return;
        }
        String sql = "delete from bad_item where peer_id = ? and remote_id = any (?)";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, peer.value());
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "text", mended.stream().map(Texts::storable).toArray()));
            delete.executeUpdate();
        }
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        String sql = """
                select resource.guid from resource
                  left join taken_version taken on taken.peer_id = resource.source_peer and taken.guid = resource.guid
                 where resource.source_peer = ? and taken.withdrawn is null""";
        return query(sql, peer, rows -> {
            Set<Guid> guids = new HashSet<>();
            while (rows.next()) {
                guids.add(new Guid(rows.getObject(1, UUID.class)));
            }
            return guids;
        });
    }

    @Override
    public Map<Guid, Instant> withdrawn(PeerId peer) {
        String sql = """
                select taken.guid, taken.withdrawn from taken_version taken
                  join resource on resource.guid = taken.guid and resource.source_peer = taken.peer_id
                 where taken.peer_id = ? and taken.withdrawn is not null""";
        return query(sql, peer, rows -> {
            Map<Guid, Instant> marked = new HashMap<>();
            while (rows.next()) {
                marked.put(
                        new Guid(rows.getObject(1, UUID.class)),
                        rows.getObject(2, OffsetDateTime.class).toInstant());
            }
            return marked;
        });
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> gone, Set<Guid> back, Instant at) {
        transactions.call(unit -> unit.jdbc(connection -> {
            move(connection, lease, null);
            mark(connection, lease.peer(), back, null);
            mark(connection, lease.peer(), gone, time(at));
            return true;
        }));
    }

    private static void mark(Connection connection, PeerId peer, Set<Guid> guids, @Nullable OffsetDateTime at)
            throws SQLException {
        if (guids.isEmpty()) {
            return;
        }
        String sql = """
                insert into taken_version (peer_id, guid, version, withdrawn)
                select ?, guid, '', ? from unnest(?) guid
                    on conflict (peer_id, guid) do update set withdrawn = excluded.withdrawn""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, peer.value());
            insert.setObject(2, at, Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid", guids.stream().map(Guid::value).toArray()));
            insert.executeUpdate();
        }
    }

    private <T> T query(String sql, PeerId peer, Rows<T> read) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, peer.value());
                try (ResultSet rows = select.executeQuery()) {
                    return read.from(rows);
                }
            }
        }));
    }

    private interface Rows<T> {
        T from(ResultSet rows) throws SQLException;
    }
}

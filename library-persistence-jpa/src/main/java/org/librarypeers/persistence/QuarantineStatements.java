package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.QuarantinedItem;

/** The statements about items that were listed but not accepted: quarantined items, and items whose details are absent. */
final class QuarantineStatements {

    private final Connection connection;

    QuarantineStatements(Connection connection) {
        this.connection = connection;
    }

    /** Returns the quarantined items of a peer, ordered by remote id; all of them if the limit is null. */
    List<QuarantinedItem> items(PeerId peer, @Nullable Integer limit) throws SQLException {
        String sql = """
            select remote_id, guid, version, reason, detail, first_seen, last_seen, attempts
              from quarantined_item where peer_id = ? order by remote_id collate "C\"\
            """;
        String some = limit == null ? sql : sql + Sql.limited(" limit {limit}", limit);
        return Sql.query(
                connection,
                some,
                rows -> {
                    List<QuarantinedItem> items = new ArrayList<>();
                    while (rows.next()) {
                        UUID guid = rows.getObject(2, UUID.class);
                        items.add(new QuarantinedItem(
                                rows.getString(1),
                                guid == null ? null : new Guid(guid),
                                rows.getString(3),
                                QuarantineReasons.read(rows.getString(4), rows.getString(5)),
                                rows.getObject(6, OffsetDateTime.class).toInstant(),
                                rows.getObject(7, OffsetDateTime.class).toInstant(),
                                rows.getInt(8)));
                    }
                    return items;
                },
                peer.value());
    }

    /** Returns the versions of a peer's absent items by their remote ids. */
    Map<String, String> absent(PeerId peer) throws SQLException {
        return Sql.query(
                connection,
                "select remote_id, version from absent_item where peer_id = ?",
                rows -> {
                    Map<String, String> items = new HashMap<>();
                    while (rows.next()) {
                        items.put(rows.getString(1), rows.getString(2));
                    }
                    return items;
                },
                peer.value());
    }

    /** Saves quarantined items. An item replaces the one with the same remote id. */
    void save(PeerId peer, List<QuarantinedItem> quarantined) throws SQLException {
        if (quarantined.isEmpty()) {
            return;
        }
        String sql = """
            insert into quarantined_item
                   (peer_id, remote_id, guid, version, reason, detail, first_seen, last_seen, attempts)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (peer_id, remote_id) do update
               set guid = excluded.guid, version = excluded.version, reason = excluded.reason,
                   detail = excluded.detail, first_seen = excluded.first_seen, last_seen = excluded.last_seen, attempts = excluded.attempts\
            """;
        // If two items have the same remote id, the later one counts. One statement must not write a row twice.
        Map<String, QuarantinedItem> distinct = new LinkedHashMap<>();
        quarantined.forEach(item -> distinct.put(Texts.storable(item.remoteId()), item));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, QuarantinedItem> entry : distinct.entrySet()) {
                QuarantinedItem item = entry.getValue();
                Guid guid = item.guid();
                insert.setLong(1, peer.value());
                insert.setString(2, entry.getKey());
                insert.setObject(3, guid == null ? null : guid.value());
                insert.setString(4, Texts.storable(item.version()));
                insert.setString(5, item.reason().kind().word());
                insert.setString(6, Texts.storable(item.reason().detail()));
                insert.setObject(7, Sql.time(item.firstSeen()));
                insert.setObject(8, Sql.time(item.lastSeen()));
                insert.setInt(9, item.attempts());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Saves the versions of absent items by their remote ids. An item replaces the one with the same remote id. */
    void saveAbsent(PeerId peer, Map<String, String> absent) throws SQLException {
        if (absent.isEmpty()) {
            return;
        }
        String sql = """
                insert into absent_item (peer_id, remote_id, version) values (?, ?, ?)
                    on conflict (peer_id, remote_id) do update set version = excluded.version""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, String> item : absent.entrySet()) {
                insert.setLong(1, peer.value());
                insert.setString(2, Texts.storable(item.getKey()));
                insert.setString(3, Texts.storable(item.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Removes the quarantined and the absent items with these remote ids. */
    void resolve(PeerId peer, Collection<String> remoteIds) throws SQLException {
        if (remoteIds.isEmpty()) {
            return;
        }
        String sql = """
                with resolved as (select ? as peer_id, unnest(?) as remote_id),
                     quarantined as (delete from quarantined_item using resolved
                              where quarantined_item.peer_id = resolved.peer_id and quarantined_item.remote_id = resolved.remote_id)
                delete from absent_item using resolved
                 where absent_item.peer_id = resolved.peer_id and absent_item.remote_id = resolved.remote_id""";
        Sql.update(
                connection,
                sql,
                peer.value(),
                Sql.texts(connection, remoteIds.stream().map(Texts::storable).toList()));
    }
}

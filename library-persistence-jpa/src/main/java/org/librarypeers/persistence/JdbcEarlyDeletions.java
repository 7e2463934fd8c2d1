package org.librarypeers.persistence;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;

/** The repository of the deletions that bundles carried too early. */
record JdbcEarlyDeletions(Transactions transactions) implements EarlyDeletionRepository {

    @Override
    public void remember(PeerId peer, Collection<Guid> deleted, long position) {
        if (deleted.isEmpty()) {
            return;
        }
        // In an order, so that two processes wait for each other at most in one direction.
        List<UUID> ordered =
                deleted.stream().distinct().sorted().map(Guid::value).toList();
        String sql = """
                insert into early_deletion (peer_id, guid, position) select ?, guid, ? from unnest(?) guid
                    on conflict (peer_id, guid) do update
                   set position = greatest(early_deletion.position, excluded.position)""";
        transactions.call(unit -> unit.jdbc(
                connection -> Sql.update(connection, sql, peer.value(), position, Sql.uuids(connection, ordered))));
    }

    @Override
    public Map<Guid, Long> positions(PeerId peer, Collection<Guid> resources) {
        if (resources.isEmpty()) {
            return Map.of();
        }
        String sql = "select guid, position from early_deletion where peer_id = ? and guid = any (?)";
        return transactions.read(connection -> Sql.query(
                connection,
                sql,
                rows -> {
                    Map<Guid, Long> positions = new HashMap<>();
                    while (rows.next()) {
                        positions.put(new Guid(rows.getObject(1, UUID.class)), rows.getLong(2));
                    }
                    return positions;
                },
                peer.value(),
                Sql.uuids(connection, resources.stream().map(Guid::value).toList())));
    }

    @Override
    public void forget(PeerId peer, long upTo) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection, "delete from early_deletion where peer_id = ? and position <= ?", peer.value(), upTo)));
    }
}

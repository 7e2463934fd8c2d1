package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;

record InMemoryEarlyDeletions(InMemoryStorage storage) implements EarlyDeletionRepository {

    @Override
    public void remember(PeerId peer, Collection<Guid> deleted, long position) {
        storage.change(tables -> {
            Map<Guid, Long> remembered = of(tables, peer);
            deleted.forEach(guid -> remembered.merge(guid, position, Math::max));
            tables.earlyDeletions.put(peer, remembered);
        });
    }

    @Override
    public Map<Guid, Long> positions(PeerId peer, Collection<Guid> resources) {
        return storage.with(tables -> {
            Map<Guid, Long> positions = of(tables, peer);
            positions.keySet().retainAll(resources);
            return positions;
        });
    }

    @Override
    public void forget(PeerId peer, long upTo) {
        storage.change(tables -> {
            Map<Guid, Long> remembered = of(tables, peer);
            remembered.values().removeIf(position -> position <= upTo);
            tables.earlyDeletions.put(peer, remembered);
        });
    }

    /** Returns a copy, because the tables of a transaction share what they do not change. */
    private static Map<Guid, Long> of(InMemoryTables tables, PeerId peer) {
        return new HashMap<>(tables.earlyDeletions.getOrDefault(peer, Map.of()));
    }
}

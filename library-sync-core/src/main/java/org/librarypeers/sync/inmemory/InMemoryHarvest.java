package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.HarvestRepository;
import org.librarypeers.sync.port.LeaseLostException;
import org.librarypeers.sync.port.PeerLease;

/** Leases do not lapse here: their process lives as long as this storage does. */
record InMemoryHarvest(InMemoryStorage storage) implements HarvestRepository {

    @Override
    public Optional<PeerLease> claim(PeerId peer) {
        return storage.with(tables -> {
            UUID owner = UUID.randomUUID();
            return tables.leases.putIfAbsent(peer, owner) == null
                    ? Optional.of(new Lease(storage, peer, owner))
                    : Optional.empty();
        });
    }

    @Override
    public Optional<Cursor> cursor(PeerId peer) {
        return storage.with(tables -> Optional.ofNullable(tables.cursors.get(peer)));
    }

    @Override
    public Map<Guid, String> versionsTaken(PeerId peer, Collection<Guid> guids) {
        return storage.with(tables -> {
            Map<Guid, String> all = tables.taken.getOrDefault(peer, Map.of());
            Map<Guid, String> asked = new HashMap<>();
            for (Guid guid : guids) {
                String version = all.get(guid);
                if (version != null) {
                    asked.put(guid, version);
                }
            }
            return asked;
        });
    }

    @Override
    public List<BadItem> badItems(PeerId peer) {
        return storage.with(tables -> {
            TreeMap<String, BadItem> items = tables.bad.get(peer);
            return items == null ? List.of() : List.copyOf(items.values());
        });
    }

    @Override
    public void commit(PeerLease lease, HarvestProgress progress) {
        storage.change(tables -> {
            PeerId peer = lease.peer();
            requireOurs(tables, lease);
            if (progress.cursor() != null) {
                tables.cursors.put(peer, progress.cursor());
            }
            tables.taken.computeIfAbsent(peer, none -> new HashMap<>()).putAll(progress.taken());
            Map<Guid, Instant> withdrawn = tables.withdrawn.get(peer);
            if (withdrawn != null) {
                withdrawn.keySet().removeAll(progress.taken().keySet());
            }
            TreeMap<String, BadItem> bad = tables.bad.computeIfAbsent(peer, none -> new TreeMap<>());
            bad.keySet().removeAll(progress.mended());
            progress.bad().forEach(item -> bad.put(item.remoteId(), item));
        });
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        return storage.with(tables -> {
            Set<Guid> guids = sourcedFrom(tables, peer);
            guids.removeAll(tables.withdrawn.getOrDefault(peer, Map.of()).keySet());
            return guids;
        });
    }

    @Override
    public Map<Guid, Instant> withdrawn(PeerId peer) {
        return storage.with(tables -> {
            Map<Guid, Instant> marked = new HashMap<>(tables.withdrawn.getOrDefault(peer, Map.of()));
            marked.keySet().retainAll(sourcedFrom(tables, peer));
            return marked;
        });
    }

    private static Set<Guid> sourcedFrom(InMemoryTables tables, PeerId peer) {
        Set<Guid> guids = new HashSet<>();
        tables.resources.forEach((guid, entry) -> {
            if (entry.resource().origin() instanceof Origin.FromPeer source
                    && source.peer().equals(peer)) {
                guids.add(guid);
            }
        });
        return guids;
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> gone, Set<Guid> back, Instant at) {
        storage.change(tables -> {
            requireOurs(tables, lease);
            Map<Guid, Instant> marked = tables.withdrawn.computeIfAbsent(lease.peer(), none -> new HashMap<>());
            back.forEach(marked::remove);
            gone.forEach(guid -> marked.put(guid, at));
        });
    }

    private static void requireOurs(InMemoryTables tables, PeerLease lease) {
        if (!lease.owner().equals(tables.leases.get(lease.peer()))) {
            throw new LeaseLostException(lease.peer());
        }
    }

    private record Lease(InMemoryStorage storage, PeerId peer, UUID owner) implements PeerLease {
        @Override
        public void close() {
            storage.change(tables -> tables.leases.remove(peer, owner));
        }
    }
}

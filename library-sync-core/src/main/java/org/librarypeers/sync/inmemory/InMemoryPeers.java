package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;

record InMemoryPeers(InMemoryStorage storage) implements PeerRepository {

    @Override
    public PeerId nextId() {
        return storage.with(tables -> new PeerId(++tables.lastPeer));
    }

    @Override
    public void save(Peer peer) {
        storage.change(tables -> {
            boolean taken = tables.peers.values().stream()
                    .anyMatch(other ->
                            !other.id().equals(peer.id()) && other.access().isSameAs(peer.access()));
            if (taken) {
                throw new DuplicatePeerException(peer);
            }
            tables.peers.put(peer.id(), peer);
        });
    }

    @Override
    public Optional<Peer> find(PeerId id) {
        return storage.with(tables -> Optional.ofNullable(tables.peers.get(id)));
    }

    @Override
    public Optional<Peer> findForUpdate(PeerId id) {
        return find(id);
    }

    @Override
    public Optional<Peer> findIncludingRemoved(PeerId id) {
        return storage.with(tables -> Optional.ofNullable(tables.peers.getOrDefault(id, tables.removed.get(id))));
    }

    @Override
    public Map<PeerId, Peer> findIncludingRemoved(Collection<PeerId> ids) {
        Map<PeerId, Peer> found = new HashMap<>();
        ids.forEach(id -> findIncludingRemoved(id).ifPresent(peer -> found.put(id, peer)));
        return found;
    }

    @Override
    public void remove(PeerId id) {
        storage.change(tables -> {
            Peer peer = tables.peers.remove(id);
            if (peer != null) {
                tables.removed.put(
                        id,
                        Peer.builder()
                                .id(id)
                                .name(peer.name())
                                .access(peer.access().revoked())
                                .active(false)
                                .build());
                tables.cursors.remove(id);
                tables.shortfalls.remove(id);
                tables.leases.remove(id);
                tables.rereads.remove(id);
                tables.offers.remove(id);
                tables.bad.remove(id);
                tables.absent.remove(id);
                tables.earlyDeletions.remove(id);
                tables.selections.remove(id);
            }
        });
    }

    @Override
    public Optional<Peer> findByHost(PeerHost host) {
        return all().stream()
                .filter(peer -> peer.host().equals(Optional.of(host)))
                .findFirst();
    }

    @Override
    public List<Peer> all() {
        return storage.with(tables -> List.copyOf(tables.peers.values()));
    }
}

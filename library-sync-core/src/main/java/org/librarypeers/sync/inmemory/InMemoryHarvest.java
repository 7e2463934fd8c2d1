package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.Withdrawal;

/**
 * The state of the syncs in memory. Leases do not expire, because the process that holds them lives as long as this
 * storage.
 */
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
    public boolean revoke(PeerId peer) {
        return storage.inTransaction(() -> storage.with(tables -> tables.leases.remove(peer) != null));
    }

    @Override
    public void hold(PeerLease lease) {
        storage.change(tables -> requireOurs(tables, lease));
    }

    @Override
    public Optional<Cursor> cursor(PeerId peer) {
        return storage.with(tables -> Optional.ofNullable(tables.cursors.get(peer)));
    }

    @Override
    public KnownShortfalls shortfalls(PeerId peer) {
        return storage.with(tables -> tables.shortfalls.getOrDefault(peer, KnownShortfalls.NONE));
    }

    @Override
    public void keepShortfalls(PeerLease lease, KnownShortfalls shortfalls) {
        storage.change(tables -> {
            requireOurs(tables, lease);
            tables.shortfalls.put(lease.peer(), shortfalls);
        });
    }

    @Override
    public List<QuarantinedItem> quarantinedItems(PeerId peer) {
        return storage.with(tables -> {
            TreeMap<String, QuarantinedItem> items = tables.bad.get(peer);
            return items == null ? List.of() : List.copyOf(items.values());
        });
    }

    @Override
    public Map<String, String> absentItems(PeerId peer) {
        return storage.with(tables -> tables.absent.getOrDefault(peer, Map.of()));
    }

    @Override
    public Map<PeerId, Long> quarantinedCounts() {
        return storage.with(tables -> {
            Map<PeerId, Long> counts = new HashMap<>();
            tables.bad.forEach((peer, items) -> counts.put(peer, (long) items.size()));
            counts.values().removeIf(count -> count == 0);
            return counts;
        });
    }

    @Override
    public void versions(PeerId peer, GuidRange range, BiConsumer<Guid, String> consumer) {
        storage.with(tables -> new InMemoryOffers(tables)
                        .stored(peer, null, offer -> true)
                        .filter(offer -> range.contains(offer.guid()))
                        .toList())
                .forEach(offer -> consumer.accept(offer.guid(), offer.version()));
    }

    @Override
    public void commit(PeerLease lease, HarvestProgress progress) {
        storage.change(tables -> {
            PeerId peer = lease.peer();
            requireOurs(tables, lease);
            if (progress.cursor() != null) {
                tables.cursors.put(peer, progress.cursor());
            }
            InMemoryOffers offers = new InMemoryOffers(tables);
            offers.take(peer, progress);
            offers.forget(peer, progress.gone());
            TreeMap<String, QuarantinedItem> bad = new TreeMap<>(tables.bad.getOrDefault(peer, new TreeMap<>()));
            bad.keySet().removeAll(progress.resolved());
            progress.quarantined().forEach(item -> bad.put(item.remoteId(), item));
            tables.bad.put(peer, bad);
            Map<String, String> absent = new HashMap<>(tables.absent.getOrDefault(peer, Map.of()));
            absent.keySet().removeAll(progress.resolved());
            absent.putAll(progress.absent());
            tables.absent.put(peer, Map.copyOf(absent));
        });
    }

    @Override
    public Optional<Instant> rereadSince(PeerId peer) {
        return storage.with(tables -> Optional.ofNullable(tables.rereads.get(peer)));
    }

    @Override
    public void reread(PeerLease lease, @Nullable Instant since) {
        storage.change(tables -> {
            requireOurs(tables, lease);
            if (since == null) {
                tables.rereads.remove(lease.peer());
            } else {
                tables.rereads.put(lease.peer(), since.truncatedTo(ChronoUnit.MICROS));
            }
        });
    }

    @Override
    public Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) {
        return offers(offers -> offers.accepted(peer, guids));
    }

    @Override
    public Set<Guid> orphaned(Collection<Guid> resources) {
        return offers(offers -> offers.orphaned(storage.id(), resources));
    }

    @Override
    public List<ChangePage.Item> takeoverCandidates(PeerId peer) {
        return offers(offers -> offers.takeoverCandidates(storage.id(), peer));
    }

    @Override
    public List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit) {
        return offers(offers -> offers.longestUnread(peer, since, now, limit));
    }

    @Override
    public int detailCount(PeerId peer) {
        return offers(offers -> offers.detailCount(peer));
    }

    @Override
    public List<PeerId> offering(Guid resource) {
        return offers(offers -> offers.offering(resource));
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        return offers(offers -> offers.offered(peer));
    }

    @Override
    public Set<Guid> alsoOffered(PeerId peer) {
        return offers(offers -> offers.alsoOffered(peer));
    }

    @Override
    public Followers followers(PeerId peer, Collection<Guid> among, Instant since) {
        return offers(offers -> offers.followers(peer, among, since));
    }

    @Override
    public SortedMap<PeerId, Long> successors(PeerId peer) {
        return offers(offers -> offers.successors(peer));
    }

    @Override
    public Set<Guid> withdrawn(PeerId peer) {
        return offers(offers -> offers.withdrawn(peer));
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> withdrawn, Set<Guid> offeredAgain, Instant at) {
        storage.change(tables -> {
            requireOurs(tables, lease);
            InMemoryOffers offers = new InMemoryOffers(tables);
            offers.mark(lease.peer(), offeredAgain, null);
            offers.mark(lease.peer(), withdrawn, at);
        });
    }

    @Override
    public Map<Guid, List<Remark>> remarks(Collection<Guid> resources) {
        return offers(offers -> offers.remarks(resources));
    }

    @Override
    public List<Withdrawal> withdrawals(@Nullable Guid after, int limit) {
        return offers(offers -> offers.withdrawals()
                .filter(withdrawal -> after == null || withdrawal.resource().compareTo(after) > 0)
                .sorted(Comparator.comparing(Withdrawal::resource))
                .limit(limit)
                .toList());
    }

    @Override
    public Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources) {
        return offers(offers -> offers.withdrawals()
                .filter(withdrawal -> resources.contains(withdrawal.resource()))
                .collect(Collectors.toMap(Withdrawal::resource, Function.identity())));
    }

    @Override
    public long withdrawalCount() {
        return offers(offers -> offers.withdrawals().count());
    }

    @Override
    public void reviewed(Collection<Guid> resources) {
        storage.change(tables -> new InMemoryOffers(tables).reviewed(resources, true));
    }

    @Override
    public void reviewAgain(Collection<Guid> resources) {
        storage.change(tables -> new InMemoryOffers(tables).reviewed(resources, false));
    }

    private <T> T offers(Function<InMemoryOffers, T> query) {
        return storage.with(tables -> query.apply(new InMemoryOffers(tables)));
    }

    static void requireOurs(InMemoryTables tables, PeerLease lease) {
        if (!lease.owner().equals(tables.leases.get(lease.peer()))) {
            throw new LeaseLostException(lease.peer());
        }
    }

    private record Lease(InMemoryStorage storage, PeerId peer, UUID owner) implements PeerLease {
        @Override
        public void onLost(Runnable callback) {
            // Never called: nothing here detects a lost lease before the next commit does.
        }

        @Override
        public void close() {
            storage.change(tables -> tables.leases.remove(peer, owner));
        }
    }
}

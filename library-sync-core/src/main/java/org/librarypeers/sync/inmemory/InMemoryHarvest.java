package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.inmemory.InMemoryTables.Offer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
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
    public Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) {
        return storage.with(tables -> {
            Map<Guid, Offer> all = offers(tables, peer);
            Map<Guid, AcceptedItem> asked = new HashMap<>();
            for (Guid guid : guids) {
                Offer offer = all.get(guid);
                if (offer != null && offer.taken() != null) {
                    asked.put(guid, offer.taken());
                }
            }
            return asked;
        });
    }

    private static Map<Guid, Offer> offers(InMemoryTables tables, PeerId peer) {
        TreeMap<Guid, Offer> offers = tables.offers.get(peer);
        return offers == null ? Map.of() : offers;
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
    public void commit(PeerLease lease, HarvestProgress progress) {
        storage.change(tables -> {
            PeerId peer = lease.peer();
            requireOurs(tables, lease);
            if (progress.cursor() != null) {
                tables.cursors.put(peer, progress.cursor());
            }
            TreeMap<Guid, Offer> offers = new TreeMap<>(offers(tables, peer));
            progress.accepted()
                    .forEach((guid, taken) -> offers.put(guid, new Offer(taken, progress.at(), null, false)));
            offers.values()
                    .removeIf(offer -> offer.taken() != null
                            && offer.withdrawn() == null
                            && progress.gone().contains(offer.taken().remoteId()));
            tables.offers.put(peer, offers);
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
    public Set<Guid> orphaned(Collection<Guid> resources) {
        return storage.with(tables ->
                resources.stream().filter(guid -> isLost(tables, guid)).collect(Collectors.toSet()));
    }

    private boolean isLost(InMemoryTables tables, Guid guid) {
        CatalogueEntry entry = tables.resources.get(guid);
        if (entry == null || !(entry.resource().origin() instanceof Origin.FromPeer source)) {
            return false;
        }
        return source.isCircularAt(storage.id()) || isUnreachable(tables, source, guid);
    }

    private static boolean isUnreachable(InMemoryTables tables, Origin.FromPeer source, Guid guid) {
        Peer peer = tables.peers.get(source.peer());
        Offer offer = offers(tables, source.peer()).get(guid);
        return peer == null || !peer.isQueryable() || (offer != null && offer.withdrawn() != null);
    }

    private boolean mayTakeOver(InMemoryTables tables, PeerId peer, Map.Entry<Guid, Offer> offered) {
        CatalogueEntry entry = tables.resources.get(offered.getKey());
        if (entry == null || !(entry.resource().origin() instanceof Origin.FromPeer source)) {
            return false;
        }
        Peer successor = tables.peers.get(peer);
        boolean made = successor != null && successor.host().isSameAs(source.sourceHost());
        boolean unread = readAt(offered).isBefore(entry.resource().updated());
        return isUnreachable(tables, source, offered.getKey())
                || (unread && (made || source.isCircularAt(storage.id())));
    }

    @Override
    public List<ChangePage.Item> takeoverCandidates(PeerId peer) {
        return storage.with(tables -> offers(tables, peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() == null)
                .filter(offered -> offered.getValue().taken() != null
                        && !offered.getValue().taken().circular())
                .filter(offered -> !isSource(tables, peer, offered.getKey()) && mayTakeOver(tables, peer, offered))
                .map(InMemoryHarvest::item)
                .toList());
    }

    private static ChangePage.Item item(Map.Entry<Guid, Offer> offered) {
        AcceptedItem taken = Objects.requireNonNull(offered.getValue().taken());
        return new ChangePage.Item(taken.remoteId(), offered.getKey(), taken.version(), null);
    }

    @Override
    public List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit) {
        return storage.with(tables -> offers(tables, peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() == null
                        && offered.getValue().taken() != null)
                .filter(offered ->
                        readAt(offered).isBefore(since) || readAt(offered).isAfter(now))
                .sorted(Comparator.comparing(InMemoryHarvest::readAt))
                .limit(limit)
                .map(InMemoryHarvest::item)
                .toList());
    }

    @Override
    public int detailCount(PeerId peer) {
        return storage.with(tables -> (int) offers(tables, peer).values().stream()
                .filter(offer -> offer.withdrawn() == null && offer.taken() != null)
                .count());
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

    private static Instant readAt(Map.Entry<Guid, Offer> offered) {
        Instant read = offered.getValue().read();
        return read == null ? Instant.MIN : read;
    }

    @Override
    public List<PeerId> offering(Guid resource) {
        return storage.with(tables -> tables.offers.keySet().stream()
                .filter(peer -> {
                    Offer offer = offers(tables, peer).get(resource);
                    return offer != null && offer.withdrawn() == null;
                })
                .sorted()
                .toList());
    }

    @Override
    public Set<Guid> offered(PeerId peer) {
        return storage.with(tables -> {
            Set<Guid> guids = sourcedFrom(tables, peer);
            guids.removeAll(withdrawn(tables, peer));
            return guids;
        });
    }

    @Override
    public Set<Guid> alsoOffered(PeerId peer) {
        return storage.with(tables -> {
            Set<Guid> guids = new HashSet<>(offers(tables, peer).keySet());
            guids.removeAll(withdrawn(tables, peer));
            guids.removeAll(sourcedFrom(tables, peer));
            return guids;
        });
    }

    @Override
    public SortedMap<PeerId, Long> successors(PeerId peer) {
        return storage.with(tables -> sourcedFrom(tables, peer).stream()
                .flatMap(guid -> offering(guid).stream()
                        .filter(other -> !other.equals(peer) && mayInherit(tables, other, guid))
                        .limit(1))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting())));
    }

    private static boolean mayInherit(InMemoryTables tables, PeerId successor, Guid guid) {
        Peer peer = tables.peers.get(successor);
        AcceptedItem taken =
                Objects.requireNonNull(offers(tables, successor).get(guid)).taken();
        return peer != null && peer.isQueryable() && taken != null && !taken.circular();
    }

    @Override
    public Set<Guid> withdrawn(PeerId peer) {
        return storage.with(tables -> withdrawn(tables, peer));
    }

    private static Set<Guid> withdrawn(InMemoryTables tables, PeerId peer) {
        return offers(tables, peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<Guid> sourcedFrom(InMemoryTables tables, PeerId peer) {
        return tables.resources.keySet().stream()
                .filter(guid -> isSource(tables, peer, guid))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isSource(InMemoryTables tables, PeerId peer, Guid guid) {
        CatalogueEntry entry = tables.resources.get(guid);
        return entry != null
                && entry.resource().origin() instanceof Origin.FromPeer source
                && source.peer().equals(peer);
    }

    @Override
    public void withdraw(PeerLease lease, Set<Guid> withdrawn, Set<Guid> offeredAgain, Instant at) {
        storage.change(tables -> {
            requireOurs(tables, lease);
            TreeMap<Guid, Offer> offers = new TreeMap<>(offers(tables, lease.peer()));
            offeredAgain.forEach(guid -> mark(offers, guid, null));
            withdrawn.forEach(guid -> mark(offers, guid, at));
            tables.offers.put(lease.peer(), offers);
        });
    }

    private static void mark(TreeMap<Guid, Offer> offers, Guid guid, @Nullable Instant withdrawn) {
        Offer before = offers.get(guid);
        offers.put(
                guid,
                before == null
                        ? new Offer(null, null, withdrawn, false)
                        : new Offer(before.taken(), before.read(), withdrawn, false));
    }

    @Override
    public Map<Guid, List<Remark>> remarks(Collection<Guid> resources) {
        return storage.with(tables -> {
            Map<Guid, List<Remark>> remarks = new HashMap<>();
            tables.offers.forEach((peer, offers) -> resources.stream()
                    .filter(guid -> isSource(tables, peer, guid))
                    .forEach(guid -> {
                        Offer offer = offers.get(guid);
                        if (offer != null
                                && offer.taken() != null
                                && !offer.taken().remarks().isEmpty()) {
                            remarks.put(guid, offer.taken().remarks());
                        }
                    }));
            return remarks;
        });
    }

    @Override
    public List<Withdrawal> withdrawals(@Nullable Guid after, int limit) {
        return storage.with(tables -> withdrawals(tables)
                .filter(withdrawal -> after == null || withdrawal.resource().compareTo(after) > 0)
                .sorted(Comparator.comparing(Withdrawal::resource))
                .limit(limit)
                .toList());
    }

    @Override
    public Map<Guid, Withdrawal> withdrawals(Collection<Guid> resources) {
        return storage.with(tables -> withdrawals(tables)
                .filter(withdrawal -> resources.contains(withdrawal.resource()))
                .collect(Collectors.toMap(Withdrawal::resource, Function.identity())));
    }

    @Override
    public long withdrawalCount() {
        return storage.with(tables -> withdrawals(tables).count());
    }

    static Stream<Withdrawal> withdrawals(InMemoryTables tables) {
        return tables.offers.entrySet().stream()
                .flatMap(peer -> peer.getValue().entrySet().stream()
                        .filter(offered -> isSource(tables, peer.getKey(), offered.getKey()))
                        .filter(offered -> !offered.getValue().reviewed())
                        .flatMap(offered -> Stream.ofNullable(offered.getValue().withdrawn())
                                .map(since -> new Withdrawal(offered.getKey(), peer.getKey(), since))));
    }

    @Override
    public void reviewed(Collection<Guid> resources) {
        storage.change(tables -> tables.offers.replaceAll((peer, before) -> {
            TreeMap<Guid, Offer> offers = new TreeMap<>(before);
            resources.forEach(guid -> offers.computeIfPresent(
                    guid, (same, offer) -> new Offer(offer.taken(), offer.read(), offer.withdrawn(), true)));
            return offers;
        }));
    }

    private static void requireOurs(InMemoryTables tables, PeerLease lease) {
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

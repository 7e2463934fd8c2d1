package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Remark;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.inmemory.InMemoryTables.Offer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.StoredOffer;
import org.librarypeers.sync.storage.Withdrawal;

/** The resources that peers offer, in the tables of one transaction. */
record InMemoryOffers(InMemoryTables tables) {

    Map<Guid, AcceptedItem> accepted(PeerId peer, Collection<Guid> guids) {
        Map<Guid, Offer> all = of(peer);
        Map<Guid, AcceptedItem> accepted = new HashMap<>();
        for (Guid guid : guids) {
            Offer offer = all.get(guid);
            if (offer != null && offer.taken() != null) {
                accepted.put(guid, offer.taken());
            }
        }
        return accepted;
    }

    private Map<Guid, Offer> of(PeerId peer) {
        TreeMap<Guid, Offer> offers = tables.offers.get(peer);
        return offers == null ? Map.of() : offers;
    }

    void take(PeerId peer, HarvestProgress progress) {
        TreeMap<Guid, Offer> offers = new TreeMap<>(of(peer));
        progress.accepted()
                .forEach((guid, item) -> offers.put(
                        guid,
                        new Offer(
                                withRemarksOf(offers.get(guid), refused(guid, item)),
                                progress.at(),
                                null,
                                false,
                                0,
                                progress.facts().get(guid),
                                false)));
        tables.offers.put(peer, offers);
    }

    /** Returns the item, which is left out if its resource was refused since the run began. */
    private AcceptedItem refused(Guid guid, AcceptedItem item) {
        return tables.refusals.containsKey(guid)
                ? new AcceptedItem(item.remoteId(), item.version(), item.circular(), item.remarks(), true)
                : item;
    }

    /** Returns an item that is left out with the remarks of the last one that was taken, which is still here. */
    private static AcceptedItem withRemarksOf(@Nullable Offer before, AcceptedItem item) {
        return !item.leftOut() || before == null || before.taken() == null
                ? item
                : new AcceptedItem(
                        item.remoteId(),
                        item.version(),
                        item.circular(),
                        before.taken().remarks(),
                        true);
    }

    /** Marks offers that were read. Other offers stay as they are. */
    void select(PeerId peer, Collection<Guid> guids, UnaryOperator<Offer> selected) {
        TreeMap<Guid, Offer> offers = new TreeMap<>(of(peer));
        guids.forEach(guid ->
                offers.computeIfPresent(guid, (same, offer) -> offer.taken() == null ? offer : selected.apply(offer)));
        tables.offers.put(peer, offers);
    }

    /** Returns the offers that the peer has not withdrawn and that were read, in the order of their GUIDs. */
    Stream<StoredOffer> stored(PeerId peer, @Nullable Guid after, Predicate<Offer> wanted) {
        return of(peer).entrySet().stream()
                .filter(offered -> after == null || offered.getKey().compareTo(after) > 0)
                .filter(offered -> offered.getValue().withdrawn() == null && wanted.test(offered.getValue()))
                .flatMap(offered -> Stream.ofNullable(offered.getValue().taken())
                        .map(taken -> new StoredOffer(
                                offered.getKey(),
                                taken.remoteId(),
                                taken.version(),
                                offered.getValue().facts(),
                                taken.leftOut(),
                                isSource(peer, offered.getKey()))));
    }

    Set<Guid> notFollowed(Collection<Guid> resources) {
        return tables.offers.entrySet().stream()
                .flatMap(peer -> resources.stream()
                        .filter(guid -> isSource(peer.getKey(), guid))
                        .filter(guid -> {
                            Offer offer = peer.getValue().get(guid);
                            return offer != null && offer.withdrawn() == null && offer.isLeftOut();
                        }))
                .collect(Collectors.toSet());
    }

    /** Forgets the offers of these remote ids, except withdrawn ones. */
    void forget(PeerId peer, Collection<String> remoteIds) {
        TreeMap<Guid, Offer> offers = new TreeMap<>(of(peer));
        offers.values()
                .removeIf(offer -> offer.taken() != null
                        && offer.withdrawn() == null
                        && remoteIds.contains(offer.taken().remoteId()));
        tables.offers.put(peer, offers);
    }

    Set<Guid> orphaned(LibraryId self, Collection<Guid> resources) {
        return resources.stream().filter(guid -> isOrphaned(self, guid)).collect(Collectors.toSet());
    }

    private boolean isOrphaned(LibraryId self, Guid guid) {
        CatalogueEntry entry = tables.resources.get(guid);
        if (entry == null || !(entry.resource().origin() instanceof Origin.FromPeer source)) {
            return false;
        }
        return source.isCircularAt(self) || isUnreachable(source, guid);
    }

    private boolean isUnreachable(Origin.FromPeer source, Guid guid) {
        Peer peer = tables.peers.get(source.peer());
        Offer offer = of(source.peer()).get(guid);
        return peer == null
                || !peer.isQueryable()
                || (offer != null && (offer.withdrawn() != null || offer.isLeftOut()));
    }

    List<ChangePage.Item> takeoverCandidates(LibraryId self, PeerId peer) {
        return of(peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() == null)
                .filter(offered -> offered.getValue().taken() != null
                        && !offered.getValue().taken().circular()
                        && !offered.getValue().isLeftOut())
                .filter(offered -> !isSource(peer, offered.getKey()) && mayTakeOver(self, peer, offered))
                .map(InMemoryOffers::item)
                .toList();
    }

    private boolean mayTakeOver(LibraryId self, PeerId peer, Map.Entry<Guid, Offer> offered) {
        CatalogueEntry entry = tables.resources.get(offered.getKey());
        if (entry == null || !(entry.resource().origin() instanceof Origin.FromPeer source)) {
            return false;
        }
        Peer successor = tables.peers.get(peer);
        boolean made = successor != null && successor.access().isAt(source.sourceHost());
        boolean unread = readAt(offered).isBefore(entry.resource().updated());
        return isUnreachable(source, offered.getKey()) || (unread && (made || source.isCircularAt(self)));
    }

    private static ChangePage.Item item(Map.Entry<Guid, Offer> offered) {
        AcceptedItem taken = Objects.requireNonNull(offered.getValue().taken());
        return new ChangePage.Item(taken.remoteId(), offered.getKey(), taken.version(), null);
    }

    List<ChangePage.Item> longestUnread(PeerId peer, Instant since, Instant now, int limit) {
        return of(peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() == null
                        && offered.getValue().taken() != null)
                .filter(offered ->
                        readAt(offered).isBefore(since) || readAt(offered).isAfter(now))
                .sorted(Comparator.comparing(InMemoryOffers::readAt))
                .limit(limit)
                .map(InMemoryOffers::item)
                .toList();
    }

    int detailCount(PeerId peer) {
        return (int) of(peer).values().stream()
                .filter(offer -> offer.withdrawn() == null && offer.taken() != null)
                .count();
    }

    private static Instant readAt(Map.Entry<Guid, Offer> offered) {
        Instant read = offered.getValue().read();
        return read == null ? Instant.MIN : read;
    }

    List<PeerId> offering(Guid resource) {
        return tables.offers.keySet().stream()
                .filter(peer -> {
                    Offer offer = of(peer).get(resource);
                    return offer != null && offer.withdrawn() == null;
                })
                .sorted()
                .toList();
    }

    Set<Guid> offered(PeerId peer) {
        Set<Guid> guids = sourcedFrom(peer);
        guids.removeAll(withdrawn(peer));
        return guids;
    }

    Set<Guid> alsoOffered(PeerId peer) {
        Set<Guid> guids = of(peer).entrySet().stream()
                .filter(offered -> !offered.getValue().isLeftOut())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
        guids.removeAll(withdrawn(peer));
        guids.removeAll(sourcedFrom(peer));
        return guids;
    }

    Followers followers(PeerId peer, Collection<Guid> among, Instant since) {
        Set<Guid> offered = offered(peer);
        Set<Guid> also = alsoOffered(peer);
        long withdrawn = of(peer).entrySet().stream()
                .filter(offer -> offer.getValue().withdrawn() != null
                        && !offer.getValue().withdrawn().isBefore(since))
                .filter(offer -> isSource(peer, offer.getKey()))
                .count();
        return new Followers(
                among.stream().filter(offered::contains).collect(Collectors.toSet()),
                among.stream().filter(also::contains).collect(Collectors.toSet()),
                offered.size(),
                Math.toIntExact(withdrawn));
    }

    SortedMap<PeerId, Long> successors(PeerId peer) {
        return sourcedFrom(peer).stream()
                .flatMap(guid -> offering(guid).stream()
                        .filter(other -> !other.equals(peer) && mayInherit(other, guid))
                        .limit(1))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private boolean mayInherit(PeerId successor, Guid guid) {
        Peer peer = tables.peers.get(successor);
        AcceptedItem taken = Objects.requireNonNull(of(successor).get(guid)).taken();
        return peer != null && peer.isQueryable() && taken != null && !taken.circular() && !taken.leftOut();
    }

    Set<Guid> withdrawn(PeerId peer) {
        return of(peer).entrySet().stream()
                .filter(offered -> offered.getValue().withdrawn() != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Set<Guid> sourcedFrom(PeerId peer) {
        return tables.resources.keySet().stream()
                .filter(guid -> isSource(peer, guid))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private boolean isSource(PeerId peer, Guid guid) {
        CatalogueEntry entry = tables.resources.get(guid);
        return entry != null
                && entry.resource().origin() instanceof Origin.FromPeer source
                && source.peer().equals(peer);
    }

    /** Marks resources as withdrawn at this time, or as offered again if the time is null. */
    void mark(PeerId peer, Set<Guid> resources, @Nullable Instant withdrawn) {
        TreeMap<Guid, Offer> offers = new TreeMap<>(of(peer));
        for (Guid guid : resources) {
            Offer before = offers.get(guid);
            offers.put(
                    guid,
                    before == null
                            ? new Offer(null, null, withdrawn, false, ++tables.lastPosition, null, false)
                            : before.withdrawn(withdrawn, ++tables.lastPosition));
        }
        tables.offers.put(peer, offers);
    }

    Map<Guid, List<Remark>> remarks(Collection<Guid> resources) {
        Map<Guid, List<Remark>> remarks = new HashMap<>();
        tables.offers.forEach((peer, offers) -> resources.stream()
                .filter(guid -> isSource(peer, guid))
                .forEach(guid -> {
                    Offer offer = offers.get(guid);
                    if (offer != null
                            && offer.taken() != null
                            && !offer.taken().remarks().isEmpty()) {
                        remarks.put(guid, offer.taken().remarks());
                    }
                }));
        return remarks;
    }

    /** Returns the withdrawals by the sources of resources on which no reviewer has decided yet. */
    Stream<Withdrawal> withdrawals() {
        return tables.offers.entrySet().stream()
                .flatMap(peer -> peer.getValue().entrySet().stream()
                        .filter(offered -> isSource(peer.getKey(), offered.getKey()))
                        .filter(offered -> !offered.getValue().reviewed())
                        .flatMap(offered -> Stream.ofNullable(offered.getValue().withdrawn())
                                .map(since -> new Withdrawal(offered.getKey(), peer.getKey(), since))));
    }

    void reviewed(Collection<Guid> resources, boolean reviewed) {
        tables.offers.replaceAll((peer, before) -> {
            TreeMap<Guid, Offer> offers = new TreeMap<>(before);
            resources.forEach(guid -> offers.computeIfPresent(guid, (same, offer) -> offer.reviewed(reviewed)));
            return offers;
        });
    }
}

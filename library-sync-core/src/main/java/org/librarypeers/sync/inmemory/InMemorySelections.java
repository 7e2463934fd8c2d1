package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.inmemory.InMemoryTables.Offer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SelectionCounts;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SelectionState;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.StoredOffer;

record InMemorySelections(InMemoryStorage storage) implements SelectionRepository {

    private static final Comparator<Refusal> NEWEST =
            Comparator.comparing(Refusal::at).reversed().thenComparing(Refusal::resource);

    @Override
    public SelectionState state(Peer peer) {
        return storage.with(tables -> new SelectionState(
                tables.selections.getOrDefault(peer.id(), SelectionRule.EVERYTHING),
                !due(peer.id(), null, 1).isEmpty(),
                tables.refusals.keySet()));
    }

    @Override
    public List<StoredOffer> offers(PeerId peer, @Nullable Guid after, int limit) {
        return storage.with(tables -> new InMemoryOffers(tables)
                .stored(peer, after, offer -> true)
                .limit(limit)
                .toList());
    }

    @Override
    public List<StoredOffer> leftOut(PeerId peer, @Nullable Guid after, int limit) {
        return storage.with(tables -> new InMemoryOffers(tables)
                .stored(peer, after, Offer::isLeftOut)
                .filter(offer -> !offer.followed())
                .limit(limit)
                .toList());
    }

    @Override
    public void mark(PeerLease lease, Set<Guid> leftOut, Set<Guid> due) {
        storage.change(tables -> {
            InMemoryHarvest.requireOurs(tables, lease);
            InMemoryOffers offers = new InMemoryOffers(tables);
            offers.select(lease.peer(), leftOut, offer -> offer.selected(true, false));
            offers.select(lease.peer(), due, offer -> offer.selected(offer.isLeftOut(), true));
        });
    }

    @Override
    public void applied(PeerLease lease, SelectionRule rule) {
        storage.change(tables -> {
            InMemoryHarvest.requireOurs(tables, lease);
            tables.selections.put(lease.peer(), rule);
            if (rule.takesEverything()) {
                List<Guid> offered = List.copyOf(tables.offers
                        .getOrDefault(lease.peer(), new TreeMap<>())
                        .keySet());
                new InMemoryOffers(tables)
                        .select(
                                lease.peer(),
                                offered,
                                offer -> offer.selected(offer.isLeftOut(), offer.due() && offer.isLeftOut()));
            }
        });
    }

    @Override
    public List<ChangePage.Item> due(PeerId peer, @Nullable Guid after, int limit) {
        return storage.with(tables -> new InMemoryOffers(tables)
                .stored(peer, after, Offer::due)
                .limit(limit)
                .map(StoredOffer::item)
                .toList());
    }

    @Override
    public SelectionCounts counts(PeerId peer) {
        return storage.with(tables -> {
            List<StoredOffer> leftOut = new InMemoryOffers(tables)
                    .stored(peer, null, Offer::isLeftOut)
                    .toList();
            return new SelectionCounts(
                    leftOut.size(),
                    leftOut.stream().filter(StoredOffer::followed).count());
        });
    }

    @Override
    public Set<Guid> notFollowed(Collection<Guid> resources) {
        return storage.with(tables -> new InMemoryOffers(tables).notFollowed(resources));
    }

    @Override
    public void refuse(Refusal refusal) {
        storage.change(tables -> {
            tables.refusals.put(refusal.resource(), refusal);
            InMemoryOffers offers = new InMemoryOffers(tables);
            List.copyOf(tables.offers.keySet())
                    .forEach(peer ->
                            offers.select(peer, List.of(refusal.resource()), offer -> offer.selected(true, false)));
        });
    }

    @Override
    public boolean revoke(Guid resource) {
        return storage.inTransaction(() -> storage.with(tables -> {
            InMemoryOffers offers = new InMemoryOffers(tables);
            List.copyOf(tables.offers.keySet())
                    .forEach(peer -> offers.select(
                            peer,
                            List.of(resource),
                            offer -> offer.selected(offer.isLeftOut(), offer.isLeftOut() || offer.due())));
            return tables.refusals.remove(resource) != null;
        }));
    }

    @Override
    public Optional<Refusal> refusal(Guid resource) {
        return storage.with(tables -> Optional.ofNullable(tables.refusals.get(resource)));
    }

    @Override
    public Slice<Refusal> refusals(int offset, int limit) {
        return storage.with(tables -> Slice.of(
                tables.refusals.values().stream()
                        .sorted(NEWEST)
                        .skip(offset)
                        .limit(limit + 1L)
                        .toList(),
                limit,
                tables.refusals.size()));
    }
}

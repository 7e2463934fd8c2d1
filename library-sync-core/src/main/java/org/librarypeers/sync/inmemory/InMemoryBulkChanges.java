package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChangeRepository;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.BulkEffect;

record InMemoryBulkChanges(InMemoryStorage storage) implements BulkChangeRepository {

    /** A change with its effects. Immutable, because the tables of a transaction share it. */
    record Stored(BulkChange change, TreeMap<Guid, BulkEffect> effects, Set<Guid> undone) {}

    @Override
    public void add(BulkChange change, Collection<BulkEffect> effects) {
        storage.change(tables -> {
            Stored before = tables.bulkChanges.get(change.id());
            TreeMap<Guid, BulkEffect> all = before == null ? new TreeMap<>() : new TreeMap<>(before.effects());
            effects.stream()
                    .filter(effect -> tables.resources.containsKey(effect.resource()))
                    .forEach(effect -> all.put(effect.resource(), effect));
            if (!all.isEmpty()) {
                tables.bulkChanges.put(
                        change.id(),
                        new Stored(
                                before == null ? change : before.change(),
                                all,
                                before == null ? Set.of() : before.undone()));
            }
        });
    }

    private Optional<Stored> stored(UUID change) {
        return storage.with(tables -> Optional.ofNullable(tables.bulkChanges.get(change)));
    }

    @Override
    public Optional<BulkChangeState> find(UUID change) {
        return stored(change)
                .map(stored -> new BulkChangeState(
                        stored.change(),
                        stored.effects().firstKey(),
                        stored.effects().size(),
                        stored.undone().size(),
                        stored.effects().values().stream()
                                .map(BulkEffect::served)
                                .filter(Objects::nonNull)
                                .min(Comparator.naturalOrder())
                                .orElse(null)));
    }

    @Override
    public List<BulkEffect> effects(UUID change, @Nullable Guid after, int limit) {
        return stored(change).stream()
                .flatMap(stored -> stored.effects().values().stream()
                        .filter(effect -> !stored.undone().contains(effect.resource())))
                .filter(effect -> after == null || effect.resource().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public void undone(UUID change, Collection<Guid> resources) {
        storage.change(tables -> tables.bulkChanges.computeIfPresent(change, (same, stored) -> {
            Set<Guid> undone = new HashSet<>(resources);
            undone.retainAll(stored.effects().keySet());
            undone.addAll(stored.undone());
            return new Stored(stored.change(), stored.effects(), undone);
        }));
    }

    @Override
    public int removeOld(Instant before, int limit) {
        return storage.inTransaction(() -> {
            List<UUID> old = storage.with(tables -> tables.bulkChanges.values().stream()
                    .map(Stored::change)
                    .filter(change -> change.at().isBefore(before))
                    .sorted(Comparator.comparing(BulkChange::at))
                    .limit(limit)
                    .map(BulkChange::id)
                    .toList());
            storage.change(tables -> tables.bulkChanges.keySet().removeAll(old));
            return old.size();
        });
    }
}

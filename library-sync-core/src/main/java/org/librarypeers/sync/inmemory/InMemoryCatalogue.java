package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.port.Catalogue;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.CatalogueQuery;
import org.librarypeers.sync.port.CatalogueSlice;

record InMemoryCatalogue(InMemoryStorage storage) implements Catalogue {

    @Override
    public Optional<CatalogueEntry> find(long id) {
        return storage.with(tables -> {
            Guid guid = tables.resourceIds.get(id);
            return guid == null ? Optional.empty() : Optional.ofNullable(tables.resources.get(guid));
        });
    }

    @Override
    public List<CatalogueEntry> changes(long after, int limit) {
        return storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> entry.resource().status() == Status.APPROVED && entry.position() > after)
                .sorted(Comparator.comparingLong(CatalogueEntry::position))
                .limit(limit)
                .toList());
    }

    @Override
    public List<CatalogueEntry> all(long after, int limit) {
        return storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> entry.id() > after)
                .sorted(Comparator.comparingLong(CatalogueEntry::id))
                .limit(limit)
                .toList());
    }

    @Override
    public CatalogueSlice list(CatalogueQuery query) {
        List<CatalogueEntry> all = storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> asked(entry, query))
                .sorted(order(query).thenComparing(CatalogueEntry::id))
                .toList());
        return new CatalogueSlice(
                all.stream().skip(query.offset()).limit(query.limit()).toList(), all.size());
    }

    private static boolean asked(CatalogueEntry entry, CatalogueQuery query) {
        Instant updated = entry.resource().updated();
        return query.statuses().contains(entry.resource().status())
                && (query.updatedFrom() == null || !updated.isBefore(query.updatedFrom()))
                && (query.updatedTo() == null || !updated.isAfter(query.updatedTo()));
    }

    private static Comparator<CatalogueEntry> order(CatalogueQuery query) {
        Comparator<CatalogueEntry> oldestFirst =
                Comparator.comparing(entry -> entry.resource().updated());
        return switch (query.order()) {
            case OLDEST_FIRST -> oldestFirst;
            case NEWEST_FIRST -> oldestFirst.reversed();
            case TITLE ->
                Comparator.comparing(entry -> entry.resource().content().title().best(List.of(query.language())));
        };
    }
}

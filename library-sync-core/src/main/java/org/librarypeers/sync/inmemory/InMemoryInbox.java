package org.librarypeers.sync.inmemory;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.InboxFilter;
import org.librarypeers.sync.storage.Withdrawal;

/** Finds what waits for a reviewer by reading all entries. */
record InMemoryInbox(InMemoryTables tables) {

    List<CatalogueEntry> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return waiting(kind, filter)
                .filter(entry -> after == null || entry.resource().guid().compareTo(after) > 0)
                .sorted(Comparator.comparing(entry -> entry.resource().guid()))
                .limit(limit)
                .toList();
    }

    List<CatalogueEntry> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        List<CatalogueEntry> all = waiting(kind, filter)
                .filter(entry -> entry.resource().guid().compareTo(before) < 0)
                .sorted(Comparator.comparing(entry -> entry.resource().guid()))
                .toList();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    Map<InboxFilter.Kind, Long> counts(InboxFilter filter) {
        Map<InboxFilter.Kind, Long> counts = new EnumMap<>(InboxFilter.Kind.class);
        for (InboxFilter.Kind kind : InboxFilter.Kind.values()) {
            counts.put(kind, waiting(kind, filter).count());
        }
        return counts;
    }

    private Stream<CatalogueEntry> waiting(InboxFilter.Kind kind, InboxFilter filter) {
        Set<Guid> withdrawn =
                InMemoryHarvest.withdrawals(tables).map(Withdrawal::resource).collect(Collectors.toSet());
        return tables.resources.values().stream()
                .filter(entry -> waits(kind, entry.resource(), withdrawn))
                .filter(entry -> filter.tag() == null || InMemoryBrowsing.hasTag(entry, filter.tag()))
                .filter(entry -> InMemoryBrowsing.isIn(entry, filter.language()))
                .filter(entry -> InMemoryBrowsing.isFrom(entry, filter.source()));
    }

    private static boolean waits(InboxFilter.Kind kind, Resource resource, Set<Guid> withdrawn) {
        return switch (kind) {
            case PENDING -> resource.status() == Status.PENDING;
            case CHANGED_UPSTREAM -> resource.isChangedUpstream();
            case WITHDRAWN -> withdrawn.contains(resource.guid());
        };
    }
}

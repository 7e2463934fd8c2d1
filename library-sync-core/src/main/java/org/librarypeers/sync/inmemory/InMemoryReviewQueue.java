package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.Withdrawal;

/** A review queue that scans all entries. */
record InMemoryReviewQueue(InMemoryStorage storage) implements ReviewQueue {

    @Override
    public List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return waiting(kind, filter).stream()
                .filter(guid -> after == null || guid.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        List<Guid> all = waiting(kind, filter).stream()
                .filter(guid -> guid.compareTo(before) < 0)
                .toList();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    @Override
    public Map<InboxFilter.Kind, Long> counts(InboxFilter filter) {
        Map<InboxFilter.Kind, Long> counts = new EnumMap<>(InboxFilter.Kind.class);
        for (InboxFilter.Kind kind : InboxFilter.Kind.values()) {
            counts.put(kind, (long) waiting(kind, filter).size());
        }
        return counts;
    }

    @Override
    public Optional<Instant> waitingSince() {
        return storage.with(tables -> {
            Stream<Instant> withdrawals =
                    new InMemoryOffers(tables).withdrawals().map(Withdrawal::since);
            Stream<Instant> revisions = tables.resources.values().stream()
                    .map(CatalogueEntry::resource)
                    .filter(resource -> resource.status() == Status.PENDING || resource.isChangedUpstream())
                    .map(resource -> resource.status() == Status.PENDING
                            ? resource.updated()
                            : resource.toReview().at());
            return Stream.concat(withdrawals, revisions).min(Comparator.naturalOrder());
        });
    }

    private List<Guid> waiting(InboxFilter.Kind kind, InboxFilter filter) {
        return storage.with(tables -> {
            Set<Guid> withdrawn = new InMemoryOffers(tables)
                    .withdrawals()
                    .map(Withdrawal::resource)
                    .collect(Collectors.toSet());
            return tables.resources.values().stream()
                    .filter(entry -> waits(kind, entry.resource(), withdrawn))
                    .filter(entry -> filter.tag() == null || InMemoryBrowsing.hasTag(entry, filter.tag()))
                    .filter(entry -> InMemoryBrowsing.isIn(entry, filter.language()))
                    .filter(entry -> InMemoryBrowsing.isFrom(entry, filter.source()))
                    .map(entry -> entry.resource().guid())
                    .sorted()
                    .toList();
        });
    }

    private static boolean waits(InboxFilter.Kind kind, Resource resource, Set<Guid> withdrawn) {
        return switch (kind) {
            case PENDING -> resource.status() == Status.PENDING;
            case CHANGED_UPSTREAM -> resource.isChangedUpstream();
            case WITHDRAWN -> withdrawn.contains(resource.guid());
        };
    }
}

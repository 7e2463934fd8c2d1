package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.Withdrawal;

/** A review queue that scans all entries. */
record InMemoryReviewQueue(InMemoryStorage storage) implements ReviewQueue {

    /** Compares texts by code points, like the database. UTF-16 order differs beyond the basic plane. */
    private static final Comparator<String> CODE_POINTS =
            Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);

    @Override
    public List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit) {
        return page(kind, filter, InboxOrder.GUID, after, limit);
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit) {
        return pageBefore(kind, filter, InboxOrder.GUID, before, limit);
    }

    @Override
    public List<Guid> page(
            InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, @Nullable Guid after, int limit) {
        Predicate<CatalogueEntry> follows = after == null ? entry -> true : beyond(order, after, false);
        return guids(waiting(kind, filter).stream()
                .filter(follows)
                .sorted(comparator(order))
                .limit(limit));
    }

    @Override
    public List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid before, int limit) {
        List<Guid> all = guids(waiting(kind, filter).stream()
                .filter(beyond(order, before, true))
                .sorted(comparator(order)));
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    /** Returns whether an entry comes after another one, or before it. Without that one, nothing does. */
    private Predicate<CatalogueEntry> beyond(InboxOrder order, Guid anchor, boolean before) {
        if (order == InboxOrder.GUID) {
            return entry -> before == entry.resource().guid().compareTo(anchor) < 0
                    && !entry.resource().guid().equals(anchor);
        }
        CatalogueEntry from = storage.with(tables -> tables.resources.get(anchor));
        Comparator<CatalogueEntry> comparator = comparator(order);
        return entry ->
                from != null && (before ? comparator.compare(entry, from) < 0 : comparator.compare(entry, from) > 0);
    }

    private static Comparator<CatalogueEntry> comparator(InboxOrder order) {
        Comparator<CatalogueEntry> byGuid =
                Comparator.comparing(entry -> entry.resource().guid());
        return switch (order) {
            case GUID -> byGuid;
            case NEWEST ->
                Comparator.comparing((CatalogueEntry entry) ->
                                entry.resource().toReview().at())
                        .reversed()
                        .thenComparing(byGuid);
            case SOURCE -> Comparator.comparingLong(InMemoryReviewQueue::source).thenComparing(byGuid);
            case TITLE ->
                Comparator.comparing(
                                (CatalogueEntry entry) -> entry.resource()
                                        .content()
                                        .title()
                                        .texts()
                                        .getOrDefault("en", ""),
                                CODE_POINTS)
                        .thenComparing(byGuid);
        };
    }

    private static long source(CatalogueEntry entry) {
        return entry.resource()
                .origin()
                .match(local -> Long.MAX_VALUE, source -> source.peer().value());
    }

    private static List<Guid> guids(Stream<CatalogueEntry> entries) {
        return entries.map(entry -> entry.resource().guid()).toList();
    }

    @Override
    public Optional<String> mark() {
        return Optional.of(String.valueOf(storage.<Long>with(tables -> tables.lastPosition)));
    }

    @Override
    public List<Guid> unchangedSince(
            InboxFilter.Kind kind, InboxFilter filter, String mark, @Nullable Guid after, int limit) {
        if (!mark.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + mark + "' is not a mark of this storage");
        }
        long position = Long.parseLong(mark);
        Set<Guid> later = storage.with(tables -> tables.offers.values().stream()
                .flatMap(offers -> offers.entrySet().stream())
                .filter(offer -> offer.getValue().marked() > position)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
        return guids(waiting(kind, filter).stream()
                .filter(entry -> entry.position() <= position)
                .filter(entry -> !later.contains(entry.resource().guid()))
                .filter(entry -> after == null || entry.resource().guid().compareTo(after) > 0)
                .sorted(comparator(InboxOrder.GUID))
                .limit(limit));
    }

    @Override
    public long countUnchangedSince(InboxFilter.Kind kind, InboxFilter filter, String mark) {
        return unchangedSince(kind, filter, mark, null, Integer.MAX_VALUE).size();
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

    private List<CatalogueEntry> waiting(InboxFilter.Kind kind, InboxFilter filter) {
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
                    .filter(entry -> says(entry.resource(), filter.words()))
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

    private static boolean says(Resource resource, List<String> words) {
        String text = Stream.of(resource.content(), resource.toReview().content())
                .flatMap(content -> Stream.of(content.title(), content.description()))
                .flatMap(texts -> texts.texts().values().stream())
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }
}

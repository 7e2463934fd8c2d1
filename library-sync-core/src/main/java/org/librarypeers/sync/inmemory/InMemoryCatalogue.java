package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.MaterialCounts;
import org.librarypeers.sync.catalogue.OriginCount;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.storage.Slice;

record InMemoryCatalogue(InMemoryStorage storage) implements Catalogue {

    @Override
    public Optional<CatalogueEntry> find(long id) {
        return storage.with(tables -> {
            Guid guid = tables.resourceIds.get(id);
            return guid == null ? Optional.empty() : Optional.ofNullable(tables.resources.get(guid));
        });
    }

    @Override
    public Optional<CatalogueEntry> find(Guid guid) {
        return storage.with(tables -> Optional.ofNullable(tables.resources.get(guid)));
    }

    @Override
    public List<CatalogueEntry> find(List<Guid> guids) {
        return guids.stream().flatMap(guid -> find(guid).stream()).toList();
    }

    @Override
    public Optional<CatalogueEntry> find(Slug slug) {
        return storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> entry.resource().slug().equals(slug))
                .findFirst());
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
    public FeedPage feed(long after, int limit) {
        return storage.with(tables -> {
            List<Deletion> deletions = new InMemoryDeletions(tables)
                    .all()
                    .filter(deletion -> deletion.position() > after)
                    .toList();
            List<CatalogueEntry> changes = changes(after, Integer.MAX_VALUE);
            List<Long> positions = Stream.concat(
                            changes.stream().map(CatalogueEntry::position),
                            deletions.stream().map(Deletion::position))
                    .sorted()
                    .limit(limit)
                    .toList();
            long position = positions.isEmpty() ? after : positions.get(positions.size() - 1);
            return new FeedPage(
                    changes.stream()
                            .filter(entry -> entry.position() <= position)
                            .toList(),
                    deletions.stream()
                            .filter(deletion -> deletion.position() <= position)
                            .sorted(Comparator.comparingLong(Deletion::position))
                            .toList(),
                    position,
                    positions.size() < limit);
        });
    }

    @Override
    public RangeSummary summary(GuidRange range, int parts, Function<Instant, String> version) {
        return storage.with(tables -> {
            List<CatalogueEntry> served = tables.resources.values().stream()
                    .filter(entry -> entry.resource().status() == Status.APPROVED)
                    .filter(entry -> range.contains(entry.resource().guid()))
                    .sorted(Comparator.comparing(entry -> entry.resource().guid()))
                    .toList();
            RangeSummarizer summarizer = new RangeSummarizer(range, served.size(), parts);
            served.forEach(entry -> summarizer.add(
                    entry.resource().guid(),
                    Long.toString(entry.id()),
                    version.apply(entry.resource().updated())));
            return summarizer.summary();
        });
    }

    @Override
    public List<Deletion> deletions(Instant from, @Nullable Deletion after, int limit) {
        Comparator<Deletion> order = Comparator.comparing(Deletion::at).thenComparing(Deletion::guid);
        return storage.with(tables -> new InMemoryDeletions(tables)
                .all()
                .filter(deletion -> !deletion.at().isBefore(from))
                .filter(deletion -> after == null || order.compare(deletion, after) > 0)
                .sorted(order)
                .limit(limit)
                .toList());
    }

    @Override
    public Optional<Deletion> deletion(Guid guid) {
        return storage.with(tables -> new InMemoryDeletions(tables).find(guid));
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
    public List<CatalogueEntry> search(String query, int offset, int limit) {
        return query.isBlank()
                ? List.of()
                : browse(BrowseQuery.APPROVED.holding(query), BrowseQuery.Order.BEST_FIRST, offset, limit)
                        .items();
    }

    @Override
    public Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        return storage.with(tables -> new InMemoryBrowsing(tables).browse(query, order, offset, limit));
    }

    @Override
    public Slice<CatalogueEntry> browseByTitle(BrowseQuery query, TitleOrder order, int offset, int limit) {
        return storage.with(tables -> new InMemoryBrowsing(tables).byTitle(query, order, offset, limit));
    }

    @Override
    public Facets facets(BrowseQuery query) {
        return storage.with(tables -> new InMemoryBrowsing(tables).facets(query));
    }

    @Override
    public MaterialCounts materials() {
        return storage.with(tables -> new InMemoryBrowsing(tables).materials());
    }

    @Override
    public Optional<String> corrected(String words) {
        return storage.with(tables -> InMemoryWords.of(tables).corrected(words));
    }

    @Override
    public List<String> completions(String beginning, int limit) {
        return storage.with(tables -> InMemoryWords.of(tables).completions(beginning, limit));
    }

    @Override
    public List<ListedResource> titled(String words, int limit) {
        return storage.with(tables -> InMemoryWords.of(tables).titled(words, limit));
    }

    @Override
    public List<ListedResource> related(CatalogueEntry entry, int limit) {
        return storage.with(tables -> InMemoryWords.of(tables).related(entry, limit));
    }

    @Override
    public List<Facets.TagCount> topics() {
        return facets(BrowseQuery.APPROVED).tags();
    }

    @Override
    public List<OriginCount> origins() {
        return storage.with(tables -> InMemoryOrigins.counts(tables.resources.values()));
    }

    @Override
    public Slice<ListedResource> list(CatalogueQuery query) {
        Comparator<ListedResource> order = order(query).thenComparing(ListedResource::id);
        List<ListedResource> all = storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> asked(entry, query))
                .map(ListedResource::of)
                .sorted(order)
                .toList());
        List<ListedResource> page = all.stream()
                .filter(resource -> isBehind(resource, query))
                .skip(query.offset())
                .limit(query.limit() + 1L)
                .toList();
        return Slice.of(page, query.limit(), all.size());
    }

    private static boolean asked(CatalogueEntry entry, CatalogueQuery query) {
        Instant updated = entry.resource().updated();
        return query.viewer().sees(entry)
                && query.statuses().contains(entry.resource().status())
                && (query.updatedFrom() == null || !updated.isBefore(query.updatedFrom()))
                && (query.updatedTo() == null || !updated.isAfter(query.updatedTo()));
    }

    private static boolean isBehind(ListedResource resource, CatalogueQuery query) {
        Place after = query.after();
        if (after == null) {
            return true;
        }
        Place place = Place.of(resource, query.language());
        int order = switch (query.order()) {
            case TITLE -> place.title().compareTo(after.title());
            case OLDEST_FIRST -> place.updated().compareTo(after.updated());
            case NEWEST_FIRST -> after.updated().compareTo(place.updated());
        };
        return order > 0 || (order == 0 && place.id() > after.id());
    }

    @Override
    public Optional<CatalogueEntry> findCreated(UserName creator, String language, String title) {
        return storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> creator.equals(entry.creator()))
                .filter(entry -> entry.resource().content().title().in(language).equals(Optional.of(title)))
                .min(Comparator.comparingLong(CatalogueEntry::id)));
    }

    @Override
    public Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id) {
        return storage.with(tables -> tables.resources.values().stream()
                .flatMap(CataloguePart::allOf)
                .filter(part -> part.kind() == kind && part.id() == id)
                .findFirst());
    }

    @Override
    public Set<Guid> repeatedAttachments(Collection<Guid> attachments) {
        return storage.with(tables -> {
            Map<Guid, Integer> counts = new HashMap<>();
            tables.resources.values().stream()
                    .map(entry -> entry.resource().content())
                    .flatMap(content -> content.attachments().stream().map(Attachment::guid))
                    .forEach(guid -> counts.merge(guid, 1, Integer::sum));
            return attachments.stream()
                    .filter(guid -> counts.getOrDefault(guid, 0) > 1)
                    .collect(Collectors.toSet());
        });
    }

    @Override
    public Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit) {
        List<CataloguePart> all = storage.with(tables -> tables.resources.values().stream()
                .filter(viewer::sees)
                .flatMap(CataloguePart::allOf)
                .filter(part -> part.kind() == kind)
                .sorted(Comparator.comparingLong(CataloguePart::id))
                .toList());
        return Slice.of(all.stream().skip(offset).limit(limit + 1L).toList(), limit, all.size());
    }

    private static Comparator<ListedResource> order(CatalogueQuery query) {
        Comparator<ListedResource> oldestFirst = Comparator.comparing(ListedResource::updated);
        return switch (query.order()) {
            case OLDEST_FIRST -> oldestFirst;
            case NEWEST_FIRST -> oldestFirst.reversed();
            case TITLE ->
                Comparator.comparing(
                        resource -> Place.of(resource, query.language()).title());
        };
    }
}

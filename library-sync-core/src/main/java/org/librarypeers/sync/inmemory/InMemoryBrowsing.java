package org.librarypeers.sync.inmemory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.Facets.LanguageCount;
import org.librarypeers.sync.catalogue.Facets.SourceCount;
import org.librarypeers.sync.catalogue.Facets.TagCount;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/** Finds entries by scanning all of them. */
record InMemoryBrowsing(InMemoryTables tables) {

    Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        List<CatalogueEntry> all = found(query).sorted(order(query, order)).toList();
        return Slice.of(all.stream().skip(offset).limit(limit + 1L).toList(), limit, all.size());
    }

    private static Comparator<CatalogueEntry> order(BrowseQuery query, BrowseQuery.Order order) {
        if (order == BrowseQuery.Order.BEST_FIRST && !query.words().isBlank()) {
            InMemorySearch search = InMemorySearch.of(query.words());
            return Comparator.comparingInt((CatalogueEntry entry) ->
                            search.rank(entry.resource().content()))
                    .thenComparing(CatalogueEntry::id);
        }
        return Comparator.comparing((CatalogueEntry entry) -> entry.resource().updated())
                .reversed()
                .thenComparing(CatalogueEntry::id);
    }

    Facets facets(BrowseQuery query) {
        return new Facets(tags(query), languages(query), sources(query));
    }

    private List<TagCount> tags(BrowseQuery query) {
        Map<Long, CatalogueTag> vocabulary =
                tables.tags.values().stream().collect(Collectors.toMap(CatalogueTag::id, Function.identity()));
        Map<String, Integer> told = new HashMap<>();
        return count(found(query).flatMap(entry -> entry.taggings().stream().map(CatalogueEntry.Tagging::tag)))
                .entrySet()
                .stream()
                .map(tag -> new TagCount(Objects.requireNonNull(vocabulary.get(tag.getKey())), tag.getValue()))
                .sorted(TagCount.ORDER)
                .filter(counted ->
                        told.merge(counted.tag().tag().category(), 1, Integer::sum) <= Facets.TAGS_PER_CATEGORY)
                .toList();
    }

    private List<LanguageCount> languages(BrowseQuery query) {
        return count(found(query.in(null)).flatMap(entry -> entry.resource().content().title().languages().stream()))
                .entrySet()
                .stream()
                .map(language -> new LanguageCount(language.getKey(), language.getValue()))
                .toList();
    }

    private List<SourceCount> sources(BrowseQuery query) {
        Map<Source, Map<String, Long>> names = new HashMap<>();
        found(query.from(null))
                .map(entry -> entry.resource().origin())
                .forEach(origin -> names.computeIfAbsent(maker(origin), any -> new HashMap<>())
                        .merge(origin.match(local -> "", Origin.FromPeer::sourceName), 1L, Long::sum));
        return names.entrySet().stream()
                .map(source -> SourceCount.of(source.getKey(), source.getValue()))
                .toList();
    }

    private static Source maker(Origin origin) {
        return origin.match(local -> new Source.Here(), from -> new Source.Maker(from.sourceHost()));
    }

    private static <K> Map<K, Long> count(Stream<K> keys) {
        return keys.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private Stream<CatalogueEntry> found(BrowseQuery query) {
        InMemorySearch search = query.words().isBlank() ? null : InMemorySearch.of(query.words());
        return tables.resources.values().stream()
                .filter(entry -> query.viewer().sees(entry)
                        && query.statuses().contains(entry.resource().status()))
                .filter(entry -> search == null || search.finds(entry.resource().content()))
                .filter(entry -> query.tags().stream().allMatch(tag -> hasTag(entry, tag)))
                .filter(entry -> isIn(entry, query.language()))
                .filter(entry -> isFrom(entry, query.source()));
    }

    static boolean hasTag(CatalogueEntry entry, long tag) {
        return entry.taggings().stream().anyMatch(tagging -> tagging.tag() == tag);
    }

    static boolean isIn(CatalogueEntry entry, @Nullable String language) {
        ResourceContent content = entry.resource().content();
        return language == null || content.title().in(language).isPresent();
    }

    static boolean isFrom(CatalogueEntry entry, @Nullable Source source) {
        if (source == null) {
            return true;
        }
        Origin origin = entry.resource().origin();
        return source.match(
                here -> origin.match(local -> true, from -> false),
                maker -> origin.match(local -> false, from -> maker.host().equals(from.sourceHost())),
                followed -> origin.match(local -> false, from -> followed.peer().equals(from.peer())));
    }
}

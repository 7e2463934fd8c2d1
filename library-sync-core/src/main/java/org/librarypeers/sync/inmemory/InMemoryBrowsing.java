package org.librarypeers.sync.inmemory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.Facets.LanguageCount;
import org.librarypeers.sync.catalogue.Facets.SourceCount;
import org.librarypeers.sync.catalogue.Facets.TagCount;
import org.librarypeers.sync.catalogue.MaterialCounts;
import org.librarypeers.sync.catalogue.StudyTimeRange;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/** Finds entries by scanning all of them. */
record InMemoryBrowsing(InMemoryTables tables) {

    Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        return slice(query, order(query, order), offset, limit);
    }

    Slice<CatalogueEntry> byTitle(BrowseQuery query, TitleOrder order, int offset, int limit) {
        Comparator<CatalogueEntry> byTitle = Comparator.comparing(
                        (CatalogueEntry entry) -> title(entry, order.language()), InMemoryBrowsing::compareCodePoints)
                .thenComparing(CatalogueEntry::id);
        return slice(query, order.descending() ? byTitle.reversed() : byTitle, offset, limit);
    }

    private static String title(CatalogueEntry entry, String language) {
        String title = entry.resource().content().title().in(language).orElse("");
        int[] codePoints = title.codePoints().limit(TitleOrder.LENGTH).toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static int compareCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private Slice<CatalogueEntry> slice(BrowseQuery query, Comparator<CatalogueEntry> order, int offset, int limit) {
        List<CatalogueEntry> all = found(query).stream().sorted(order).toList();
        return Slice.of(all.stream().skip(offset).limit(limit + 1L).toList(), limit, all.size());
    }

    private static Comparator<CatalogueEntry> order(BrowseQuery query, BrowseQuery.Order order) {
        if (order == BrowseQuery.Order.BEST_FIRST && !query.words().isBlank()) {
            InMemorySearch search = search(query);
            return Comparator.comparingInt((CatalogueEntry entry) -> query.matching() == BrowseQuery.Matching.ANY_WORD
                            ? -search.matches(entry.resource().content())
                            : search.rank(entry.resource().content()))
                    .thenComparing(CatalogueEntry::id);
        }
        Comparator<CatalogueEntry> byDate =
                Comparator.comparing((CatalogueEntry entry) -> entry.resource().updated());
        return (order == BrowseQuery.Order.OLDEST_FIRST ? byDate : byDate.reversed()).thenComparing(CatalogueEntry::id);
    }

    Facets facets(BrowseQuery query) {
        List<CatalogueEntry> all = found(query.in(null).from(null));
        List<CatalogueEntry> inLanguage =
                all.stream().filter(entry -> isIn(entry, query.language())).toList();
        List<CatalogueEntry> fromSource =
                all.stream().filter(entry -> isFrom(entry, query.source())).toList();
        List<CatalogueEntry> inBoth = inLanguage.stream()
                .filter(entry -> isFrom(entry, query.source()))
                .toList();
        return new Facets(
                tags(inBoth.stream()),
                languages(fromSource),
                sources(inLanguage),
                !query.isSearch() || all.size() < Catalogue.MAX_FOUND,
                query.equals(BrowseQuery.APPROVED) ? MaterialCounts.NONE : materials(inBoth));
    }

    MaterialCounts materials() {
        return materials(found(BrowseQuery.APPROVED).stream()
                .sorted(order(BrowseQuery.APPROVED, BrowseQuery.Order.NEWEST_FIRST))
                .toList());
    }

    private static MaterialCounts materials(List<CatalogueEntry> entries) {
        List<ResourceContent> counted = entries.stream()
                .limit(Catalogue.MAX_FOUND)
                .map(entry -> entry.resource().content())
                .toList();
        return new MaterialCounts(
                count(counted.stream().flatMap(content -> MaterialType.allOf(content).stream())),
                count(counted.stream().flatMap(content -> StudyTimeRange.of(content.studyTime()).stream())),
                entries.size() < Catalogue.MAX_FOUND);
    }

    private List<TagCount> tags(Stream<CatalogueEntry> entries) {
        Map<Long, CatalogueTag> vocabulary =
                tables.tags.values().stream().collect(Collectors.toMap(CatalogueTag::id, Function.identity()));
        Map<String, Integer> told = new HashMap<>();
        return count(entries.flatMap(entry -> entry.taggings().stream().map(CatalogueEntry.Tagging::tag)))
                .entrySet()
                .stream()
                .map(tag -> new TagCount(
                        Objects.requireNonNull(vocabulary.get(tag.getKey())),
                        tag.getValue(),
                        tables.places.get(tag.getKey())))
                .filter(counted -> !isHidden(counted.tag()))
                .sorted(TagCount.ORDER)
                .filter(counted ->
                        told.merge(counted.tag().tag().category(), 1, Integer::sum) <= Facets.TAGS_PER_CATEGORY)
                .toList();
    }

    private boolean isHidden(CatalogueTag tag) {
        CatalogueCategory category = tables.categories.get(tag.tag().key().category());
        return tables.hidden.contains(tag.id()) || (category != null && tables.hidden.contains(category.id()));
    }

    private static List<LanguageCount> languages(List<CatalogueEntry> entries) {
        return count(entries.stream().flatMap(entry -> entry.resource().content().title().languages().stream()))
                .entrySet()
                .stream()
                .map(language -> new LanguageCount(language.getKey(), language.getValue()))
                .toList();
    }

    private static List<SourceCount> sources(List<CatalogueEntry> entries) {
        Map<Source, Map<String, Long>> names = new HashMap<>();
        entries.stream()
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

    /** Returns the matching entries, at most {@link Catalogue#MAX_FOUND} of a search. */
    private List<CatalogueEntry> found(BrowseQuery query) {
        if (!query.isSearch()) {
            return filtered(query).toList();
        }
        Comparator<CatalogueEntry> newest =
                Comparator.comparing(CatalogueEntry::id).reversed();
        if (query.words().isBlank()) {
            return filtered(query).sorted(newest).limit(Catalogue.MAX_FOUND).toList();
        }
        boolean any = query.matching() == BrowseQuery.Matching.ANY_WORD;
        InMemorySearch search = search(query);
        return filtered(query)
                .filter(entry -> any
                        ? search.matches(entry.resource().content()) > 0
                        : search.finds(entry.resource().content()))
                .sorted(Comparator.comparing((CatalogueEntry entry) -> any
                                ? search.matches(entry.resource().content())
                                        < search.words().size() - 1
                                : search.rank(entry.resource().content()) > 0)
                        .thenComparing(newest))
                .limit(Catalogue.MAX_FOUND)
                .toList();
    }

    private static InMemorySearch search(BrowseQuery query) {
        InMemorySearch all = InMemorySearch.of(query.words());
        return query.matching() == BrowseQuery.Matching.ANY_WORD ? all.first(Catalogue.MAX_ANY_WORDS) : all;
    }

    private Stream<CatalogueEntry> filtered(BrowseQuery query) {
        return tables.resources.values().stream()
                .filter(entry -> query.viewer().sees(entry)
                        && query.statuses().contains(entry.resource().status()))
                .filter(entry -> query.tags().stream().allMatch(tag -> hasTag(entry, tag)))
                .filter(entry -> isIn(entry, query.language()))
                .filter(entry -> isFrom(entry, query.source()))
                .filter(entry -> query.type() == null
                        || MaterialType.allOf(entry.resource().content()).contains(query.type()))
                .filter(entry -> query.studyTime() == null
                        || StudyTimeRange.of(entry.resource().content().studyTime())
                                .equals(Optional.of(query.studyTime())));
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

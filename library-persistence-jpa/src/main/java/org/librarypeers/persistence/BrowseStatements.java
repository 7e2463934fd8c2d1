package org.librarypeers.persistence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.Facets.LanguageCount;
import org.librarypeers.sync.catalogue.Facets.SourceCount;
import org.librarypeers.sync.catalogue.Facets.TagCount;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/**
 * Statements for browsing the catalogue. One finds and counts the matches; others load the entries of a page or count
 * the facets.
 */
final class BrowseStatements {

    private static final String FOUND = "found as materialized (select r.id%s from %s) ";

    private static final String FROM_CANDIDATES =
            "candidate cross join lateral (select * from resource where id = candidate.id offset 0) r";

    private static final String PAGE = """
            select counted.total, page.id
              from (select count(*) as total from found) counted
              left join (select * from found order by %1$s offset :offset limit :limit) page on true
             order by %1$s""";

    private static final String COUNTS = """
            select 'tag', id, '', cast(version as text), tagged
              from (select counted.id, tag.version, counted.tagged,
                           row_number() over (partition by tag.category_id
                                              order by tagged desc, tag.name collate "C", tag.id) as place
                      from (select tag_id as id, count(*) as tagged
                              from found join resource_tag on resource_tag.resource_id = found.id
                             where speaks and comes group by tag_id) counted
                      join tag on tag.id = counted.id and not tag.hidden
                      join category on category.id = tag.category_id and not category.hidden) ranked
             where place <= :perCategory
            """;

    private static final String OTHER_COUNTS = """
            union all
            select 'language', 0, language, '', cast(sum(number) as bigint)
              from (select languages, count(*) as number from found where comes group by languages) counted,
                   unnest(languages) language
             group by language
            union all
            select 'source', 0, source_host, source_name, count(*)
              from found where speaks group by source_host, source_name
            union all
            select 'all', 0, '', '', count(*) from found""";

    private final UnitOfWork unit;
    private final Session session;
    private final BrowseQuery query;
    private final EntryRows entries;

    BrowseStatements(UnitOfWork unit, BrowseQuery query, EntryRows entries) {
        this.unit = unit;
        this.session = unit.session();
        this.query = query;
        this.entries = entries;
    }

    /** Returns a page of a search with words. */
    Slice<CatalogueEntry> page(BrowseQuery.Order order, int offset, int limit) {
        Conditions conditions = common().in(query.language()).from(query.source());
        return match(query)
                .map(match -> order == BrowseQuery.Order.BEST_FIRST
                        ? page(
                                conditions,
                                SearchCandidates.ranked(match, conditions),
                                "place, rank desc, id",
                                offset,
                                limit)
                        : page(
                                conditions,
                                candidates(match, conditions, ", r.updated"),
                                "updated desc, id",
                                offset,
                                limit))
                .orElseGet(() -> new Slice<>(List.of(), 0, true));
    }

    private Slice<CatalogueEntry> page(Conditions conditions, String found, String orderBy, int offset, int limit) {
        List<Object[]> rows = conditions
                .with("offset", offset)
                .with("limit", limit)
                .statement(session, found + PAGE.formatted(orderBy), Object[].class)
                .getResultList();
        long total = (Long) rows.get(0)[0];
        // If the offset is past the end, the only row holds the total and no id.
        List<Long> ids =
                rows.stream().map(row -> (Long) row[1]).filter(Objects::nonNull).toList();
        return new Slice<>(
                unit.jdbc(connection -> entries.withIds(connection, ids)), total, offset + (long) limit >= total);
    }

    Facets facets() {
        Conditions conditions = common();
        String columns = ", r.languages, r.source_host, r.source_name, " + conditions.speaks(query.language())
                + " as speaks, " + conditions.comesFrom(query.source()) + " as comes";
        Optional<String> found = query.words().isBlank()
                ? Optional.of("with " + FOUND.formatted(columns, "resource r where " + conditions.all()))
                // Unlike a page, the facets also count what the language and the source exclude.
                : match(query.in(null)).map(match -> candidates(match, conditions, columns));
        return found.map(first -> facets(counts(conditions, first + COUNTS + OTHER_COUNTS)))
                .orElseGet(() -> new Facets(List.of(), List.of(), List.of(), true));
    }

    private Optional<SearchIndex.Match> match(BrowseQuery search) {
        return SearchIndex.match(search, SearchIndex.languages(unit));
    }

    private Conditions common() {
        Conditions common = new Conditions().visible(query.viewer(), query.statuses());
        return query.words().isBlank() ? common.tagged(query.tags()) : common.taggedEach(query.tags());
    }

    /** Returns the beginning of a statement, which selects the candidates of the search with these columns. */
    private static String candidates(SearchIndex.Match match, Conditions conditions, String columns) {
        return SearchCandidates.of(match, conditions) + ", " + FOUND.formatted(columns, FROM_CANDIDATES);
    }

    private List<Count> counts(Conditions conditions, String sql) {
        return conditions
                .with("perCategory", Facets.TAGS_PER_CATEGORY)
                .statement(session, sql, Object[].class)
                .getResultList()
                .stream()
                .map(row -> new Count((String) row[0], (Long) row[1], (String) row[2], (String) row[3], (Long) row[4]))
                .toList();
    }

    private Facets facets(List<Count> counts) {
        List<Count> tags = of("tag", counts);
        Map<Long, TagEntity> vocabulary = unit.jdbc(connection ->
                entries.tags(connection, tags.stream().collect(Collectors.toMap(Count::id, Count::version))));
        Map<Source, Map<String, Long>> sources = new HashMap<>();
        of("source", counts)
                .forEach(count -> sources.computeIfAbsent(source(count.key()), any -> new HashMap<>())
                        .put(Objects.requireNonNullElse(count.name(), ""), count.count()));
        return new Facets(
                tags.stream()
                        .map(tag -> new TagCount(
                                Objects.requireNonNull(vocabulary.get(tag.id())).toEntry(), tag.count()))
                        .toList(),
                of("language", counts).stream()
                        .map(count -> new LanguageCount(Objects.requireNonNull(count.key()), count.count()))
                        .toList(),
                sources.entrySet().stream()
                        .map(source -> SourceCount.of(source.getKey(), source.getValue()))
                        .toList(),
                query.words().isBlank() || of("all", counts).get(0).count() < Catalogue.MAX_FOUND);
    }

    private static List<Count> of(String kind, List<Count> counts) {
        return counts.stream().filter(count -> count.kind().equals(kind)).toList();
    }

    private static Source source(@Nullable String host) {
        return host == null ? new Source.Here() : new Source.Maker(host);
    }

    /** One count of a facet. The kind decides which of {@code id}, {@code key} and {@code name} are used. */
    private record Count(
            String kind,
            long id,
            @Nullable String key,
            @Nullable String name,
            long count) {

        /** Returns the version of a tag. */
        int version() {
            return Integer.parseInt(Objects.requireNonNull(name));
        }
    }
}

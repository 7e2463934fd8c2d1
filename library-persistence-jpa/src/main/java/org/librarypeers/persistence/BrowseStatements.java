package org.librarypeers.persistence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.BrowseQuery;
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

    // Materialized: otherwise a generic plan would parse the tsquery parameters again for each row.
    private static final String MATCH = """
            query as materialized (
                select cast(:title as tsquery) as title, cast(:tagged as tsquery) as tagged,
                       cast(:titled as tsquery) as titled, cast(:anywhere as tsquery) as anywhere),
            """;

    private static final String MATCHED = " from query join resource_search s on s.words @@ query.anywhere"
            + " join resource r on r.id = s.resource_id where ";

    private static final String HOW_WELL = """
            , case when s.words @@ query.title then 1
                   when s.words @@ query.tagged then 2
                   when s.words @@ query.titled then 3
                   else 4 end as place,
              ts_rank(s.words, query.anywhere, 1) as rank""";

    private static final String PAGE = """
            select counted.total, page.id
              from (select count(*) as total from found) counted
              left join (select * from found order by %1$s offset :offset limit :limit) page on true
             order by %1$s""";

    private static final String COUNTS = """
            select 'tag', id, '', '', tagged
              from (select counted.id, counted.tagged,
                           row_number() over (partition by tag.category_id
                                              order by tagged desc, tag.name collate "C", tag.id) as place
                      from (select tag_id as id, count(*) as tagged
                              from found join resource_tag on resource_tag.resource_id = found.id
                             where speaks and comes group by tag_id) counted
                      join tag on tag.id = counted.id) ranked
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
              from found where speaks group by source_host, source_name""";

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

    Slice<CatalogueEntry> page(BrowseQuery.Order order, int offset, int limit) {
        Conditions conditions = common().in(query.language()).from(query.source());
        return found(conditions, ", r.updated", HOW_WELL)
                .map(found -> page(conditions, found, orderBy(order), offset, limit))
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

    private String orderBy(BrowseQuery.Order order) {
        return order == BrowseQuery.Order.BEST_FIRST && !query.words().isBlank()
                ? "place, rank desc, id"
                : "updated desc, id";
    }

    Facets facets() {
        Conditions conditions = common();
        String columns = ", r.languages, r.source_host, r.source_name, " + conditions.speaks(query.language())
                + " as speaks, " + conditions.comesFrom(query.source()) + " as comes";
        return found(conditions, columns, "")
                .map(found -> facets(counts(conditions, found + COUNTS + OTHER_COUNTS)))
                .orElseGet(() -> new Facets(List.of(), List.of(), List.of()));
    }

    private Conditions common() {
        return new Conditions().visible(query.viewer(), query.statuses()).tagged(query.tags());
    }

    /**
     * Returns the beginning of a statement, which selects the matching resources. Returns an empty {@code Optional} if
     * the search text contains no word.
     */
    private Optional<String> found(Conditions conditions, String columns, String columnsOfMatches) {
        String found = "found as materialized (select r.id" + columns;
        if (query.words().isBlank()) {
            return Optional.of("with " + found + " from resource r where " + conditions.all() + ") ");
        }
        return SearchIndex.match(query.words()).map(match -> {
            conditions
                    .with("title", match.title())
                    .with("tagged", match.tagged())
                    .with("titled", match.titled())
                    .with("anywhere", match.anywhere());
            return "with " + MATCH + found + columnsOfMatches + MATCHED + conditions.all() + ") ";
        });
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
                entries.tags(connection, tags.stream().map(Count::id).toList()));
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
                        .toList());
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
            long count) {}
}

package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.FacetedEntries;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.Facets.LanguageCount;
import org.librarypeers.sync.catalogue.Facets.SourceCount;
import org.librarypeers.sync.catalogue.MaterialCounts;
import org.librarypeers.sync.catalogue.StudyTimeRange;
import org.librarypeers.sync.catalogue.TitleOrder;
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
            select counted.total, page.id, counted.candidates
              from (select count(*) as total, %2$s as candidates from candidate) counted
              left join (select * from found order by %1$s offset :offset limit :limit) page on true
             order by %1$s""";

    private static final String NO_CANDIDATES = "''";

    private static final String ALL_CANDIDATES = "string_agg(cast(id as text), ',')";

    /** The candidates that the statement of a page has found. */
    private static final String KNOWN_CANDIDATES = """
            with candidate as (select unnest(cast(string_to_array(:candidates, ',') as bigint[])) as id),
            """;

    /** The found resources whose material is counted. */
    private static final String SAMPLE = """
            , sample as materialized (
                select id, study_time, study_time_unit from found where speaks and comes order by id desc limit %d)
            """.formatted(Catalogue.MAX_FOUND);

    private static final String COUNTS = """
            select 'tag', id, '', cast(version as text), tagged
              from (select counted.id, tag.version, counted.tagged,
                           row_number() over (partition by tag.category_id
                                              order by tag.place, tagged desc, tag.name collate "C", tag.id) as place
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
            select 'all', 0, '', '', count(*) from found
            union all
            """;

    private static final String MATERIALS = """
            select 'type', 0, type, '', count(*)
              from sample cross join lateral (
                   select types from resource_search where resource_id = sample.id offset 0) s, unnest(types) type
             group by type
            union all
            select 'time', cast(study_time as bigint), study_time_unit, '', count(*)
              from sample where study_time > 0 and study_time_unit is not null group by study_time, study_time_unit
            union all
            select 'sample', 0, '', '', count(*) from sample""";

    private static final String NEWEST = """
            with sample as materialized (
                select id, study_time, study_time_unit from resource
                 where status = 'approved' order by updated desc, id limit %d)
            """.formatted(Catalogue.MAX_FOUND);

    private final UnitOfWork unit;
    private final Session session;
    private final BrowseQuery query;
    private final EntryRows entries;
    private final List<String> languages;

    /**
     * Creates the statements of a query.
     *
     * @param languages the languages of the search index; not needed for a query that it does not answer
     */
    BrowseStatements(UnitOfWork unit, BrowseQuery query, EntryRows entries, List<String> languages) {
        this.unit = unit;
        this.session = unit.session();
        this.query = query;
        this.entries = entries;
        this.languages = languages;
    }

    /** A page of a search, and the ids of its candidates as text: in decimal, separated by commas; null if no resource matches. */
    private record Found(
            Slice<CatalogueEntry> entries, @Nullable String candidates) {}

    /** Returns a page of a search. */
    Slice<CatalogueEntry> page(BrowseQuery.Order order, int offset, int limit) {
        return found(order, offset, limit, NO_CANDIDATES).entries();
    }

    /** Returns a page of a search, and the facets of what it finds. */
    FacetedEntries pageWithFacets(BrowseQuery.Order order, int offset, int limit) {
        if (query.language() != null || query.source() != null) {
            // The facets also count what these conditions exclude, so their candidates are others.
            return new FacetedEntries(page(order, offset, limit), facets());
        }
        Found page = found(order, offset, limit, ALL_CANDIDATES);
        String candidates = page.candidates();
        if (candidates == null) {
            return new FacetedEntries(page.entries(), new Facets(List.of(), List.of(), List.of()));
        }
        Conditions known = new Conditions().with("candidates", candidates);
        return new FacetedEntries(
                page.entries(), facets(known, KNOWN_CANDIDATES + FOUND.formatted(columns(known), FROM_CANDIDATES)));
    }

    private Found found(BrowseQuery.Order order, int offset, int limit, String candidates) {
        Conditions conditions = common().in(query.language()).from(query.source());
        return match(query)
                .map(match ->
                        order == BrowseQuery.Order.BEST_FIRST && !query.words().isBlank()
                                ? found(
                                        conditions,
                                        SearchCandidates.ranked(match, conditions),
                                        PAGE.formatted("place, rank desc, id", candidates),
                                        offset,
                                        limit)
                                : found(
                                        conditions,
                                        candidates(match, conditions, ", r.updated"),
                                        PAGE.formatted(byDate(order), candidates),
                                        offset,
                                        limit))
                .orElseGet(() -> new Found(new Slice<>(List.of(), 0, true), null));
    }

    private static String byDate(BrowseQuery.Order order) {
        return order == BrowseQuery.Order.OLDEST_FIRST ? "updated, id" : "updated desc, id";
    }

    /** Returns a page of a search, ordered by title. */
    Slice<CatalogueEntry> page(TitleOrder order, int offset, int limit) {
        Conditions conditions = common().in(query.language()).from(query.source());
        String columns = ", " + ListStatement.title(order.language()) + " as title_place";
        String orderBy = order.descending() ? "title_place desc, id desc" : "title_place, id";
        return match(query)
                .map(match -> found(
                                conditions,
                                candidates(match, conditions, columns),
                                PAGE.formatted(orderBy, NO_CANDIDATES),
                                offset,
                                limit)
                        .entries())
                .orElseGet(() -> new Slice<>(List.of(), 0, true));
    }

    private Found found(Conditions conditions, String found, String page, int offset, int limit) {
        List<Object[]> rows = conditions
                .with("offset", offset)
                .with("limit", limit)
                .statement(session, found + page, Object[].class)
                .getResultList();
        long total = (Long) rows.get(0)[0];
        // If the offset is past the end, the only row holds the total and no id.
        List<Long> ids =
                rows.stream().map(row -> (Long) row[1]).filter(Objects::nonNull).toList();
        List<CatalogueEntry> items = unit.jdbc(connection -> entries.withIds(connection, ids));
        return new Found(new Slice<>(items, total, offset + (long) limit >= total), (String) rows.get(0)[2]);
    }

    Facets facets() {
        Conditions conditions = common();
        String columns = columns(conditions);
        Optional<String> found = !query.isSearch()
                ? Optional.of("with " + FOUND.formatted(columns, "resource r where " + conditions.all()))
                // Unlike a page, the facets also count what the language and the source exclude.
                : match(query.in(null)).map(match -> candidates(match, conditions, columns));
        return found.map(first -> facets(conditions, first))
                .orElseGet(() -> new Facets(List.of(), List.of(), List.of()));
    }

    /** Returns the columns of the found resources that the facets need. Adds their parameters. */
    private String columns(Conditions conditions) {
        return ", r.languages, r.source_host, r.source_name, r.study_time, r.study_time_unit, "
                + conditions.speaks(query.language())
                + " as speaks, " + conditions.comesFrom(query.source()) + " as comes";
    }

    private Facets facets(Conditions conditions, String found) {
        return facets(counts(conditions, found + SAMPLE + COUNTS + OTHER_COUNTS + MATERIALS));
    }

    private Optional<SearchIndex.Match> match(BrowseQuery search) {
        return SearchIndex.match(search, languages);
    }

    private Conditions common() {
        Conditions common = new Conditions().visible(query.viewer(), query.statuses());
        return !query.isSearch() ? common.tagged(query.tags()) : common.taggedEach(query.tags());
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
                        .map(tag ->
                                Objects.requireNonNull(vocabulary.get(tag.id())).counted(tag.count()))
                        .toList(),
                of("language", counts).stream()
                        .map(count -> new LanguageCount(Objects.requireNonNull(count.key()), count.count()))
                        .toList(),
                sources.entrySet().stream()
                        .map(source -> SourceCount.of(source.getKey(), source.getValue()))
                        .toList(),
                !query.isSearch() || of("all", counts).get(0).count() < Catalogue.MAX_FOUND,
                materials(counts));
    }

    /** Returns the materials of the newest approved resources. */
    static MaterialCounts materials(Connection connection) throws SQLException {
        return materials(Sql.rows(
                connection,
                NEWEST + MATERIALS,
                row -> new Count(
                        row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getLong(5))));
    }

    private static MaterialCounts materials(List<Count> counts) {
        Map<StudyTimeRange, Long> times = new EnumMap<>(StudyTimeRange.class);
        of("time", counts)
                .forEach(count -> StudyTimeRange.of(studyTime(count))
                        .ifPresent(range -> times.merge(range, count.count(), Long::sum)));
        return new MaterialCounts(
                of("type", counts).stream()
                        .flatMap(
                                count -> MaterialType.ofWord(String.valueOf(count.key()))
                                        .map(type -> Map.entry(type, count.count()))
                                        .stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                times,
                of("sample", counts).get(0).count() < Catalogue.MAX_FOUND);
    }

    private static StudyTime studyTime(Count count) {
        return new StudyTime(
                (int) count.id(),
                StudyTime.Unit.ofWord(String.valueOf(count.key())).orElseThrow());
    }

    private static List<Count> of(String kind, List<Count> counts) {
        return counts.stream().filter(count -> count.kind().equals(kind)).toList();
    }

    private static Source source(@Nullable String host) {
        return host == null ? new Source.Here() : new Source.Maker(host);
    }

    /** One count of a facet. The kind decides which of {@code id}, {@code key} and {@code name} are used. A study time has its number as id. */
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

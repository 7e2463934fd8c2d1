package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.storage.Source;

/** The numbers of resources that the database keeps. They are exact: triggers change them in the transaction that changes a resource. */
final class ResourceCounts {

    private static final String BY_STATUS = """
            select key, cast(sum(number) as bigint) from resource_count
             where facet = 'status' group by key having sum(number) <> 0""";

    private static final String TAGS = """
            select 'tag', cast(id as text), cast(version as text), number
              from (select tag.id, tag.version, counted.number,
                           row_number() over (partition by tag.category_id
                                              order by tag.place, counted.number desc, tag.name collate "C", tag.id) as place
                      from (select key, cast(sum(number) as bigint) as number from resource_count
                             where facet = 'tag' group by key having sum(number) > 0) counted
                      join tag on tag.id = cast(counted.key as bigint) and not tag.hidden
                      join category on category.id = tag.category_id and not category.hidden) ranked
             where place <= ?""";

    private static final String LANGUAGES_AND_SOURCES = """

            union all
            select facet, key, name, cast(sum(number) as bigint) from resource_count
             where facet in ('language', 'source') group by facet, key, name having sum(number) > 0""";

    private ResourceCounts() {}

    /** Returns the number of resources by status. Statuses without resources are left out. */
    static Map<Status, Long> byStatus(Connection connection) throws SQLException {
        return Sql.query(connection, BY_STATUS, rows -> {
            Map<Status, Long> counts = new EnumMap<>(Status.class);
            while (rows.next()) {
                counts.put(Status.ofWord(rows.getString(1)).orElseThrow(), rows.getLong(2));
            }
            return counts;
        });
    }

    /** Returns the facets of all approved resources. */
    static Facets facets(Connection connection, EntryRows entries) throws SQLException {
        return facets(connection, entries, TAGS + LANGUAGES_AND_SOURCES);
    }

    /** Returns the tag facets of all approved resources. */
    static List<Facets.TagCount> tags(Connection connection, EntryRows entries) throws SQLException {
        return facets(connection, entries, TAGS).tags();
    }

    /** A count. The name of a tag is its version. */
    private record Count(String facet, String key, String name, long number) {}

    private static Facets facets(Connection connection, EntryRows entries, String sql) throws SQLException {
        List<Count> counts = Sql.rows(
                connection,
                sql,
                row -> new Count(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                Facets.TAGS_PER_CATEGORY);
        Map<Long, Long> tags = new HashMap<>();
        Map<Long, Integer> versions = new HashMap<>();
        List<Facets.LanguageCount> languages = new ArrayList<>();
        Map<Source, Map<String, Long>> sources = new HashMap<>();
        for (Count count : counts) {
            switch (count.facet()) {
                case "tag" -> {
                    tags.put(Long.valueOf(count.key()), count.number());
                    versions.put(Long.valueOf(count.key()), Integer.valueOf(count.name()));
                }
                case "language" -> languages.add(new Facets.LanguageCount(count.key(), count.number()));
                default ->
                    sources.computeIfAbsent(source(count.key()), any -> new HashMap<>())
                            .put(count.name(), count.number());
            }
        }
        Map<Long, TagEntity> vocabulary = entries.tags(connection, versions);
        return new Facets(
                tags.entrySet().stream()
                        .map(tag -> Objects.requireNonNull(vocabulary.get(tag.getKey()))
                                .counted(tag.getValue()))
                        .toList(),
                languages,
                sources.entrySet().stream()
                        .map(source -> Facets.SourceCount.of(source.getKey(), source.getValue()))
                        .toList());
    }

    private static Source source(String host) {
        return host.isEmpty() ? new Source.Here() : new Source.Maker(host);
    }
}

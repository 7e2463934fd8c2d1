package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.Spelling;

/** Statements that find resources which are related to one, as {@link Catalogue#related} specifies. */
final class RelatedStatements {

    /** The number of its rarest tags that are considered. */
    private static final int MOST_TAGS = 5;

    /** The number of its title's rarest words that are considered. */
    private static final int MOST_WORDS = 4;

    /** The number of newest resources with each tag, or with some of the words, that are considered. */
    private static final int CANDIDATES = 200;

    private static final String BY_TAGS = """
            join (
                with mine as materialized (
                    select resource_tag.tag_id, 1.0 / (1 + coalesce(counted.number, 0)) as weight
                      from resource_tag cross join lateral (
                           select sum(number) as number from resource_count
                            where facet = 'tag' and key = cast(resource_tag.tag_id as text)) counted
                     where resource_tag.resource_id = ?
                     order by counted.number nulls first, resource_tag.tag_id limit %1$d),
                candidate as materialized (
                    select distinct newest.resource_id as id
                      from mine cross join lateral (
                           select resource_id from resource_tag
                            where tag_id = mine.tag_id and resource_id <> ? order by resource_id desc limit %2$d) newest
                     cross join lateral (
                           select from resource r
                            where r.id = newest.resource_id and r.status = 'approved' offset 0) r)
                select candidate.id, sum(mine.weight) as weight
                  from candidate cross join mine
                  join resource_tag on resource_tag.resource_id = candidate.id and resource_tag.tag_id = mine.tag_id
                 group by candidate.id order by weight desc, candidate.id desc limit {limit}) found on found.id = r.id
             order by found.weight desc, r.id desc""".formatted(MOST_TAGS, CANDIDATES);

    private static final String RAREST =
            "select word from search_word where word = any (?) order by number, word limit " + MOST_WORDS;

    private static final String BY_WORDS =
            "join (" + SearchCandidates.BUCKETS + """
            wanted as materialized (select word from unnest(?::text[]) as wanted (word)),
            candidate as materialized (
                select indexed.resource_id as id, bucket.number as bucket
                  from bucket cross join lateral (
                       select resource_id from resource_search
                        where words @@ (select cast(string_agg('''' || bucket.number || '%1$s' || word || '''', ' | ') as tsquery)
                                          from wanted)
                        order by resource_id desc offset 0) indexed
                 cross join lateral (
                       select from resource r where r.id = indexed.resource_id and r.status = 'approved' offset 0) r
                 limit %2$d)
            select candidate.id,
                   (select count(*) from wanted join resource_search on resource_id = candidate.id
                     where words @@ cast('''' || candidate.bucket || '%1$s' || word || '''' as tsquery)) as weight
              from candidate where candidate.id <> all (?::bigint[])
             order by weight desc, candidate.id desc limit {limit}) found on found.id = r.id
             order by found.weight desc, r.id desc""".formatted(SearchDocument.TITLE_WORD, CANDIDATES);

    private final Connection connection;
    private final EntryRows entries;

    RelatedStatements(Connection connection, EntryRows entries) {
        this.connection = connection;
        this.entries = entries;
    }

    List<ListedResource> related(CatalogueEntry entry, int limit) throws SQLException {
        List<ListedResource> found = new ArrayList<>();
        if (!entry.taggings().isEmpty()) {
            found.addAll(entries.listed(connection, Sql.limited(BY_TAGS, limit), entry.id(), entry.id()));
        }
        if (found.size() < limit) {
            Set<Long> known =
                    found.stream().map(ListedResource::id).collect(Collectors.toCollection(LinkedHashSet::new));
            known.add(entry.id());
            List<String> words =
                    Sql.rows(connection, RAREST, row -> row.getString(1), Sql.texts(connection, titleWords(entry)));
            if (!words.isEmpty()) {
                found.addAll(entries.listed(
                        connection,
                        Sql.limited(BY_WORDS, limit - found.size()),
                        Sql.texts(connection, words),
                        Sql.longs(connection, known)));
            }
        }
        return found;
    }

    private static Set<String> titleWords(CatalogueEntry entry) {
        Set<String> words = new LinkedHashSet<>();
        entry.resource()
                .content()
                .title()
                .texts()
                .values()
                .forEach(title -> SearchWord.of(title).forEach(word -> words.add(word.folded())));
        words.removeIf(word -> !Spelling.isCorrectable(word));
        return words;
    }
}

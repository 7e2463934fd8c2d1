package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.Spelling;
import org.librarypeers.sync.catalogue.Spelling.KnownWord;

/** Statements that suggest words and titles to readers. Each checks in the index that what it returns is public. */
final class WordStatements {

    private static final int SHORTEST_BEGINNING = 2;

    /** The number of similar words among which the nearest one is chosen. */
    private static final int MOST_SIMILAR = 20;

    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    /** An expression that is true if an approved resource matches a tsquery, which is an expression too. */
    private static final String IS_PUBLIC = """
            (select true
               from bucket cross join lateral (
                    select resource_id from resource_search
                     where words @@ cast(replace(%s, '%s', cast(bucket.number as text)) as tsquery) offset 0) indexed
              cross join lateral (
                    select from resource r where r.id = indexed.resource_id and r.status = 'approved' offset 0) r
              limit 1)""";

    /** The words that no approved resource has, each with the similar words that one has. */
    private static final String SIMILAR = SearchCandidates.BUCKETS
            + """
            unknown as materialized (
                select word from unnest(?::text[], ?::text[]) as wanted (word, matches) where %1$s is null)
            select unknown.word, near.word, near.written, near.number
              from unknown cross join lateral (
                   select word, written, number from search_word
                    where search_word.word operator(%%1$s.%%%%) unknown.word
                    order by %%1$s.similarity(search_word.word, unknown.word) desc, number desc
                    limit %3$d) near
             where %2$s""".formatted(isPublic("wanted.matches"), isPublic(exactly("near.word")), MOST_SIMILAR);

    // Twice as many are looked up, because some may not be public.
    private static final String COMPLETIONS = SearchCandidates.BUCKETS + """
            begun as materialized (
                select word, written, number from search_word
                 where word >= ? and word < ? order by number desc, word limit 2 * {limit})
            select written from begun where %s order by number desc, word limit {limit}""".formatted(isPublic(exactly("begun.word")));

    private static final String TITLED = "join (" + SearchCandidates.BUCKETS
            + """
            %s, candidate as materialized (
                select matched.id
                  from (select indexed.resource_id as id
                          from bucket cross join lateral (
                               select resource_id from resource_search
                                where words @@ cast(replace((select matches from title), '%s', cast(bucket.number as text)) as tsquery)
                                order by resource_id desc offset 0) indexed) matched
                 cross join lateral (
                       select from resource r where r.id = matched.id and r.status = 'approved' offset 0) r
                 limit {limit})
            select id from candidate) found on found.id = r.id order by r.id desc""".formatted("title as materialized (select cast(? as text) as matches)", SearchIndex.ANY_BUCKET);

    private final Connection connection;

    WordStatements(Connection connection) {
        this.connection = connection;
    }

    private static String isPublic(String query) {
        return IS_PUBLIC.formatted(query, SearchIndex.ANY_BUCKET);
    }

    /** Returns the expression of a tsquery for exactly this word, which is an expression too. */
    private static String exactly(String word) {
        return "'''" + SearchIndex.ANY_BUCKET + SearchDocument.WORD + "' || " + word + " || ''''";
    }

    /** Returns the corrected words as {@link Catalogue#corrected} specifies. */
    Optional<String> corrected(String text) throws SQLException {
        IndexState state = IndexState.read(connection, 0);
        Map<String, String> words = SearchIndex.eachWord(text, state.languages());
        words.keySet().removeIf(word -> !Spelling.isCorrectable(word));
        Optional<String> extension = state.extension();
        if (words.isEmpty() || extension.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<KnownWord>> similar = new HashMap<>();
        List<String> wanted = List.copyOf(words.keySet());
        Sql.rows(
                connection,
                SIMILAR.formatted(LibraryTables.quoted(extension.get())),
                row -> similar.computeIfAbsent(row.getString(1), word -> new ArrayList<>())
                        .add(new KnownWord(row.getString(2), row.getString(3), row.getLong(4))),
                Sql.texts(connection, wanted),
                Sql.texts(connection, wanted.stream().map(words::get).toList()));
        Map<String, String> corrections = new HashMap<>();
        similar.forEach((word, near) ->
                Spelling.nearest(word, near).ifPresent(nearest -> corrections.put(word, nearest.written())));
        return corrections.isEmpty()
                ? Optional.empty()
                : Optional.of(SearchWord.of(text).stream()
                        .map(word -> corrections.getOrDefault(word.folded(), word.written()))
                        .collect(Collectors.joining(" ")));
    }

    /** Returns words as {@link Catalogue#completions} specifies. */
    List<String> completions(String beginning, int limit) throws SQLException {
        List<SearchWord> words = SearchWord.of(beginning);
        if (words.size() != 1 || words.get(0).folded().length() < SHORTEST_BEGINNING) {
            return List.of();
        }
        String start = words.get(0).folded();
        return Sql.rows(
                connection, Sql.limited(COMPLETIONS, limit), row -> row.getString(1), start, start + LAST_CHARACTER);
    }

    /** Returns resources as {@link Catalogue#titled} specifies. */
    List<ListedResource> titled(String words, int limit, Collection<String> languages, EntryRows entries)
            throws SQLException {
        Optional<SearchIndex.Match> match = SearchIndex.match(BrowseQuery.APPROVED.holding(words), languages);
        return match.isEmpty()
                ? List.of()
                : entries.listed(
                        connection, Sql.limited(TITLED, limit), match.get().preferred());
    }
}

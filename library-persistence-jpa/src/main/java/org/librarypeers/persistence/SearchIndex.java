package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.SearchWord;

/**
 * The search index. It stores the words of resources, and builds the queries that match them.
 *
 * <p>The index holds two kinds of lexemes. The words without accents ({@code vaccination}) match query words that are a
 * prefix of them. The stems of the words in the language of the text ({@code /en/vaccin}) match query words with the
 * same stem in the same language. The language is a part of the stem; otherwise a search for "care" would find "cars"
 * through a Spanish stem.
 */
final class SearchIndex {

    /** The number of characters after which a statement is sent, so that a batch of huge resources is split. */
    private static final int FULL = 4_000_000;

    // Ordered by id, the order in which all transactions lock the rows.
    private static final String WRITE = """
            insert into resource_search (resource_id, words)
            select part.resource, coalesce(string_agg(
                       '''' || part.prefix || word.lexeme || ''':'
                           || (select string_agg(least(position + part.words_before, 16383) || part.weight, ',')
                                 from unnest(word.positions) as position), ' '), '')::tsvector
              from unnest(?::bigint[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
                       as part (resource, configuration, prefix, words_before, weight, words)
              left join lateral unnest(to_tsvector(part.configuration::regconfig, part.words))
                       as word (lexeme, positions, weights) on true
             group by part.resource
             order by part.resource
                on conflict (resource_id) do update set words = excluded.words""";

    private static final String STEMS = """
            select distinct word.place, language.prefix || stem.lexeme
              from unnest(?::text[], ?::integer[]) as word (form, place),
                   unnest(?::text[], ?::text[]) as language (configuration, prefix),
                   unnest(tsvector_to_array(to_tsvector(language.configuration::regconfig, word.form))) as stem (lexeme)""";

    private SearchIndex() {}

    /**
     * Writes the current words of the resources, including those of their tags. A tag in the vocabulary never changes.
     * If that changes one day, all resources with the tag must be written again.
     */
    static void write(UnitOfWork unit, Collection<ResourceEntity> resources) {
        Rows rows = new Rows();
        for (ResourceEntity resource : resources) {
            for (SearchDocument.SearchText part :
                    SearchDocument.of(resource.revision().content())) {
                rows.add(resource.id(), part);
            }
            if (rows.size >= FULL) {
                unit.jdbc(connection -> rows.execute(connection, WRITE));
                rows.clear();
            }
        }
        if (!rows.ids.isEmpty()) {
            unit.jdbc(connection -> rows.execute(connection, WRITE));
        }
    }

    /** The parameters of a statement, column by column. */
    private static final class Rows {
        private final List<Long> ids = new ArrayList<>();
        private final List<String> configurations = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private final List<Integer> wordsBefore = new ArrayList<>();
        private final List<String> weights = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private int size;

        void add(long resource, SearchDocument.SearchText part) {
            ids.add(resource);
            configurations.add(part.stemming().map(Stemming::configuration).orElse("simple"));
            prefixes.add(part.stemming().map(SearchIndex::prefix).orElse(""));
            wordsBefore.add(part.wordsBefore());
            weights.add(part.weight());
            words.add(part.words());
            size += part.words().length();
        }

        int execute(Connection connection, String sql) throws SQLException {
            return Sql.update(
                    connection,
                    sql,
                    Sql.longs(connection, ids),
                    Sql.texts(connection, configurations),
                    Sql.texts(connection, prefixes),
                    Sql.integers(connection, wordsBefore),
                    Sql.texts(connection, weights),
                    Sql.texts(connection, words));
        }

        void clear() {
            Stream.of(ids, configurations, prefixes, wordsBefore, weights, words)
                    .forEach(List::clear);
            size = 0;
        }
    }

    /**
     * The tsqueries for a text. Each requires all words of the text.
     *
     * @param title matches words in the title
     * @param tagged matches words in the title and the tags
     * @param titled matches words everywhere except in the description
     * @param anywhere matches words everywhere
     */
    record Match(String title, String tagged, String titled, String anywhere) {}

    /**
     * Returns the tsqueries for a text, as {@link Catalogue#search} specifies. Returns an empty {@code Optional} if the
     * text contains no word.
     */
    static Optional<Match> match(UnitOfWork unit, String text) {
        // The distinct folded words, each with all spellings that the query uses.
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        for (SearchWord word : SearchWord.of(text)) {
            if (forms.size() < Catalogue.MAX_WORDS || forms.containsKey(word.folded())) {
                forms.computeIfAbsent(word.folded(), folded -> new LinkedHashSet<>(Set.of(folded)))
                        .add(word.written());
            }
        }
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = List.copyOf(forms.keySet());
        Map<Integer, List<String>> stems = unit.jdbc(connection -> stems(connection, forms.values()));
        // No weights where all are meant: the index alone then decides, and no rows are read.
        return Optional.of(new Match(
                query(words, stems, "A"),
                query(words, stems, "AB"),
                query(words, stems, "ABC"),
                query(words, stems, "")));
    }

    /**
     * Returns a tsquery. Lexemes consist of letters, marks, digits and slashes, so PostgreSQL interprets nothing inside
     * the quotes.
     */
    private static String query(List<String> words, Map<Integer, List<String>> stems, String weights) {
        List<String> all = new ArrayList<>();
        for (int place = 0; place < words.size(); place++) {
            all.add(Stream.concat(
                            Stream.of("'" + words.get(place) + "':*" + weights),
                            stems.getOrDefault(place, List.of()).stream().map(stem -> "'" + stem + "':" + weights))
                    .collect(Collectors.joining(" | ", "(", ")")));
        }
        return String.join(" & ", all);
    }

    /** Returns the stems of the words in all languages, by the index of the word. */
    private static Map<Integer, List<String>> stems(Connection connection, Collection<Set<String>> words)
            throws SQLException {
        List<String> forms = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int place = 0;
        for (Set<String> word : words) {
            for (String form : word) {
                forms.add(form);
                places.add(place);
            }
            place++;
        }
        Sql.Reader<Map<Integer, List<String>>> byPlace = rows -> {
            Map<Integer, List<String>> stems = new TreeMap<>();
            while (rows.next()) {
                stems.computeIfAbsent(rows.getInt(1), any -> new ArrayList<>()).add(rows.getString(2));
            }
            return stems;
        };
        return Sql.query(
                connection,
                STEMS,
                byPlace,
                Sql.texts(connection, forms),
                Sql.integers(connection, places),
                Sql.texts(
                        connection,
                        Stemming.all().stream().map(Stemming::configuration).toList()),
                Sql.texts(
                        connection,
                        Stemming.all().stream().map(SearchIndex::prefix).toList()));
    }

    /**
     * Returns the prefix of the stems of a language. No word begins with a slash, so no word is the prefix of a stem.
     */
    private static String prefix(Stemming stemming) {
        return "/" + stemming.code() + "/";
    }
}

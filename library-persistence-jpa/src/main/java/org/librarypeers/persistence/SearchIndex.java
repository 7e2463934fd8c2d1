package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * The words of resources, and how they are found by them.
 *
 * <p>A resource is found by lexemes of two kinds: its words without accents ({@code vaccination}), which a query's words
 * may be the beginning of, and the stems of its words in the language of the text ({@code /en/vaccin}), which must be those
 * of the query's words in the same language. The language is a part of the stem, or else Spanish would find cars for care.
 */
final class SearchIndex {

    /** Statements are sent when they have grown to so many characters, lest a page of huge resources be too much. */
    private static final int FULL = 4_000_000;

    private static final int BACK_FILLED_AT_ONCE = 200;

    // In the order of the numbers, in which everybody locks.
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
                on conflict (resource_id) do\s""";

    private static final String STEMS = """
            select distinct word.place, language.prefix || stem.lexeme
              from unnest(?::text[], ?::integer[]) as word (form, place),
                   unnest(?::text[], ?::text[]) as language (configuration, prefix),
                   unnest(tsvector_to_array(to_tsvector(language.configuration::regconfig, word.form))) as stem (lexeme)""";

    private SearchIndex() {}

    /**
     * Takes over what the resources say now. Tags included: one that is in the vocabulary never changes; should that change
     * one day, all resources that have the tag need to be written again.
     */
    static void write(UnitOfWork unit, Collection<ResourceEntity> resources) {
        write(unit, resources, "update set words = excluded.words");
    }

    /**
     * Writes those that were saved before there was an index, some at a time.
     *
     * @return false if there are none left
     */
    static boolean writeMissing(UnitOfWork unit) {
        List<ResourceEntity> missing = unit.session()
                .createNativeQuery(
                        "select r.* from resource r where not exists"
                                + " (select from resource_search s where s.resource_id = r.id) order by r.id",
                        ResourceEntity.class)
                .setMaxResults(BACK_FILLED_AT_ONCE)
                .getResultList();
        // Whoever saves one of them meanwhile knows better what it says.
        write(unit, missing, "nothing");
        return !missing.isEmpty();
    }

    private static void write(UnitOfWork unit, Collection<ResourceEntity> resources, String ifKnown) {
        Rows rows = new Rows();
        for (ResourceEntity resource : resources) {
            for (SearchDocument.SearchText part :
                    SearchDocument.of(resource.revision().content())) {
                rows.add(resource.id(), part);
            }
            if (rows.size >= FULL) {
                unit.jdbc(connection -> rows.execute(connection, WRITE + ifKnown));
                rows.clear();
            }
        }
        if (!rows.ids.isEmpty()) {
            unit.jdbc(connection -> rows.execute(connection, WRITE + ifKnown));
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
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                setTexts(insert, 2, configurations);
                setTexts(insert, 3, prefixes);
                insert.setArray(4, connection.createArrayOf("integer", wordsBefore.toArray()));
                setTexts(insert, 5, weights);
                setTexts(insert, 6, words);
                return insert.executeUpdate();
            }
        }

        void clear() {
            Stream.of(ids, configurations, prefixes, wordsBefore, weights, words)
                    .forEach(List::clear);
            size = 0;
        }
    }

    /**
     * What resources that have all words of a text match.
     *
     * @param title matched by those that have them in the title
     * @param tagged by those that have them in title and tags
     * @param titled by those that have them in all but the description
     * @param anywhere by those that have them
     */
    record Match(String title, String tagged, String titled, String anywhere) {}

    /** What is to be matched, as {@link Catalogue#search} says; nothing if the text has no word. */
    static Optional<Match> match(UnitOfWork unit, String text) {
        // The different words as they are compared, and all ways in which the query writes each of them.
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
        // Without weights, which are those of all: the index alone then tells, and nothing is read to find.
        return Optional.of(new Match(
                query(words, stems, "A"),
                query(words, stems, "AB"),
                query(words, stems, "ABC"),
                query(words, stems, "")));
    }

    /** Lexemes are letters, marks, digits and slashes: in quotes, there is nothing in them that PostgreSQL would read. */
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

    /** The stems of the words, in all languages, by the place of the word. */
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
        Map<Integer, List<String>> stems = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(STEMS)) {
            setTexts(select, 1, forms);
            select.setArray(2, connection.createArrayOf("integer", places.toArray()));
            setTexts(
                    select,
                    3,
                    Stemming.all().stream().map(Stemming::configuration).toList());
            setTexts(select, 4, Stemming.all().stream().map(SearchIndex::prefix).toList());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stems.computeIfAbsent(rows.getInt(1), any -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return stems;
    }

    /** No word begins so, and none therefore is the beginning of a stem. */
    private static String prefix(Stemming stemming) {
        return "/" + stemming.code() + "/";
    }

    private static void setTexts(PreparedStatement statement, int parameter, List<String> texts) throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", texts.toArray()));
    }
}

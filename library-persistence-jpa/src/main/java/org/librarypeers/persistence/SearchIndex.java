package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.SearchWord;

/**
 * The search index. It stores the words of resources, and builds the queries that match them.
 *
 * <p>The index holds two kinds of lexemes. The words without accents ({@code vaccination}) match query words that are a
 * prefix of them. The stems of the words in the language of the text ({@code /en/vaccin}) match query words with the
 * same stem in the same language. The language is a part of the stem; otherwise a search for "care" would find "cars"
 * through a Spanish stem. All lexemes begin with the bucket of the resource, see {@link SearchDocument}.
 */
final class SearchIndex {

    /** Stands for the number of a bucket in a tsquery. No lexeme contains it. */
    static final String ANY_BUCKET = "~";

    /** A tsquery that matches nothing, because no word of a title is empty. */
    private static final String NOTHING = lexeme(SearchDocument.TITLE_WORD, "");

    /** The number of words from which a search for any of them prefers resources that have all but one. */
    private static final int MANY = 3;

    /** The number of bytes after which a statement is sent, so that a batch of huge resources is split. */
    private static final int FULL = 4_000_000;

    // Ordered by id, the order in which all transactions lock the rows.
    private static final String WRITE = """
            insert into resource_search (resource_id, words, types)
            select resource.id, resource.words::tsvector, resource.types::text[]
              from unnest(?::bigint[], ?::text[], ?::text[]) as resource (id, words, types)
             order by resource.id
                on conflict (resource_id) do update set words = excluded.words, types = excluded.types""";

    private SearchIndex() {}

    /**
     * Writes the current words of the resources, including those of their tags. After a change of a tag, {@link JdbcCuration} adds its
     * resources to the {@linkplain SearchBacklog backlog} again.
     */
    static void write(UnitOfWork unit, Collection<ResourceEntity> resources) {
        Map<Long, SearchDocument> rows = new LinkedHashMap<>();
        Set<String> languages = new HashSet<>();
        WordList.Additions words = new WordList.Additions();
        int size = 0;
        for (ResourceEntity resource : resources) {
            SearchDocument document = SearchDocument.of(resource);
            languages.addAll(document.languages());
            words.add(document.listed(), resource.isServed());
            rows.put(resource.id(), document);
            size += document.size();
            if (size >= FULL) {
                write(unit, rows);
                rows.clear();
                size = 0;
            }
        }
        if (!rows.isEmpty()) {
            write(unit, rows);
        }
        unit.jdbc(connection -> words.write(connection, languages));
    }

    private static void write(UnitOfWork unit, Map<Long, SearchDocument> rows) {
        unit.jdbc(connection -> Sql.update(
                connection,
                WRITE,
                Sql.longs(connection, rows.keySet()),
                Sql.texts(
                        connection,
                        rows.values().stream().map(SearchDocument::vector).toList()),
                Sql.texts(
                        connection,
                        rows.values().stream().map(SearchDocument::types).toList())));
    }

    /**
     * The tsqueries of a search, for any bucket. Each requires all words, unless the search is for any of them.
     *
     * @param matches finds the words in the index, with the other conditions of the query
     * @param preferred finds, in the same way, the resources that are taken first if too many match: those with the words in
     *     their titles, or those that lack at most one word
     * @param title matches words in the title
     * @param tagged matches words in the title and the tags
     * @param titled matches words everywhere except in the description
     * @param anywhere matches words everywhere
     * @param each for a search for any word, matches each of the words; otherwise empty
     */
    record Match(
            String matches,
            String preferred,
            String title,
            String tagged,
            String titled,
            String anywhere,
            List<String> each) {}

    /**
     * Returns the tsqueries for the words, tags, language and material of a query, as {@link Catalogue#browse} specifies. Returns
     * an empty {@code Optional} if it has no word, although it has a text.
     *
     * @param languages the {@linkplain IndexState#languages languages} of the index
     */
    static Optional<Match> match(BrowseQuery query, Collection<String> languages) {
        boolean any = query.matching() == BrowseQuery.Matching.ANY_WORD;
        Map<String, List<String>> lexemes =
                lexemes(query.words(), any ? Catalogue.MAX_ANY_WORDS : Catalogue.MAX_WORDS, languages);
        List<String> conditions = conditions(query);
        if (lexemes.isEmpty()) {
            return query.words().isBlank() && !conditions.isEmpty()
                    ? Optional.of(new Match(all(conditions), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, List.of()))
                    : Optional.empty();
        }
        // A query without weights matches all of them. The index alone answers it, without reading rows.
        List<String> words = each(lexemes, SearchDocument.WORD, "");
        if (any) {
            return Optional.of(new Match(
                    all(with(any(words), conditions)),
                    all(with(lackingOne(words), conditions)),
                    NOTHING,
                    NOTHING,
                    NOTHING,
                    any(words),
                    words));
        }
        return Optional.of(new Match(
                all(with(all(words), conditions)),
                all(with(all(each(lexemes, SearchDocument.TITLE_WORD, "")), conditions)),
                all(each(lexemes, SearchDocument.WORD, "A")),
                all(each(lexemes, SearchDocument.WORD, "AB")),
                all(each(lexemes, SearchDocument.WORD, "ABC")),
                all(words),
                List.of()));
    }

    /** Returns the first distinct words of a text, folded, each with its stems in these languages. */
    private static Map<String, List<String>> lexemes(String text, int most, Collection<String> languages) {
        // The distinct folded words, each with all spellings that the query uses.
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        for (SearchWord word : SearchWord.of(text)) {
            if (forms.size() < most || forms.containsKey(word.folded())) {
                forms.computeIfAbsent(word.folded(), folded -> new LinkedHashSet<>(Set.of(folded)))
                        .add(word.written());
            }
        }
        Map<String, List<String>> lexemes = new LinkedHashMap<>();
        forms.forEach((folded, spellings) -> lexemes.put(folded, stems(spellings, languages)));
        return lexemes;
    }

    /** Returns the distinct words of a text, folded, each with the tsquery that matches it anywhere. */
    static Map<String, String> eachWord(String text, Collection<String> languages) {
        Map<String, List<String>> lexemes = lexemes(text, Catalogue.MAX_WORDS, languages);
        List<String> queries = each(lexemes, SearchDocument.WORD, "");
        Map<String, String> words = new LinkedHashMap<>();
        Iterator<String> query = queries.iterator();
        lexemes.keySet().forEach(word -> words.put(word, query.next()));
        return words;
    }

    /** Returns a tsquery for each word, as the beginning of a word or as a stem in any language. */
    private static List<String> each(Map<String, List<String>> stems, char kind, String weights) {
        List<String> each = new ArrayList<>();
        stems.forEach((folded, stemmed) -> each.add(Stream.concat(
                        Stream.of(lexeme(kind, folded) + ":*" + weights),
                        stemmed.stream().map(stem -> lexeme(kind, stem) + ":" + weights))
                .collect(Collectors.joining(" | ", "(", ")"))));
        return each;
    }

    private static String all(List<String> queries) {
        return String.join(" & ", queries);
    }

    private static String any(List<String> queries) {
        return queries.stream().collect(Collectors.joining(" | ", "(", ")"));
    }

    private static List<String> with(String query, List<String> others) {
        return Stream.concat(Stream.of(query), others.stream()).toList();
    }

    /** Returns a tsquery that requires all words but one. Matches nothing for less than three words, of which one is enough. */
    private static String lackingOne(List<String> words) {
        return words.size() < MANY
                ? NOTHING
                : any(words.stream()
                        .map(lacked -> words.stream()
                                .filter(word -> !word.equals(lacked))
                                .collect(Collectors.joining(" & ", "(", ")")))
                        .toList());
    }

    private static List<String> conditions(BrowseQuery query) {
        List<String> conditions = new ArrayList<>();
        query.tags().forEach(tag -> conditions.add(lexeme(SearchDocument.TAG, tag.toString())));
        // No title has another language. A condition on the resource excludes those anyway.
        if (query.language() != null && LocalizedText.isLanguage(query.language())) {
            conditions.add(lexeme(SearchDocument.LANGUAGE, query.language()));
        }
        if (query.type() != null) {
            conditions.add(lexeme(SearchDocument.TYPE, query.type().word()));
        }
        if (query.studyTime() != null) {
            conditions.add(lexeme(SearchDocument.STUDY_TIME, query.studyTime().word()));
        }
        return conditions;
    }

    static String lexeme(char kind, String text) {
        return "'" + ANY_BUCKET + kind + text + "'";
    }

    private static List<String> stems(Set<String> spellings, Collection<String> languages) {
        return languages.stream()
                .flatMap(language -> Stemming.of(language).stream())
                .flatMap(stemming -> spellings.stream().flatMap(spelling -> stemming.lexeme(spelling).stream()))
                .distinct()
                .toList();
    }
}

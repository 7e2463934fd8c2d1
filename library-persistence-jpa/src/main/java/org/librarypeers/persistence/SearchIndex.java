package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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

    /** The number of characters after which a statement is sent, so that a batch of huge resources is split. */
    private static final int FULL = 4_000_000;

    // Ordered by id, the order in which all transactions lock the rows.
    private static final String WRITE = """
            insert into resource_search (resource_id, words)
            select resource.id, resource.words::tsvector
              from unnest(?::bigint[], ?::text[]) as resource (id, words)
             order by resource.id
                on conflict (resource_id) do update set words = excluded.words""";

    private static final String ADD_LANGUAGES = """
            insert into search_language (code)
            select code from unnest(?) as language (code) where code not in (select code from search_language)""";

    private SearchIndex() {}

    /** Returns the languages whose stems are in the index. */
    static List<String> languages(UnitOfWork unit) {
        return unit.jdbc(connection ->
                Sql.rows(connection, "select distinct code from search_language", row -> row.getString(1)));
    }

    /**
     * Writes the current words of the resources, including those of their tags. After a change of a tag, {@link JdbcCuration} adds its
     * resources to the {@linkplain SearchBacklog backlog} again.
     */
    static void write(UnitOfWork unit, Collection<ResourceEntity> resources) {
        Map<Long, String> rows = new LinkedHashMap<>();
        Set<String> languages = new HashSet<>();
        int size = 0;
        for (ResourceEntity resource : resources) {
            SearchDocument document = SearchDocument.of(resource);
            languages.addAll(document.languages());
            String words = document.vector();
            rows.put(resource.id(), words);
            size += words.length();
            if (size >= FULL) {
                write(unit, rows);
                rows.clear();
                size = 0;
            }
        }
        if (!rows.isEmpty()) {
            write(unit, rows);
        }
        unit.jdbc(connection -> Sql.update(connection, ADD_LANGUAGES, Sql.texts(connection, languages)));
    }

    private static void write(UnitOfWork unit, Map<Long, String> rows) {
        unit.jdbc(connection -> Sql.update(
                connection, WRITE, Sql.longs(connection, rows.keySet()), Sql.texts(connection, rows.values())));
    }

    /**
     * The tsqueries of a search, for any bucket. Each requires all words.
     *
     * @param matches finds the words in the index, with the tags and the language
     * @param titleMatches finds the words in titles in the index, with the tags and the language
     * @param title matches words in the title
     * @param tagged matches words in the title and the tags
     * @param titled matches words everywhere except in the description
     * @param anywhere matches words everywhere
     */
    record Match(String matches, String titleMatches, String title, String tagged, String titled, String anywhere) {}

    /**
     * Returns the tsqueries for the words, tags and language of a query, as {@link Catalogue#search} specifies. Returns an
     * empty {@code Optional} if it has no word.
     *
     * @param languages the {@linkplain #languages languages} of the index
     */
    static Optional<Match> match(BrowseQuery query, Collection<String> languages) {
        // The distinct folded words, each with all spellings that the query uses.
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        for (SearchWord word : SearchWord.of(query.words())) {
            if (forms.size() < Catalogue.MAX_WORDS || forms.containsKey(word.folded())) {
                forms.computeIfAbsent(word.folded(), folded -> new LinkedHashSet<>(Set.of(folded)))
                        .add(word.written());
            }
        }
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        // A query without weights matches all of them. The index alone answers it, without reading rows.
        Map<String, List<String>> lexemes = new LinkedHashMap<>();
        forms.forEach((folded, spellings) -> lexemes.put(folded, stems(spellings, languages)));
        String anywhere = words(lexemes, SearchDocument.WORD, "");
        String narrowed = narrowed(query);
        return Optional.of(new Match(
                anywhere + narrowed,
                words(lexemes, SearchDocument.TITLE_WORD, "") + narrowed,
                words(lexemes, SearchDocument.WORD, "A"),
                words(lexemes, SearchDocument.WORD, "AB"),
                words(lexemes, SearchDocument.WORD, "ABC"),
                anywhere));
    }

    /** Returns a tsquery that requires each word, as the beginning of a word or as a stem in any language. */
    private static String words(Map<String, List<String>> stems, char kind, String weights) {
        List<String> all = new ArrayList<>();
        stems.forEach((folded, stemmed) -> all.add(Stream.concat(
                        Stream.of(lexeme(kind, folded) + ":*" + weights),
                        stemmed.stream().map(stem -> lexeme(kind, stem) + ":" + weights))
                .collect(Collectors.joining(" | ", "(", ")"))));
        return String.join(" & ", all);
    }

    private static String narrowed(BrowseQuery query) {
        StringBuilder narrowed = new StringBuilder();
        query.tags().forEach(tag -> narrowed.append(" & ").append(lexeme(SearchDocument.TAG, tag.toString())));
        // No title has another language. A condition on the resource excludes those anyway.
        if (query.language() != null && LocalizedText.isLanguage(query.language())) {
            narrowed.append(" & ").append(lexeme(SearchDocument.LANGUAGE, query.language()));
        }
        return narrowed.toString();
    }

    private static String lexeme(char kind, String text) {
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

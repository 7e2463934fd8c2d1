package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            select resource.id, resource.words::tsvector
              from unnest(?::bigint[], ?::text[]) as resource (id, words)
             order by resource.id
                on conflict (resource_id) do update set words = excluded.words""";

    private SearchIndex() {}

    /**
     * Writes the current words of the resources, including those of their tags. A tag in the vocabulary never changes.
     * If that changes one day, all resources with the tag must be written again.
     */
    static void write(UnitOfWork unit, Collection<ResourceEntity> resources) {
        Map<Long, String> rows = new LinkedHashMap<>();
        int size = 0;
        for (ResourceEntity resource : resources) {
            String words = SearchDocument.of(resource.revision().content());
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
    }

    private static void write(UnitOfWork unit, Map<Long, String> rows) {
        unit.jdbc(connection -> Sql.update(
                connection, WRITE, Sql.longs(connection, rows.keySet()), Sql.texts(connection, rows.values())));
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
    static Optional<Match> match(String text) {
        // The distinct folded words, each with all spellings that the query uses.
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        for (SearchWord word : SearchWord.of(text)) {
            if (forms.size() < Catalogue.MAX_WORDS || forms.containsKey(word.folded())) {
                forms.computeIfAbsent(word.folded(), folded -> new LinkedHashSet<>(Set.of(folded)))
                        .add(word.written());
            }
        }
        // A query without weights matches all of them. The index alone answers it, without reading rows.
        return forms.isEmpty()
                ? Optional.empty()
                : Optional.of(new Match(query(forms, "A"), query(forms, "AB"), query(forms, "ABC"), query(forms, "")));
    }

    /** Returns a tsquery that requires each word, as the beginning of a word or as a stem in any language. */
    private static String query(Map<String, Set<String>> forms, String weights) {
        List<String> all = new ArrayList<>();
        forms.forEach((folded, spellings) -> all.add(Stream.concat(
                        Stream.of("'" + folded + "':*" + weights),
                        stems(spellings).map(stem -> "'" + stem + "':" + weights))
                .collect(Collectors.joining(" | ", "(", ")"))));
        return String.join(" & ", all);
    }

    private static Stream<String> stems(Set<String> spellings) {
        return spellings.stream()
                .flatMap(spelling -> Stemming.all().stream().flatMap(stemming -> stemming.lexeme(spelling).stream()))
                .distinct();
    }
}

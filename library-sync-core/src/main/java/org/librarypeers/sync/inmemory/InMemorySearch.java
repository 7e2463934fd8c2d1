package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.SearchWord;

/** A query that is matched against all texts of a resource. It uses no index. */
record InMemorySearch(List<String> words) {

    /** The fields in descending order of relevance. */
    private static final List<Function<ResourceContent, Stream<String>>> FIELDS = List.of(
            content -> texts(content.title()),
            content -> content.tags().stream().flatMap(InMemorySearch::texts),
            content -> Stream.concat(
                            Stream.of(content.attribution()),
                            content.attachments().stream().map(Attachment::title))
                    .flatMap(InMemorySearch::texts),
            content -> texts(content.description()).map(InMemorySearch::text));

    // Sufficient for typical descriptions; the PostgreSQL storage uses an HTML parser.
    private static final Pattern UNSEEN = Pattern.compile("(?is)<!--.*?-->|<(script|style)\\b.*?</\\1\\s*>");
    private static final Pattern INLINE =
            Pattern.compile("(?i)</?(a|abbr|b|code|em|font|i|mark|small|span|strong|sub|sup|u)(\\s[^>]*)?>");
    private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z!?][^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]+));");
    private static final Pattern ACCENTED =
            Pattern.compile("([a-zA-Z])(acute|grave|circ|uml|tilde|cedil|ring|slash|caron)");

    static InMemorySearch of(String query) {
        return new InMemorySearch(SearchWord.of(query).stream()
                .map(SearchWord::folded)
                .distinct()
                .limit(Catalogue.MAX_WORDS)
                .toList());
    }

    boolean finds(ResourceContent content) {
        return !words.isEmpty() && rank(content) < FIELDS.size();
    }

    /**
     * Returns how many fields beyond the first are needed to contain all words; the number of fields if they do not
     * contain them.
     */
    int rank(ResourceContent content) {
        Set<String> missing = new HashSet<>(words);
        int rank = 0;
        for (Function<ResourceContent, Stream<String>> field : FIELDS) {
            field.apply(content)
                    .map(SearchWord::of)
                    .flatMap(Collection::stream)
                    .forEach(word -> missing.removeIf(word.folded()::startsWith));
            if (missing.isEmpty()) {
                return rank;
            }
            rank++;
        }
        return rank;
    }

    /** Returns a search for the first of the words only. */
    InMemorySearch first(int most) {
        return new InMemorySearch(words.stream().limit(most).toList());
    }

    /** Returns how many of the words the content contains. */
    int matches(ResourceContent content) {
        return (int) words.stream()
                .filter(word -> new InMemorySearch(List.of(word)).finds(content))
                .count();
    }

    /** Returns the words of a content by their folded form. */
    static Map<String, SearchWord> wordsOf(ResourceContent content) {
        Map<String, SearchWord> words = new HashMap<>();
        FIELDS.stream()
                .flatMap(field -> field.apply(content))
                .flatMap(text -> SearchWord.of(text).stream())
                .forEach(word -> words.putIfAbsent(word.folded(), word));
        return words;
    }

    private static Stream<String> texts(LocalizedText text) {
        return text.texts().values().stream();
    }

    private static Stream<String> texts(Tag tag) {
        return Stream.of(Stream.of(tag.name(), tag.category()), texts(tag.names()), texts(tag.categories()))
                .flatMap(Function.identity());
    }

    private static String text(String html) {
        String seen = UNSEEN.matcher(html).replaceAll(" ");
        String flat = MARKUP.matcher(INLINE.matcher(seen).replaceAll("")).replaceAll(" ");
        return ENTITY.matcher(flat)
                .replaceAll(entity ->
                        Matcher.quoteReplacement(character(entity.group(1), entity.group(2), entity.group(3))));
    }

    private static String character(String decimal, String hexadecimal, String name) {
        if (name != null) {
            Matcher accented = ACCENTED.matcher(name);
            // The letter without its accent, which is ignored.
            return accented.matches() ? accented.group(1) : " ";
        }
        int character = decimal == null ? Integer.parseInt(hexadecimal, 16) : Integer.parseInt(decimal);
        return Character.isValidCodePoint(character) ? Character.toString(character) : " ";
    }
}

package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.SearchWord;

/**
 * The words of a resource, grouped by their place and by the language of their stemming. Each group is a text of words
 * and single spaces, in which PostgreSQL's own parser finds nothing to interpret.
 */
final class SearchDocument {

    /**
     * The maximum size of the indexed words, in bytes. Whatever the words are, the resulting tsvector stays below its
     * limit of 1 MB.
     */
    private static final int MAX_BYTES = 256 * 1024;

    /**
     * The maximum total length of the parsed descriptions, in characters: that of five descriptions of the maximum
     * length.
     */
    private static final int MAX_HTML = 1_000_000;

    private final Map<Place, Words> parts = new TreeMap<>();
    private int count;
    private int bytes;
    private int html;

    private SearchDocument() {}

    /**
     * The place and language of a group of words.
     *
     * @param weight A for the title, B for tags, C for the attribution and the titles of attachments, D for the
     *     description
     * @param language the code of the language, or empty for words without stemming
     */
    private record Place(String weight, String language) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byWeight = weight.compareTo(other.weight);
            return byWeight != 0 ? byWeight : language.compareTo(other.language);
        }
    }

    private record Words(int before, StringBuilder text) {}

    /**
     * A group of words.
     *
     * @param weight the weight in PostgreSQL, from A to D
     * @param wordsBefore the number of words before this group
     * @param stemming the stemming of the words; empty for words without stemming
     * @param words the words, each followed by a space
     */
    record SearchText(String weight, int wordsBefore, Optional<Stemming> stemming, String words) {}

    /**
     * Returns the groups of words of a content, at least one. The most important texts are added first, so that the
     * size limit does not cut them off.
     */
    static List<SearchText> of(ResourceContent content) {
        SearchDocument document = new SearchDocument();
        document.parts.put(new Place("A", ""), new Words(0, new StringBuilder()));
        document.add("A", content.title(), Function.identity());
        for (Tag tag : content.tags()) {
            // Tag names are in the library's first language, which only the app knows. The languages of the title are a
            // good guess.
            Set<String> languages = content.title().languages();
            document.add("B", languages, tag.name());
            document.add("B", languages, tag.category());
            document.add("B", tag.names(), Function.identity());
            document.add("B", tag.categories(), Function.identity());
        }
        document.add("C", content.attribution(), Function.identity());
        content.attachments().forEach(attachment -> document.add("C", attachment.title(), Function.identity()));
        document.add("D", content.description(), document::text);
        return document.parts();
    }

    private List<SearchText> parts() {
        List<SearchText> all = new ArrayList<>();
        parts.forEach((place, words) -> all.add(new SearchText(
                place.weight(),
                words.before(),
                Stemming.of(place.language()),
                words.text().toString())));
        return all;
    }

    private void add(String weight, LocalizedText texts, Function<String, String> reading) {
        texts.texts().forEach((language, text) -> add(weight, Set.of(language), reading.apply(text)));
    }

    private void add(String weight, Set<String> languages, String text) {
        List<Stemming> stemmings = languages.stream()
                .flatMap(language -> Stemming.of(language).stream())
                .distinct()
                .toList();
        for (SearchWord word : isFull() ? List.<SearchWord>of() : SearchWord.of(text)) {
            append(weight, "", word.folded());
            for (Stemming stemming : stemmings) {
                // Stemmers recognize endings by their accents, which people omit in queries.
                append(weight, stemming.code(), word.written());
                if (!word.folded().equals(word.written())) {
                    append(weight, stemming.code(), word.folded());
                }
            }
            count++;
        }
    }

    private void append(String weight, String language, String word) {
        if (!isFull()) {
            bytes += word.getBytes(StandardCharsets.UTF_8).length + 1;
            parts.computeIfAbsent(new Place(weight, language), place -> new Words(count, new StringBuilder()))
                    .text()
                    .append(word)
                    .append(' ');
        }
    }

    private boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    private String text(String description) {
        html += description.length();
        return isFull() || html > MAX_HTML
                ? ""
                : Jsoup.parseBodyFragment(description).body().text();
    }
}

package org.librarypeers.persistence;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/**
 * Folds texts into words that compare equal whatever their letter case and accents, the same for what is searched and for
 * what is asked. Nothing is left in them that a query language or a parser could take for more than a word.
 */
final class SearchWords {

    /** PostgreSQL's rules for the endings of words, by language; each server from 15 on has them. */
    static final Map<String, String> STEMMERS = Map.ofEntries(
            Map.entry("ar", "arabic"),
            Map.entry("da", "danish"),
            Map.entry("de", "german"),
            Map.entry("en", "english"),
            Map.entry("es", "spanish"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("hi", "hindi"),
            Map.entry("id", "indonesian"),
            Map.entry("it", "italian"),
            Map.entry("ne", "nepali"),
            Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ro", "romanian"),
            Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"),
            Map.entry("ta", "tamil"),
            Map.entry("tr", "turkish"));

    /** Words as they are: so that their beginnings are found, and those of languages without rules. */
    private static final String PLAIN = "simple";

    /** Accents of Latin, Greek and Cyrillic letters, and the vowel signs that Arabic is mostly written without. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F\\u064B-\\u065F\\u0670\\u0640]");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    // A tsvector holds a megabyte, each word of it 2 KB; this stays below with room to spare, whatever a peer sends.
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_WORD_BYTES = 200;

    private final List<List<String>> parts = new ArrayList<>();
    private int left = MAX_BYTES;

    private SearchWords() {}

    /** The words of a text, in their order. */
    static List<String> of(String text) {
        String folded = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(NO_WORD.split(folded))
                .filter(word -> !word.isEmpty() && bytes(word) <= MAX_WORD_BYTES)
                .toList();
    }

    private static int bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What is searched of a resource: arrays of configuration, weight and words, the weightiest first. */
    static List<List<String>> of(ResourceContent content) {
        SearchWords words = new SearchWords();
        words.add("A", content.title(), false);
        for (Tag tag : content.tags()) {
            words.add("B", PLAIN, tag.name() + " " + tag.category());
            words.add("B", tag.names(), false);
            words.add("B", tag.categories(), false);
        }
        words.add("C", content.attribution(), false);
        content.links().forEach(link -> words.add("C", link.title(), false));
        content.files().forEach(file -> words.add("C", file.title(), false));
        words.add("D", content.description(), true);
        return words.parts;
    }

    private void add(String weight, LocalizedText text, boolean html) {
        text.texts().forEach((language, each) -> {
            String plain = html ? Jsoup.parse(each).text() : each;
            add(weight, PLAIN, plain);
            String stemmer = STEMMERS.get(language.replaceAll("-.*", ""));
            if (stemmer != null) {
                add(weight, stemmer, plain);
            }
        });
    }

    private void add(String weight, String configuration, String text) {
        StringBuilder words = new StringBuilder();
        for (String word : of(text)) {
            left -= bytes(word) + 1;
            if (left < 0) {
                break;
            }
            words.append(word).append(' ');
        }
        if (!words.isEmpty()) {
            parts.add(List.of(configuration, weight, words.toString()));
        }
    }
}

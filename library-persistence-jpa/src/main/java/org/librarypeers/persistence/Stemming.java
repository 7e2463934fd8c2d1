package org.librarypeers.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.SearchWord;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArabicStemmer;
import org.tartarus.snowball.ext.ArmenianStemmer;
import org.tartarus.snowball.ext.BasqueStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HindiStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.IndonesianStemmer;
import org.tartarus.snowball.ext.IrishStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.LithuanianStemmer;
import org.tartarus.snowball.ext.NepaliStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;
import org.tartarus.snowball.ext.YiddishStemmer;

/** The stemming of one language: the Snowball stemmer, and the words that are too common to be stemmed. Thread-safe. */
final class Stemming {

    private static final Map<String, Stemming> ALL = new TreeMap<>();

    static {
        add("ar", ArabicStemmer::new, null);
        add("ca", CatalanStemmer::new, null);
        add("da", DanishStemmer::new, "danish");
        add("de", GermanStemmer::new, "german");
        add("el", GreekStemmer::new, null);
        add("en", EnglishStemmer::new, "english");
        add("es", SpanishStemmer::new, "spanish");
        add("eu", BasqueStemmer::new, null);
        add("fi", FinnishStemmer::new, "finnish");
        add("fr", FrenchStemmer::new, "french");
        add("ga", IrishStemmer::new, null);
        add("hi", HindiStemmer::new, null);
        add("hu", HungarianStemmer::new, "hungarian");
        add("hy", ArmenianStemmer::new, null);
        add("id", IndonesianStemmer::new, "indonesian");
        add("it", ItalianStemmer::new, "italian");
        add("lt", LithuanianStemmer::new, null);
        add("ne", NepaliStemmer::new, null);
        add("nl", DutchStemmer::new, "dutch");
        add("no", NorwegianStemmer::new, "norwegian");
        add("pt", PortugueseStemmer::new, "portuguese");
        add("ro", RomanianStemmer::new, null);
        add("ru", RussianStemmer::new, "russian");
        add("sr", SerbianStemmer::new, null);
        add("sv", SwedishStemmer::new, "swedish");
        add("ta", TamilStemmer::new, null);
        add("tr", TurkishStemmer::new, null);
        add("yi", YiddishStemmer::new, null);
    }

    private final String code;
    private final String prefix;
    private final Supplier<SnowballStemmer> stemmers;
    private final @Nullable String stopWordList;
    private volatile @Nullable Set<String> stopWords;

    private Stemming(String code, Supplier<SnowballStemmer> stemmers, @Nullable String stopWordList) {
        this.code = code;
        this.prefix = "/" + code + "/";
        this.stemmers = stemmers;
        this.stopWordList = stopWordList;
    }

    private static void add(String code, Supplier<SnowballStemmer> stemmers, @Nullable String stopWordList) {
        ALL.put(code, new Stemming(code, stemmers, stopWordList));
    }

    /** Returns the code of the language. */
    String code() {
        return code;
    }

    /** Returns the stemming of a language code such as {@code pt-br}, or an empty {@code Optional} if the language is not stemmed. */
    static Optional<Stemming> of(String language) {
        int end = language.indexOf('-');
        String primary = end < 0 ? language : language.substring(0, end);
        return Optional.ofNullable(ALL.get(
                switch (primary) {
                    case "nb", "nn" -> "no";
                    default -> primary;
                }));
    }

    /**
     * Returns the lexeme of the word's stem, which contains the language, such as {@code /en/vaccin}. No word begins
     * with a slash, so no word is the prefix of a stem. Returns an empty {@code Optional} for a word that is too common
     * to be stemmed.
     *
     * @param word a word in lower case
     */
    Optional<String> lexeme(String word) {
        return lexeme(word, stemmers.get());
    }

    private Optional<String> lexeme(String word, SnowballStemmer stemmer) {
        if (stopWords().contains(word)) {
            return Optional.empty();
        }
        stemmer.setCurrent(word);
        stemmer.stem();
        return Optional.of(prefix + stemmer.getCurrent());
    }

    /**
     * Returns a function that stems words, with and without their accents. Two words with a common stem are forms of the same word.
     * If the language is not stemmed, no word has a stem. The function is not thread-safe.
     */
    static Function<SearchWord, Set<String>> stems(String language) {
        return of(language).map(Stemming::stems).orElse(word -> Set.of());
    }

    private Function<SearchWord, Set<String>> stems() {
        SnowballStemmer stemmer = stemmers.get();
        return word -> word.folded().equals(word.written())
                ? lexeme(word.written(), stemmer).map(Set::of).orElse(Set.of())
                : Stream.of(word.written(), word.folded())
                        .flatMap(form -> lexeme(form, stemmer).stream())
                        .collect(Collectors.toSet());
    }

    private Set<String> stopWords() {
        Set<String> words = stopWords;
        if (words == null) {
            words = stopWordList == null ? Set.of() : read(stopWordList);
            stopWords = words;
        }
        return words;
    }

    /** Reads a list of the Snowball project. A vertical bar begins a comment. */
    private static Set<String> read(String list) {
        String name = "/org/apache/lucene/analysis/snowball/" + list + "_stop.txt";
        try (InputStream file = Objects.requireNonNull(SnowballStemmer.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("\\|.*", "").strip())
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list of common words " + name, e);
        }
    }
}

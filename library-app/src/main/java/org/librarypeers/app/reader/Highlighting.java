package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.PlainLetters;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.SearchWord;

/** The words of a search, to highlight them in the texts of the results. Not thread-safe. */
final class Highlighting {

    /** Highlights nothing. */
    static final Highlighting NONE = new Highlighting((language, wanted) -> word -> Optional.empty(), List.of());

    /** The maximum number of words of a text in which a match is looked for. */
    private static final int MOST_WORDS = 1_000;

    /** The number of characters before a match that an excerpt includes, about half a line. */
    private static final int BEFORE = 60;

    private final BiFunction<String, List<SearchWord>, Function<SearchWord, Optional<SearchWord>>> finders;
    private final List<SearchWord> wanted;
    private final Map<String, Known> known = new HashMap<>();

    /** The function that finds words of a language, and what it has returned for each run of letters. */
    private record Known(Function<SearchWord, Optional<SearchWord>> finder, Map<String, Optional<String>> runs) {}

    private Highlighting(
            BiFunction<String, List<SearchWord>, Function<SearchWord, Optional<SearchWord>>> finders,
            List<SearchWord> wanted) {
        this.finders = finders;
        this.wanted = wanted;
    }

    static Highlighting of(String words, Catalogue catalogue) {
        return new Highlighting(catalogue::finder, SearchWord.of(words));
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /**
     * Letters, digits and their marks that follow each other in a text.
     *
     * @param start the position of the first character in the text
     */
    record Run(String letters, int start) {

        /** Returns the position after the last character. */
        int end() {
            return start + letters.length();
        }
    }

    /** Returns the first runs of letters in a text, in order. */
    static List<Run> runs(String text, int most) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        int end = 0;
        while (end <= text.length() && runs.size() < most) {
            int character = end < text.length() ? text.codePointAt(end) : ' ';
            if (!Character.isLetterOrDigit(character) && !PlainLetters.isMark(character)) {
                if (end > start) {
                    runs.add(new Run(text.substring(start, end), start));
                }
                start = end + Character.charCount(character);
            }
            end += Character.charCount(character);
        }
        return runs;
    }

    /** Returns the search word that finds a run of letters. Empty if none does. */
    Optional<String> found(String language, String run) {
        Known words = known.computeIfAbsent(language, code -> new Known(finders.apply(code, wanted), new HashMap<>()));
        return words.runs()
                .computeIfAbsent(
                        run,
                        written -> SearchWord.of(written).stream()
                                .flatMap(word -> words.finder().apply(word).stream())
                                .map(SearchWord::folded)
                                .findFirst());
    }

    /**
     * Returns a part of the text, at most {@code longest} characters including ellipses: the part with the most different search
     * words, the first one of these; without a match, the beginning.
     */
    Text excerpt(Text text, int longest) {
        int start = isEmpty() ? 0 : best(text, longest - BEFORE);
        // What fits is not moved.
        return start <= BEFORE
                ? new Text(text.language(), Excerpt.of(text.value(), longest))
                : new Text(text.language(), Excerpt.from(text.value(), start - BEFORE, longest));
    }

    /** Returns the position of a match after which the most different words are found within a number of characters. */
    private int best(Text text, int within) {
        List<Run> matches = runs(text.value(), MOST_WORDS).stream()
                .filter(run -> found(text.language(), run.letters()).isPresent())
                .toList();
        int best = 0;
        int most = 0;
        for (int first = 0; first < matches.size(); first++) {
            Set<String> words = new HashSet<>();
            int end = matches.get(first).start() + within;
            for (int i = first; i < matches.size() && matches.get(i).end() <= end; i++) {
                found(text.language(), matches.get(i).letters()).ifPresent(words::add);
            }
            if (words.size() > most) {
                most = words.size();
                best = matches.get(first).start();
            }
        }
        return best;
    }
}

package org.librarypeers.app.reader;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.SearchWord;

/** The words of a search, to highlight them in the texts of the results. Not thread-safe. */
final class Highlighting {

    /** Highlights nothing. */
    static final Highlighting NONE = new Highlighting((language, word, wanted) -> false, List.of());

    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+");

    /** The maximum number of words of a text in which a match is looked for. */
    private static final int MOST_WORDS = 1_000;

    /** The number of characters before a match that an excerpt includes, about half a line. */
    private static final int BEFORE = 60;

    private final Finder finder;
    private final List<SearchWord> wanted;
    private final Map<String, Map<String, Optional<String>>> known = new HashMap<>();

    /** Tells whether a search for a word finds another one: {@link Catalogue#finds}. */
    @FunctionalInterface
    private interface Finder {
        boolean finds(String language, SearchWord word, SearchWord wanted);
    }

    private Highlighting(Finder finder, List<SearchWord> wanted) {
        this.finder = finder;
        this.wanted = wanted;
    }

    static Highlighting of(String words, Catalogue catalogue) {
        return new Highlighting(catalogue::finds, SearchWord.of(words));
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Returns the runs of letters in a text, in order. */
    static List<MatchResult> runs(String text) {
        return RUN.matcher(text).results().toList();
    }

    /** Returns the search word that finds a run of letters. Empty if none does. */
    Optional<String> found(String language, String run) {
        return known.computeIfAbsent(language, code -> new HashMap<>())
                .computeIfAbsent(
                        run,
                        written -> SearchWord.of(written).stream()
                                .flatMap(word -> wanted.stream()
                                        .filter(each -> finder.finds(language, word, each))
                                        .map(SearchWord::folded))
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
        List<MatchResult> matches = RUN.matcher(text.value())
                .results()
                .limit(MOST_WORDS)
                .filter(run -> found(text.language(), run.group()).isPresent())
                .toList();
        int best = 0;
        int most = 0;
        for (int first = 0; first < matches.size(); first++) {
            Set<String> words = new HashSet<>();
            int end = matches.get(first).start() + within;
            for (int i = first; i < matches.size() && matches.get(i).end() <= end; i++) {
                found(text.language(), matches.get(i).group()).ifPresent(words::add);
            }
            if (words.size() > most) {
                most = words.size();
                best = matches.get(first).start();
            }
        }
        return best;
    }
}

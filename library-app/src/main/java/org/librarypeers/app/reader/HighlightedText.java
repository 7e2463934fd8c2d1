package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.sync.catalogue.SearchWord;

/**
 * A text in which the search words are highlighted.
 *
 * @param language the code of its language
 * @param direction the writing direction: {@code ltr} or {@code rtl}
 * @param pieces the pieces of the text, in order
 */
public record HighlightedText(String language, String direction, List<TextRun> pieces) {

    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+");

    /**
     * A piece of text.
     *
     * @param found whether it matches a search word
     */
    public record TextRun(String text, boolean found) {}

    /** Creates a text with a copy of the list. */
    public HighlightedText {
        pieces = List.copyOf(pieces);
    }

    /** Returns the text with all words highlighted that begin with one of the search words. */
    static HighlightedText of(Text text, List<SearchWord> words) {
        return new HighlightedText(
                text.language(),
                text.direction(),
                words.isEmpty() ? List.of(new TextRun(text.value(), false)) : pieces(text.value(), words));
    }

    private static List<TextRun> pieces(String text, List<SearchWord> words) {
        List<TextRun> pieces = new ArrayList<>();
        int done = 0;
        for (MatchResult run : RUN.matcher(text).results().toList()) {
            if (isFound(run.group(), words)) {
                pieces.add(new TextRun(text.substring(done, run.start()), false));
                pieces.add(new TextRun(run.group(), true));
                done = run.end();
            }
        }
        pieces.add(new TextRun(text.substring(done), false));
        return pieces.stream().filter(piece -> !piece.text().isEmpty()).toList();
    }

    private static boolean isFound(String run, List<SearchWord> words) {
        return SearchWord.of(run).stream()
                .anyMatch(
                        word -> words.stream().anyMatch(wanted -> word.folded().startsWith(wanted.folded())));
    }

    /** Returns whether the text is blank. */
    public boolean isEmpty() {
        return pieces.stream().allMatch(piece -> piece.text().isBlank());
    }
}

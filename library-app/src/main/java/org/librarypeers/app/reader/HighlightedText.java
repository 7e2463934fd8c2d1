package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.app.web.Wording.Text;

/**
 * A text in which the search words are highlighted.
 *
 * @param language the code of its language
 * @param direction the writing direction: {@code ltr} or {@code rtl}
 * @param pieces the pieces of the text, in order
 */
public record HighlightedText(String language, String direction, List<TextRun> pieces) {

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

    /** Returns the text with the search words highlighted. */
    static HighlightedText of(Text text, Highlighting highlighting) {
        return new HighlightedText(
                text.language(),
                text.direction(),
                highlighting.isEmpty() ? List.of(new TextRun(text.value(), false)) : pieces(text, highlighting));
    }

    private static List<TextRun> pieces(Text text, Highlighting highlighting) {
        List<TextRun> pieces = new ArrayList<>();
        String value = text.value();
        int done = 0;
        for (Highlighting.Run run : Highlighting.runs(value, Integer.MAX_VALUE)) {
            if (highlighting.found(text.language(), run.letters()).isPresent()) {
                pieces.add(new TextRun(value.substring(done, run.start()), false));
                pieces.add(new TextRun(run.letters(), true));
                done = run.end();
            }
        }
        pieces.add(new TextRun(value.substring(done), false));
        return pieces.stream().filter(piece -> !piece.text().isEmpty()).toList();
    }

    /** Returns whether the text is blank. */
    public boolean isEmpty() {
        return pieces.stream().allMatch(piece -> piece.text().isBlank());
    }
}

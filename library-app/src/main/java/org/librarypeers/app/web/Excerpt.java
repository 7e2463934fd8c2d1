package org.librarypeers.app.web;

import org.librarypeers.domain.TextCut;

/** Methods that shorten texts for lists. */
public final class Excerpt {

    private static final int MOST_HTML = 8_000;
    private static final int SHORTEST_PART = 2;

    private Excerpt() {}

    /** Returns the beginning of the HTML as plain text, at most {@code longest} characters. */
    public static String ofHtml(String html, int longest) {
        return of(plain(html), longest);
    }

    /** Returns the beginning of the HTML as plain text. */
    public static String plain(String html) {
        return SafeHtml.text(TextCut.start(html, MOST_HTML));
    }

    /**
     * Returns the text from about a position on, after an ellipsis, at most {@code longest} characters including ellipses. Begins at
     * the next word.
     */
    public static String from(String text, int position, int longest) {
        int space = text.indexOf(' ', position);
        int start = space < 0 || space > position + longest / SHORTEST_PART ? position : space + 1;
        int whole = Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
        return "…" + of(text.substring(whole), longest - 1);
    }

    /**
     * Returns the beginning of the text, at most {@code longest} characters including an ellipsis. Cuts at a word boundary if
     * there is one in the second half.
     */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String start = TextCut.start(text, longest - 1);
        int space = start.lastIndexOf(' ');
        return (space > longest / SHORTEST_PART ? start.substring(0, space) : start) + "…";
    }
}

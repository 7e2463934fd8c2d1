package org.librarypeers.app.web;

/** Methods that shorten texts for lists. */
public final class Excerpt {

    private static final int MOST_HTML = 8_000;
    private static final int SHORTEST_PART = 2;

    private Excerpt() {}

    /** Returns the beginning of the HTML as plain text, at most {@code longest} characters. */
    public static String ofHtml(String html, int longest) {
        return of(SafeHtml.text(start(html, MOST_HTML)), longest);
    }

    /**
     * Returns the beginning of the text, at most {@code longest} characters including an ellipsis. Cuts at a word boundary if
     * there is one in the second half.
     */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String start = start(text, longest - 1);
        int space = start.lastIndexOf(' ');
        return (space > longest / SHORTEST_PART ? start.substring(0, space) : start) + "…";
    }

    /** Returns the first {@code longest} characters of the text, or one fewer, so that no surrogate pair is split. */
    public static String start(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        if (longest <= 0) {
            return "";
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}

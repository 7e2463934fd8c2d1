package org.librarypeers.app.web;

/** The beginning of a text, for lists. */
public final class Excerpt {

    private static final int MOST_HTML = 8_000;
    private static final int SHORTEST_PART = 2;

    private Excerpt() {}

    /** What that HTML says first, without its markup, in at most so many characters. */
    public static String ofHtml(String html, int longest) {
        return of(SafeHtml.text(start(html, MOST_HTML)), longest);
    }

    /** The beginning of that text, in at most so many characters; at the end of a word, if there is one. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String start = start(text, longest - 1);
        int space = start.lastIndexOf(' ');
        return (space > longest / SHORTEST_PART ? start.substring(0, space) : start) + "…";
    }

    /** The first characters of that text; no character is cut in two. */
    public static String start(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}

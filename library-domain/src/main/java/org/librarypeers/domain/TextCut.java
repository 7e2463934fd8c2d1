package org.librarypeers.domain;

/** Methods that cut a text without splitting a surrogate pair. Lengths are in UTF-16 code units. */
public final class TextCut {

    private static final String ELLIPSIS = "…";

    private TextCut() {}

    /** Returns the beginning of the text, at most {@code maxLength} long. Empty if {@code maxLength} is less than 1. */
    public static String start(String text, int maxLength) {
        return text.substring(0, end(text, maxLength));
    }

    /**
     * Returns the text if it is at most {@code maxLength} long. Otherwise returns its beginning and an ellipsis, which
     * together are at most {@code maxLength} long.
     */
    public static String shorten(String text, int maxLength) {
        return text.length() <= maxLength ? text : start(text, maxLength - ELLIPSIS.length()) + ELLIPSIS;
    }

    /**
     * Returns the index at which to cut the text so that at most {@code maxLength} code units remain. The index is one
     * less than {@code maxLength} if the cut would split a surrogate pair.
     */
    public static int end(String text, int maxLength) {
        if (maxLength >= text.length()) {
            return text.length();
        }
        if (maxLength <= 0) {
            return 0;
        }
        return Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    }
}

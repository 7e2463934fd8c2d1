package org.librarypeers.http.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.TextCut;

/**
 * Functions that shorten HTML. They recognise only where tags begin and end. The result is no safer than the input:
 * pages sanitize it when they show it. Each function takes time proportional to the length of the HTML.
 */
final class HtmlText {

    /** The mark that shows that a description was cut. */
    static final String CUT_MARK = "<p>[…]</p>";

    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    /** Elements after which a text can be cut. Elements inside a sentence are not among them. */
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "thead",
            "tr",
            "ul");

    /** Elements without content that show or name an image. */
    private static final Set<String> PICTURES = Set.of("img", "source", "embed", "input");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s(?<name>[^\\s=/>\"']+)\\s*+=\\s*+(?<value>\"[^\"]*+\"?|'[^']*+'?|[^\\s>]*+)");

    private static final Pattern DATA = Pattern.compile("(?i)[\"']?\\s*+data:[a-z0-9.+-]*+(/[a-z0-9.+-]++)?+[;,]");

    private HtmlText() {}

    /**
     * Returns the HTML without images that are part of the text itself ({@code data:} addresses). Such an {@code <img>} or
     * {@code <source>} is removed completely; other elements lose only the attribute.
     */
    static String withoutImageData(String html) {
        if (!containsData(html)) {
            return html;
        }
        StringBuilder kept = new StringBuilder(html.length());
        int from = 0;
        Tag tag = Tag.next(html, 0);
        while (tag != null) {
            if (!tag.isClosing() && !tag.name().isEmpty()) {
                kept.append(html, from, tag.start()).append(tag.withoutData());
                from = tag.end();
            }
            tag = Tag.next(html, tag.end());
        }
        return kept.append(html, from, html.length()).toString();
    }

    private static boolean containsData(String html) {
        for (int colon = html.indexOf(':'); colon >= 0; colon = html.indexOf(':', colon + 1)) {
            if (colon >= 4 && html.regionMatches(true, colon - 4, "data", 0, 4)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the beginning of the HTML, cut after the last element that fits, with open elements closed and {@link #CUT_MARK}
     * at its end. If no element fits, as in plain text, it is cut between words.
     *
     * @param maxLength the maximum length of the result, in characters; at least 1,000
     */
    static String cut(String html, int maxLength) {
        int block = -1;
        int inline = -1;
        int within = 0;
        OpenElements open = new OpenElements();
        Tag tag = Tag.next(html, 0);
        while (tag != null) {
            open.pass(tag);
            if (tag.end() + open.closingLength() + CUT_MARK.length() > maxLength) {
                break;
            }
            if (tag.isClosing() || VOID.contains(tag.name())) {
                block = BLOCKS.contains(tag.name()) ? tag.end() : block;
                inline = tag.end();
            } else {
                within = tag.end();
            }
            tag = Tag.next(html, tag.end());
        }
        if (inline < 0) {
            int longest = maxLength - CUT_MARK.length() - closed(html, within).length();
            inline = betweenWords(html, longest, tag == null ? longest : tag.start());
        }
        int end = block >= 0 ? block : inline;
        return html.substring(0, end) + closed(html, end) + CUT_MARK;
    }

    /** Returns the end tags of the elements that are open at an index outside of tags. */
    private static String closed(String html, int end) {
        OpenElements open = new OpenElements();
        for (Tag tag = Tag.next(html, 0); tag != null && tag.end() <= end; tag = Tag.next(html, tag.end())) {
            open.pass(tag);
        }
        return open.closing();
    }

    /**
     * Returns the last index between two words in the second half of what fits; otherwise the last index between two
     * characters.
     */
    private static int betweenWords(String html, int longest, int tagStart) {
        int end = Math.min(longest, tagStart);
        for (int space = end - 1; space > end / 2; space--) {
            if (Character.isWhitespace(html.charAt(space))) {
                return space;
            }
        }
        return TextCut.end(html, end);
    }

    /** The elements that are open at an index, the innermost first. */
    private static final class OpenElements {
        private final Deque<String> names = new ArrayDeque<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private int length;

        void pass(Tag tag) {
            if (!tag.isClosing()) {
                if (!tag.name().isEmpty() && !VOID.contains(tag.name())) {
                    names.push(tag.name());
                    counts.merge(tag.name(), 1, Integer::sum);
                    length += tag.name().length() + 3;
                }
            } else if (counts.getOrDefault(tag.name(), 0) > 0) {
                String closed;
                do {
                    closed = names.pop();
                    counts.merge(closed, -1, Integer::sum);
                    length -= closed.length() + 3;
                } while (!closed.equals(tag.name()));
            }
        }

        int closingLength() {
            return length;
        }

        String closing() {
            StringBuilder closing = new StringBuilder(length);
            names.forEach(name -> closing.append("</").append(name).append('>'));
            return closing.toString();
        }
    }

    /**
     * A tag, or a comment, whose name is empty.
     *
     * @param name the name, in lower case
     * @param start the index of the first character
     * @param end the index after the last character
     */
    private record Tag(String html, String name, boolean isClosing, int start, int end) {

        /** Returns the next complete tag that begins at or after an index; null if it is missing. */
        static @Nullable Tag next(String html, int from) {
            for (int start = html.indexOf('<', from); start >= 0; start = html.indexOf('<', start + 1)) {
                if (html.startsWith("<!--", start)) {
                    int end = html.indexOf("-->", start + 4);
                    return end < 0 ? null : new Tag(html, "", false, start, end + 3);
                }
                boolean closing = html.startsWith("</", start);
                int nameStart = start + (closing ? 2 : 1);
                if (nameStart < html.length() && isLetter(html.charAt(nameStart))) {
                    return of(html, closing, start, nameStart);
                }
            }
            return null;
        }

        private static @Nullable Tag of(String html, boolean closing, int start, int nameStart) {
            int nameEnd = nameStart;
            while (nameEnd < html.length() && isNamePart(html.charAt(nameEnd))) {
                nameEnd++;
            }
            char quote = 0;
            char before = 0;
            for (int i = nameEnd; i < html.length(); i++) {
                char c = html.charAt(i);
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '>') {
                    String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
                    return new Tag(html, name, closing, start, i + 1);
                } else if ((c == '"' || c == '\'') && before == '=') {
                    quote = c;
                }
                before = Character.isWhitespace(c) ? before : c;
            }
            return null;
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static boolean isNamePart(char c) {
            return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':';
        }

        /**
         * Returns the tag without image data: an empty string for an image with such data, otherwise the tag without the
         * attributes that hold the data.
         */
        String withoutData() {
            String text = html.substring(start, end);
            StringBuilder kept = new StringBuilder();
            Matcher attribute = ATTRIBUTE.matcher(text);
            int from = 0;
            while (attribute.find()) {
                String name = attribute.group("name").toLowerCase(Locale.ROOT);
                String value = attribute.group("value");
                boolean isList = name.equals("style") || name.endsWith("srcset");
                Matcher data = DATA.matcher(value);
                if (isList ? data.find() : data.lookingAt()) {
                    if (PICTURES.contains(this.name)) {
                        return "";
                    }
                    kept.append(text, from, attribute.start());
                    from = attribute.end();
                }
            }
            return kept.append(text, from, text.length()).toString();
        }
    }
}

package org.librarypeers.app.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.escape.Escape;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * A text in which invisible characters and characters that change the writing direction are replaced by marks. A mark is an
 * element without text: it is not copied with the text and does not affect the direction.
 */
public final class RevealedText implements Content {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x00A0, "NBSP"),
            Map.entry(0x00AD, "SHY"),
            Map.entry(0x034F, "CGJ"),
            Map.entry(0x061C, "ALM"),
            Map.entry(0x200B, "ZWSP"),
            Map.entry(0x200C, "ZWNJ"),
            Map.entry(0x200D, "ZWJ"),
            Map.entry(0x200E, "LRM"),
            Map.entry(0x200F, "RLM"),
            Map.entry(0x2028, "LSEP"),
            Map.entry(0x2029, "PSEP"),
            Map.entry(0x202A, "LRE"),
            Map.entry(0x202B, "RLE"),
            Map.entry(0x202C, "PDF"),
            Map.entry(0x202D, "LRO"),
            Map.entry(0x202E, "RLO"),
            Map.entry(0x202F, "NNBSP"),
            Map.entry(0x2060, "WJ"),
            Map.entry(0x2066, "LRI"),
            Map.entry(0x2067, "RLI"),
            Map.entry(0x2068, "FSI"),
            Map.entry(0x2069, "PDI"),
            Map.entry(0xFEFF, "BOM"));

    /** Format characters that are visible, such as signs around or above numbers. */
    private static final Set<Integer> SEEN =
            Set.of(0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD);

    /** Characters of other categories that are invisible. */
    private static final Set<Integer> BLANK =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x2028, 0x2029);

    private static final Set<Integer> DIRECTIONS =
            Set.of(0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069);

    /** Scripts whose words can contain joiners. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;
    private static final int NBSP = 0x00A0;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int FIRST_TAG = 0xE0000;
    private static final int LAST_TAG = 0xE007F;

    private final String text;
    private final Wording words;

    private RevealedText(String text, Wording words) {
        this.text = text;
        this.words = words;
    }

    /** Returns the text with marks that are labelled in the visitor's language. */
    public static RevealedText of(String text, Wording words) {
        return new RevealedText(text, words);
    }

    /** Returns whether the text contains characters that need a mark. */
    static boolean needsMarks(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (isInvisible(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names of the marked characters in the text, for places that cannot show marks; empty if there are none. */
    static String names(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (isInvisible(text, i)) {
                names.add(name(text.codePointAt(i)));
            }
        }
        return String.join(" ", names);
    }

    private static boolean isInvisible(String text, int at) {
        int c = text.codePointAt(at);
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t' && c != '\r';
            case Character.SPACE_SEPARATOR -> c != ' ' && c != IDEOGRAPHIC_SPACE;
            case Character.FORMAT -> !SEEN.contains(c) && !isJoining(text, at, c);
            default -> BLANK.contains(c);
        };
    }

    /** Returns whether the character is a joiner in a position where words or emoji need one. */
    private static boolean isJoining(String text, int at, int c) {
        int next = at + 1;
        if ((c != ZWJ && c != ZWNJ) || at == 0 || next >= text.length()) {
            return false;
        }
        int before = text.codePointBefore(at);
        int after = text.codePointAt(next);
        boolean inWord = JOINING.contains(UnicodeScript.of(before)) || isMark(before);
        return (inWord && JOINING.contains(UnicodeScript.of(after)))
                || (c == ZWJ && isPicture(before) && isPicture(after));
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isPicture(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL || type == Character.MODIFIER_SYMBOL || c == EMOJI_STYLE;
    }

    private static String name(int c) {
        return NAMES.getOrDefault(c, String.format("U+%04X", c));
    }

    private String label(int c) {
        String kind = "other";
        if (DIRECTIONS.contains(c)) {
            kind = "direction";
        } else if (Character.getType(c) == Character.SPACE_SEPARATOR) {
            kind = "space";
        } else if (c == 0xAD) {
            kind = "hyphen";
        } else if (c >= FIRST_TAG && c <= LAST_TAG) {
            kind = "tag";
        }
        return words.say("diff.unseen." + kind, name(c));
    }

    /** A receiver of the pieces of a text, in order. */
    private interface TextSink {
        void text(String visible);

        void mark(int invisible);
    }

    private void split(TextSink sink) {
        int from = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (isInvisible(text, i)) {
                if (from < i) {
                    sink.text(text.substring(from, i));
                }
                int c = text.codePointAt(i);
                sink.mark(c);
                if (Character.getType(c) == Character.SPACE_SEPARATOR) {
                    // Keeps the words apart.
                    sink.text(Character.toString(NBSP));
                }
                from = i + Character.charCount(c);
            }
        }
        if (from < text.length()) {
            sink.text(text.substring(from));
        }
    }

    @Override
    public void writeTo(TemplateOutput output) {
        split(new TextSink() {
            @Override
            public void text(String visible) {
                Escape.htmlContent(visible, output);
            }

            @Override
            public void mark(int invisible) {
                output.writeContent(badge(invisible).outerHtml());
            }
        });
    }

    /** Replaces a text node in HTML by its text with marks. */
    static void mark(TextNode node, Wording words) {
        String text = node.getWholeText();
        if (!needsMarks(text)) {
            return;
        }
        RevealedText revealed = new RevealedText(text, words);
        revealed.split(new TextSink() {
            @Override
            public void text(String visible) {
                node.before(new TextNode(visible));
            }

            @Override
            public void mark(int c) {
                node.before(revealed.badge(c));
            }
        });
        node.remove();
    }

    private Element badge(int c) {
        String label = label(c);
        return new Element("span")
                .attr("class", "unseen")
                .attr("role", "img")
                .attr("aria-label", label)
                .attr("title", label)
                .attr("data-name", name(c));
    }

    @Override
    public boolean isEmptyContent() {
        return text.isEmpty();
    }
}

package org.librarypeers.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Rules for comparing and trimming texts with invisible characters. All methods are idempotent and independent of the
 * locale.
 */
public final class Spelling {

    private static final Pattern TAG = Pattern.compile("<[^>]*+>");
    private static final Pattern BLANK_ENTITY =
            Pattern.compile("(?i)&(nbsp|ensp|emsp|thinsp|zwnj|zwj|lrm|rlm|shy|#160|#xA0|#8203|#x200B|#xFEFF|#65279);");
    private static final Pattern SHOWN_ELEMENT =
            Pattern.compile("(?i)<(img|picture|svg|video|audio|iframe|object|embed|math|hr|table)\\b");
    private static final int DOTLESS_I = 0x131;
    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int GRAPHEME_JOINER = 0x34F;
    private static final int LONG_SOLIDUS = 0x338;
    private static final int LAST_ASCII = 0x7F;

    private Spelling() {}

    /**
     * Returns the text in Unicode's composed form (NFC), trimmed as by {@link #trimmed}. Removes nothing inside the
     * text.
     */
    public static String normalized(String text) {
        return trimmed(composed(text));
    }

    /**
     * Returns the text without leading and trailing invisible characters: all of Unicode's white space, and format
     * characters such as zero-width spaces, byte order marks and direction marks.
     */
    public static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isEdge(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (start < end && isEdge(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** Returns whether the text has a visible character. */
    public static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isVisible(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the HTML shows anything: a visible character outside tags, an image or a player. */
    static boolean showsAsHtml(String html) {
        return SHOWN_ELEMENT.matcher(html).find()
                || isVisible(
                        BLANK_ENTITY.matcher(TAG.matcher(html).replaceAll("")).replaceAll(" "));
    }

    /**
     * Returns the text without the characters that override the text direction (U+202A to U+202E). Isolates (U+2066 to
     * U+2069) and joiners stay, because right-to-left texts and Indic scripts need them.
     */
    public static String withoutOverrides(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOverride(text.charAt(i))) {
                return removing(text, Spelling::isOverride);
            }
        }
        return text;
    }

    /**
     * Returns the form by which two spellings of a name are compared: {@link #normalized}, case-folded, with each run
     * of white space replaced by one space, and without invisible characters. Accents are kept. So are joiners, because
     * they change the appearance of some scripts.
     */
    public static String folded(String name) {
        if (isAscii(name)) {
            return foldedAscii(name);
        }
        StringBuilder folded = new StringBuilder(name.length());
        String composed = trimmed(nfc(name));
        for (int i = 0; i < composed.length(); i += Character.charCount(composed.codePointAt(i))) {
            int character = composed.codePointAt(i);
            if (isWhiteSpace(character)) {
                if (folded.length() == 0 || folded.charAt(folded.length() - 1) != ' ') {
                    folded.append(' ');
                }
            } else if (!isInvisibleInside(character)) {
                fold(character, folded);
            }
        }
        return trimmed(nfc(folded.toString()));
    }

    /** Folds a text of ASCII characters, which have no invisible ones but white space. */
    private static String foldedAscii(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        boolean space = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isWhitespace(c)) {
                space = folded.length() > 0;
            } else {
                if (space) {
                    folded.append(' ');
                    space = false;
                }
                folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return folded.toString();
    }

    /** Appends one character in Unicode's full case folding, which is independent of the language. */
    private static void fold(int character, StringBuilder folded) {
        if (character <= LAST_ASCII) {
            folded.append((char) Character.toLowerCase(character));
        } else if (character == DOTLESS_I) {
            folded.appendCodePoint(character);
        } else if (character == DOTTED_CAPITAL_I) {
            folded.append("i\u0307");
        } else {
            String small = Character.toString(Character.toLowerCase(character));
            small.toUpperCase(Locale.ROOT)
                    .codePoints()
                    .map(Character::toLowerCase)
                    .forEach(folded::appendCodePoint);
        }
    }

    /**
     * Composes the text (NFC), except for a long solidus after an angle bracket, because that would break HTML tags.
     */
    private static String composed(String text) {
        if (isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            return text;
        }
        StringBuilder composed = new StringBuilder(text.length());
        int from = 0;
        for (int i = 1; i < text.length(); i++) {
            boolean bracket = text.charAt(i - 1) == '<' || text.charAt(i - 1) == '>';
            if (bracket && text.charAt(i) == LONG_SOLIDUS) {
                composed.append(Normalizer.normalize(text.substring(from, i), Normalizer.Form.NFC));
                from = i;
            }
        }
        return composed.append(Normalizer.normalize(text.substring(from), Normalizer.Form.NFC))
                .toString();
    }

    private static String nfc(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_ASCII) {
                return false;
            }
        }
        return true;
    }

    private static String removing(String text, IntPredicate removed) {
        return text.codePoints()
                .filter(removed.negate())
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isOverride(int character) {
        return character >= 0x202A && character <= 0x202E;
    }

    private static boolean isWhiteSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }

    private static boolean isEdge(int character) {
        return isWhiteSpace(character) || isBlank(character) || isFormat(character);
    }

    private static boolean isInvisibleInside(int character) {
        return character != JOINER && character != NON_JOINER && (isFormat(character) || character == GRAPHEME_JOINER);
    }

    private static boolean isVisible(int character) {
        if (isEdge(character) || isTag(character)) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    /**
     * Returns whether the character is a letter, symbol or mark that shows nothing: fillers of Hangul and Khmer, the
     * empty Braille pattern.
     */
    private static boolean isBlank(int character) {
        return switch (character) {
            case GRAPHEME_JOINER, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    /**
     * Returns whether this is a format character that shows nothing. Some format characters show a sign around numbers,
     * and tag characters turn an emoji into a flag.
     */
    private static boolean isFormat(int character) {
        return Character.getType(character) == Character.FORMAT && !isShown(character) && !isTag(character);
    }

    private static boolean isShown(int character) {
        return (character >= 0x600 && character <= 0x605)
                || character == 0x6DD
                || character == 0x70F
                || character == 0x890
                || character == 0x891
                || character == 0x8E2
                || character == 0x110BD
                || character == 0x110CD
                || (character >= 0x13430 && character <= 0x1345F);
    }

    private static boolean isTag(int character) {
        return character >= 0xE0000 && character <= 0xE0FFF;
    }
}

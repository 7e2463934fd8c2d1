package org.librarypeers.sync.catalogue;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word as a {@link Catalogue} searches for it: a run of letters, digits and their marks. All other characters
 * separate words, so that {@code COVID-19} is two words. Invisible characters, such as a soft hyphen, are ignored.
 *
 * @param written the word in lower case, with accents
 * @param folded the word without accents, Arabic and Hebrew points and the like, for comparing words. The vowel signs
 *     of other scripts are kept, because they are not accents.
 */
public record SearchWord(String written, String folded) {

    /** The maximum number of characters of a word; further characters are ignored. */
    public static final int MAX_LENGTH = 100;

    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int TATWEEL = 0x0640;

    /** Returns the words of a text, in order. Every string is valid. */
    public static List<SearchWord> of(String text) {
        return isAscii(text) ? ofAscii(text) : ofAny(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Returns the words of a text in ASCII, in which there is nothing to normalize or fold. */
    private static List<SearchWord> ofAscii(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<SearchWord> words = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= lower.length(); end++) {
            if (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end))) {
                if (end > start) {
                    String word = lower.substring(start, Math.min(end, start + MAX_LENGTH));
                    words.add(new SearchWord(word, word));
                }
                start = end + 1;
            }
        }
        return words;
    }

    private static List<SearchWord> ofAny(String text) {
        String normal = Normalizer.normalize(text, Form.NFKC).toLowerCase(Locale.ROOT);
        List<SearchWord> words = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        normal.codePoints().forEach(character -> {
            if (isPartOfWord(character)) {
                run.appendCodePoint(character);
            } else if (character == ZERO_WIDTH_SPACE || Character.getType(character) != Character.FORMAT) {
                end(run, words);
            }
        });
        end(run, words);
        return words;
    }

    private static void end(StringBuilder run, List<SearchWord> words) {
        if (!run.isEmpty()) {
            String written = cut(run.toString());
            String folded = isAscii(written) ? written : fold(written);
            // A mark without a letter, as in an emoji, folds to an empty string.
            if (!folded.isEmpty()) {
                words.add(new SearchWord(written, folded));
            }
            run.setLength(0);
        }
    }

    private static String cut(String word) {
        return word.codePointCount(0, word.length()) <= MAX_LENGTH
                ? word
                : word.substring(0, word.offsetByCodePoints(0, MAX_LENGTH));
    }

    private static boolean isPartOfWord(int character) {
        return Character.isLetterOrDigit(character) || isMark(character);
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static String fold(String word) {
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(word, Form.NFD).codePoints().forEach(character -> {
            if (Character.isDigit(character)) {
                folded.append(Character.digit(character, 10));
            } else if (character != TATWEEL && !isAccent(character)) {
                append(folded, character);
            }
        });
        return cut(Normalizer.normalize(folded, Form.NFC));
    }

    /**
     * Returns whether the character is an accent. Marks that several scripts share are accents, except the two voicing
     * marks of Japanese, which change the syllable.
     */
    private static boolean isAccent(int character) {
        if (!isMark(character) || character == 0x3099 || character == 0x309A) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.INHERITED || script == UnicodeScript.ARABIC || script == UnicodeScript.HEBREW;
    }

    /**
     * Appends a character. Replaces letters that Unicode does not decompose, but that readers type without the accent.
     */
    private static void append(StringBuilder folded, int character) {
        switch (character) {
            case 'ø' -> folded.append('o');
            case 'đ' -> folded.append('d');
            case 'ł' -> folded.append('l');
            case 'ħ' -> folded.append('h');
            case 'ı' -> folded.append('i');
            case 'ß' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ς' -> folded.append('σ');
            default -> folded.appendCodePoint(character);
        }
    }
}

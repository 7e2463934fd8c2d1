package org.librarypeers.sync.catalogue;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word, as a {@link Catalogue} searches for it: a run of letters, digits, and the marks on them. All other characters
 * separate words, so that {@code COVID-19} is two; what cannot be seen, such as a soft hyphen, is passed over.
 *
 * @param written in lower case, with its accents
 * @param folded without accents, Arabic and Hebrew points, and the like; what words are compared by. The vowel signs of
 *     other scripts stay: they are no accents.
 */
public record SearchWord(String written, String folded) {

    /** So many characters of a word count, after folding. */
    public static final int MAX_LENGTH = 100;

    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int TATWEEL = 0x0640;

    /** The words of a text, in their order. Any string is a text. */
    public static List<SearchWord> of(String text) {
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
            String folded = fold(written);
            // A mark that stands alone, as emoji have it, folds to nothing.
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

    /** The marks that all scripts share are accents, except the two that make other syllables of Japanese ones. */
    private static boolean isAccent(int character) {
        if (!isMark(character) || character == 0x3099 || character == 0x309A) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.INHERITED || script == UnicodeScript.ARABIC || script == UnicodeScript.HEBREW;
    }

    /** Letters that Unicode does not take for an accented one, though readers type them without. */
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

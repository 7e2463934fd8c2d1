package org.librarypeers.sync.catalogue;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.librarypeers.domain.PlainLetters;

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
            String folded = isAscii(written) ? written : cut(PlainLetters.withoutAccents(written));
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
        return Character.isLetterOrDigit(character) || PlainLetters.isMark(character);
    }
}

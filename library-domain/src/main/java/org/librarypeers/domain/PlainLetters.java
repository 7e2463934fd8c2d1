package org.librarypeers.domain;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** The form of texts in which readers look for words: without case and without accents. Independent of the locale. */
public final class PlainLetters {

    private static final int TATWEEL = 0x640;

    private PlainLetters() {}

    /**
     * Returns a text with each run of white space as one space, in lower case and without accents, see
     * {@link Spelling#folded} and {@link #withoutAccents}.
     */
    public static String of(String text) {
        String folded = Spelling.folded(text);
        return folded.chars().allMatch(c -> c < 0x80) ? folded : withoutAccents(folded);
    }

    /**
     * Returns a text without accents, with all digits as ASCII digits, in Unicode's composed form. Letters that Unicode does
     * not decompose, but that readers type without the accent, are replaced. Vowel signs of Indic scripts stay.
     *
     * @param text a text in lower case
     */
    public static String withoutAccents(String text) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(text, Form.NFD).codePoints().forEach(character -> {
            if (Character.isDigit(character)) {
                plain.append(Character.digit(character, 10));
            } else if (character != TATWEEL && !isAccent(character)) {
                append(plain, character);
            }
        });
        return Normalizer.normalize(plain, Form.NFC);
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

    /** Returns whether the character is a mark that combines with the character before it. */
    public static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static void append(StringBuilder plain, int character) {
        switch (character) {
            case 'ø' -> plain.append('o');
            case 'đ' -> plain.append('d');
            case 'ł' -> plain.append('l');
            case 'ħ' -> plain.append('h');
            case 'ı' -> plain.append('i');
            case 'ß' -> plain.append("ss");
            case 'æ' -> plain.append("ae");
            case 'œ' -> plain.append("oe");
            case 'ς' -> plain.append('σ');
            default -> plain.appendCodePoint(character);
        }
    }
}

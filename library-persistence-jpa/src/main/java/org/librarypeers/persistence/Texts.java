package org.librarypeers.persistence;

/** Utilities for external texts that no domain type has validated. */
final class Texts {

    private Texts() {}

    /** Returns the text with U+FFFD in place of what PostgreSQL cannot store: NUL and unpaired surrogates. */
    static String storable(String text) {
        if (text.codePoints().noneMatch(Texts::isUnstorable)) {
            return text;
        }
        return text.codePoints()
                .map(character -> isUnstorable(character) ? 0xFFFD : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isUnstorable(int character) {
        // A code point in this range is an unpaired surrogate.
        return character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}

package org.librarypeers.persistence;

/** Texts from outside that no domain type has checked. */
final class Texts {

    private Texts() {}

    /** The text with U+FFFD for what PostgreSQL cannot hold: NUL and halves of surrogate pairs. */
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
        // A code point in this range is a half that has lost its other half.
        return character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}

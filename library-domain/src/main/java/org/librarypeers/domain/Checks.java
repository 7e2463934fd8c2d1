package org.librarypeers.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that values make on themselves; every message names the field and says what was wrong. */
final class Checks {

    private static final int SHOWN = 60;

    /** What would break a line in two or cannot be stored: control characters, separators, halves of surrogate pairs. */
    private static final Pattern NO_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Checks() {}

    /** Normalizes the text and refuses one that shows nothing, one that is too long, and what no database can hold. */
    static String text(String field, @Nullable String value, int maxLength) {
        return storable(field, Spelling.normalized(present(field, value)), maxLength);
    }

    /** As {@link #text}, but returns null for a text that is absent or shows nothing. */
    static @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
        return isMissing(value) ? null : text(field, value, maxLength);
    }

    /** As {@link #text}, on one line: no control characters, so that it cannot break out of a log line or a header. */
    static String line(String field, @Nullable String value, int maxLength) {
        return onOneLine(field, text(field, value, maxLength));
    }

    static @Nullable String optionalLine(String field, @Nullable String value, int maxLength) {
        return isMissing(value) ? null : line(field, value, maxLength);
    }

    /**
     * As {@link #line}, for what is compared or sent back character by character, such as addresses: only its edges are
     * trimmed.
     */
    static String literal(String field, @Nullable String value, int maxLength) {
        return onOneLine(field, storable(field, Spelling.trimmed(present(field, value)), maxLength));
    }

    static @Nullable String optionalLiteral(String field, @Nullable String value, int maxLength) {
        return isMissing(value) ? null : literal(field, value, maxLength);
    }

    private static String present(String field, @Nullable String value) {
        if (value == null || isMissing(value)) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    private static boolean isMissing(@Nullable String value) {
        return value == null || !Spelling.isVisible(value);
    }

    private static String onOneLine(String field, String line) {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " holds a control character: " + shown(line));
        }
        return line;
    }

    /** Refuses NUL and halves of surrogate pairs, which UTF-8 and PostgreSQL cannot hold. */
    static String storable(String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(
                    field + " is " + value.length() + " characters long; at most " + maxLength + " are kept");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        field + " holds a character that is no text, U+%04X at %d".formatted((int) c, i));
            }
        }
        return value;
    }

    static int atLeast(String field, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + "; it must be at least " + least);
        }
        return value;
    }

    static long atLeast(String field, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + "; it must be at least " + least);
        }
        return value;
    }

    /** A value as a message may show it: on one line and not endless. */
    static String shown(String value) {
        return '"' + cut(NO_LINE.matcher(value).replaceAll("?"), SHOWN + 1) + '"';
    }

    /** Words for the administrator, whatever a peer put into them: on one line, storable, and cut where they are longer. */
    static String remark(String words, int maxLength) {
        return cut(NO_LINE.matcher(words).replaceAll(" ").strip(), maxLength);
    }

    private static String cut(String line, int maxLength) {
        if (line.length() <= maxLength) {
            return line;
        }
        int end = maxLength - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}

package org.librarypeers.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that values make on themselves; every message names the field and says what was wrong. */
final class Checks {

    private static final int SHOWN = 60;

    /** What would break a line in two or cannot be stored: control characters, separators, halves of surrogate pairs. */
    private static final Pattern NO_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Checks() {}

    /** Strips the text and refuses an empty one, one that is too long, and what no database can hold. */
    static String text(String field, @Nullable String value, int maxLength) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return storable(field, value.strip(), maxLength);
    }

    /** As {@link #text}, but nothing stays nothing: an absent or blank text is null. */
    static @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
        return value == null || value.isBlank() ? null : storable(field, value.strip(), maxLength);
    }

    /** A text on one line: no control characters, so that it cannot break out of a log line or a header. */
    static String line(String field, @Nullable String value, int maxLength) {
        String line = text(field, value, maxLength);
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " holds a control character: " + shown(line));
        }
        return line;
    }

    static @Nullable String optionalLine(String field, @Nullable String value, int maxLength) {
        return value == null || value.isBlank() ? null : line(field, value, maxLength);
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

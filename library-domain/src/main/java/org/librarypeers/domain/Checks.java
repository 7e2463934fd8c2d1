package org.librarypeers.domain;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validation of field values. Each exception message names the field and the problem. */
final class Checks {

    private static final int SHOWN = 60;

    /** Characters that break a line or cannot be stored: control characters, line separators, unpaired surrogates. */
    private static final Pattern NO_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Checks() {}

    /**
     * Normalizes the text. Throws if it has no visible character, is too long, or contains characters that a database
     * cannot store.
     */
    static String text(String field, @Nullable String value, int maxLength) {
        return storable(field, Spelling.normalized(present(field, value)), maxLength);
    }

    /** Validates an optional text like {@link #text}. Returns null if the value is null or has no visible character. */
    static @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
        return isMissing(value) ? null : text(field, value, maxLength);
    }

    /**
     * Validates a text like {@link #text} and also rejects control characters, so that the value cannot break a log
     * line or a header.
     */
    static String line(String field, @Nullable String value, int maxLength) {
        return onOneLine(field, text(field, value, maxLength));
    }

    static @Nullable String optionalLine(String field, @Nullable String value, int maxLength) {
        return isMissing(value) ? null : line(field, value, maxLength);
    }

    /**
     * Validates a line like {@link #line}, but only trims it. Use it for values that are compared or sent back
     * unchanged, such as addresses.
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
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                throw new IllegalArgumentException(field + " contains a control character: " + shown(line));
            }
        }
        return line;
    }

    /** Rejects NUL characters and unpaired surrogates, which UTF-8 and PostgreSQL cannot store. */
    static String storable(String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new InvalidValueException(
                    QuarantineReason.Kind.TOO_LONG,
                    String.format(
                            Locale.ROOT,
                            "%s is %,d characters long; at most %,d are allowed",
                            field,
                            value.length(),
                            maxLength));
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s contains a character that cannot be stored: U+%04X at index %d",
                        field,
                        (int) c,
                        i));
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

    /** Returns the value in quotes for an error message, on one line and cut to a limited length. */
    static String shown(String value) {
        return '"' + TextCut.shorten(NO_LINE.matcher(value).replaceAll("?"), SHOWN + 1) + '"';
    }

    /**
     * Returns a message for the administrator that may quote a peer: on one line, storable, and cut to the maximum
     * length.
     */
    static String remark(String words, int maxLength) {
        return TextCut.shorten(NO_LINE.matcher(words).replaceAll(" ").strip(), maxLength);
    }
}

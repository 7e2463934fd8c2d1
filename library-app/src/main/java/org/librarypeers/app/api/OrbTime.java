package org.librarypeers.app.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The times that filters accept: a date, or date and time with T or a space between, then nothing (UTC), Z or an offset. */
final class OrbTime {

    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:[T ](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d{1,6})\\d*)?)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");

    private OrbTime() {}

    /**
     * Reads a time.
     *
     * @throws BadParameterException if it is none
     */
    static Instant parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new BadParameterException("['“" + text
                    + "” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.']");
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(parts.group(1)),
                    number(parts.group(2)),
                    number(parts.group(3)),
                    number(parts.group(4)),
                    number(parts.group(5)),
                    number(parts.group(6)),
                    nanos(parts.group(7)));
            return time.toInstant(offset(parts.group(8)));
        } catch (DateTimeException e) {
            throw new BadParameterException("['“" + text
                    + "” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid"
                    + " date/time.']");
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static ZoneOffset offset(@Nullable String text) {
        return text == null ? ZoneOffset.UTC : ZoneOffset.of(text.length() == 3 ? text + ":00" : text);
    }
}

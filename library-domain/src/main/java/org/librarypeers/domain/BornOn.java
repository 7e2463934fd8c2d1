package org.librarypeers.domain;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The date on which a resource was created by its author, as precisely as the author states it. It has no time zone.
 *
 * @param time the start of the year or month, or the time itself with microsecond precision; the year is 1 to 9999
 * @param precision the part of the time that is known
 */
public record BornOn(LocalDateTime time, Precision precision) {

    private static final int LAST_YEAR = 9_999;
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d\\d");

    /** The part of a born-on date that is known. */
    public enum Precision {
        /** Only the year is known. */
        YEAR,
        /** The year and the month are known. */
        MONTH,
        /** The day is known, and possibly the time of day. */
        TIME
    }

    /**
     * Resets the unknown part of the time to the start of the year or month.
     *
     * @throws IllegalArgumentException if the year is not in the range 1 to 9999
     */
    public BornOn {
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("born-on date " + time + " is outside the years 1 to " + LAST_YEAR);
        }
        time = switch (precision) {
            case YEAR -> Year.of(time.getYear()).atDay(1).atStartOfDay();
            case MONTH -> YearMonth.from(time).atDay(1).atStartOfDay();
            case TIME -> time.truncatedTo(ChronoUnit.MICROS);
        };
    }

    /** Creates a date for which the day is known, and possibly the time of day. */
    public static BornOn at(LocalDateTime time) {
        return new BornOn(time, Precision.TIME);
    }

    /** Creates a date for which only the year is known. */
    public static BornOn in(Year year) {
        return new BornOn(year.atDay(1).atStartOfDay(), Precision.YEAR);
    }

    /** Creates a date for which the year and the month are known. */
    public static BornOn in(YearMonth month) {
        return new BornOn(month.atDay(1).atStartOfDay(), Precision.MONTH);
    }

    /**
     * Parses the output of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text has a different format
     */
    public static BornOn of(String text) {
        try {
            if (YEAR.matcher(text).matches()) {
                return in(Year.parse(text));
            }
            return MONTH.matcher(text).matches() ? in(YearMonth.parse(text)) : at(LocalDateTime.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("born-on date " + Checks.shown(text) + " is not a date", e);
        }
    }

    /** Returns the year ({@code 2019}), the month ({@code 2020-03}), or the time ({@code 2019-12-31T10:00}). */
    @Override
    public String toString() {
        return switch (precision) {
            case YEAR -> String.format(Locale.ROOT, "%04d", time.getYear());
            case MONTH -> YearMonth.from(time).toString();
            case TIME -> time.toString();
        };
    }
}

package org.librarypeers.http.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.BornOn;

/** Times in the form of existing sites: in UTC, without a zone. */
public final class OrbTime {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final Pattern FORM = Pattern.compile("(?<date>\\d{4}-\\d\\d-\\d\\d)"
            + "(?:[T ](?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)\\s?(?<zone>[zZ]|[+-]\\d\\d(?::?\\d\\d)?)?)?");
    private static final int LONGEST = 50;
    private static final int LAST_YEAR = 9999;

    private OrbTime() {}

    /** Returns a time as {@code YYYY-MM-DDTHH:MM:SS}, with {@code .ffffff} only if the microseconds are not 0. */
    public static String text(LocalDateTime time) {
        LocalDateTime micros = time.truncatedTo(ChronoUnit.MICROS);
        boolean whole = micros.equals(micros.truncatedTo(ChronoUnit.SECONDS));
        return micros.format(whole ? SECONDS : MICROS);
    }

    /** Returns the known part of a date: {@code 2019}, {@code 2019-12}, or the time. */
    public static String text(BornOn date) {
        return date.precision() == BornOn.Precision.TIME ? text(date.time()) : date.toString();
    }

    /**
     * Reads the date on which a resource was made, in one of several notations: a time as in {@link #read}, {@code 2019},
     * {@code 2020-03}, {@code 31/12/2019}, {@code March 2020}.
     *
     * @return the date; empty if the text is not a date or is ambiguous, such as {@code 03/04/2019}
     */
    public static Optional<BornOn> readBornOn(String text) {
        return Dates.read(text);
    }

    /** Returns a time in UTC, in the form of {@link #text(LocalDateTime)}. */
    public static String text(Instant time) {
        return text(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /**
     * Reads {@code YYYY-MM-DD}, or such a date and {@code HH:MM[:SS[.ffffff]]} separated by {@code T} or a space. The time may
     * end with {@code Z} or an offset from UTC; otherwise it counts as UTC.
     *
     * @return the time in UTC, to the microsecond; empty if the text is not a time in the years 1 to 9999
     */
    public static Optional<LocalDateTime> read(String text) {
        String stripped = text.length() > LONGEST ? "" : text.strip();
        Matcher parts = FORM.matcher(stripped);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(parts.group("date"));
            String time = parts.group("time");
            LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(LocalTime.parse(time));
            return Optional.of(inUtc(local, parts.group("zone")).truncatedTo(ChronoUnit.MICROS))
                    .filter(utc -> utc.getYear() >= 1 && utc.getYear() <= LAST_YEAR);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime inUtc(LocalDateTime local, @Nullable String zone) {
        if (zone == null) {
            return local;
        }
        return OffsetDateTime.of(local, ZoneOffset.of(zone.toUpperCase(Locale.ROOT)))
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }
}

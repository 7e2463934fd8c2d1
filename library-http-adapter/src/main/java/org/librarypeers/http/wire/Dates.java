package org.librarypeers.http.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.librarypeers.domain.BornOn;

/**
 * A parser for dates in an unknown notation. It reads only unambiguous dates: {@code 31/12/2019} can mean only one day,
 * but {@code 03/04/2019} can mean two and is not read.
 */
final class Dates {

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?");
    private static final Pattern YEAR_LAST = Pattern.compile("(?:(\\d{1,2})([-/.]))?(\\d{1,2})[-/.](\\d{4})");
    private static final int LONGEST = 50;
    private static final int MONTHS = 12;

    /** Formats with names of months, in the languages of the pages. */
    private static final List<DateTimeFormatter> WITH_NAMES = Stream.of("en", "es", "pt", "fr")
            .map(Locale::forLanguageTag)
            .flatMap(locale -> Stream.of(
                            "d MMMM uuuu",
                            "d MMM uuuu",
                            "MMMM d, uuuu",
                            "MMM d, uuuu",
                            "d 'de' MMMM 'de' uuuu",
                            "MMMM uuuu",
                            "MMM uuuu",
                            "MMMM 'de' uuuu")
                    .map(pattern -> new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(pattern)
                            .toFormatter(locale)
                            .withResolverStyle(ResolverStyle.STRICT)))
            .toList();

    private Dates() {}

    /** Returns the date in the text; empty if the text is not a date or can mean more than one. */
    static Optional<BornOn> read(String text) {
        String plain = text.strip();
        Optional<BornOn> time = OrbTime.read(plain).map(BornOn::at);
        if (time.isPresent() || plain.length() > LONGEST) {
            return time;
        }
        try {
            return withDigits(plain).or(() -> withName(plain));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<BornOn> withDigits(String text) {
        if (YEAR.matcher(text).matches()) {
            return Optional.of(BornOn.in(Year.parse(text)));
        }
        Matcher first = YEAR_FIRST.matcher(text);
        if (first.matches()) {
            YearMonth month = YearMonth.of(number(first, 1), number(first, 3));
            return Optional.of(
                    first.group(4) == null
                            ? BornOn.in(month)
                            : BornOn.at(month.atDay(number(first, 4)).atStartOfDay()));
        }
        Matcher last = YEAR_LAST.matcher(text);
        if (!last.matches()) {
            return Optional.empty();
        }
        int year = number(last, 4);
        if (last.group(1) == null) {
            return Optional.of(BornOn.in(YearMonth.of(year, number(last, 3))));
        }
        int one = number(last, 1);
        int two = number(last, 3);
        if (one <= MONTHS && two <= MONTHS && one != two) {
            return Optional.empty();
        }
        return Optional.of(BornOn.at(
                LocalDate.of(year, Math.min(one, two), Math.max(one, two)).atStartOfDay()));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static Optional<BornOn> withName(String text) {
        for (DateTimeFormatter format : WITH_NAMES) {
            try {
                TemporalAccessor date = format.parse(text);
                return Optional.of(
                        date.isSupported(ChronoField.DAY_OF_MONTH)
                                ? BornOn.at(LocalDate.from(date).atStartOfDay())
                                : BornOn.in(YearMonth.from(date)));
            } catch (DateTimeParseException e) {
                // Another format may match.
            }
        }
        return rfc1123(text);
    }

    private static Optional<BornOn> rfc1123(String text) {
        try {
            return Optional.of(BornOn.at(LocalDateTime.ofEpochSecond(
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(text).getLong(ChronoField.INSTANT_SECONDS),
                    0,
                    ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

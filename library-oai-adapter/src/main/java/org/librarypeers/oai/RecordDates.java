package org.librarypeers.oai;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.BornOn;

/** The dates of a record. Repositories also list the dates on which they received or published it, so the earliest one counts. */
final class RecordDates {

    private @Nullable BornOn earliest;
    private @Nullable String unreadable;

    void add(String text) {
        parse(text.strip())
                .ifPresentOrElse(
                        date -> earliest = earliest == null
                                        || Comparator.comparing(BornOn::time).compare(date, earliest) < 0
                                ? date
                                : earliest,
                        () -> unreadable = text);
    }

    private static Optional<BornOn> parse(String text) {
        try {
            return Optional.of(
                    switch (text.length()) {
                        case 4 -> BornOn.in(Year.parse(text));
                        case 7 -> BornOn.in(YearMonth.parse(text));
                        case 10 -> BornOn.at(LocalDate.parse(text).atStartOfDay());
                        default -> BornOn.at(time(text));
                    });
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime time(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime offset
                ? offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.from(time);
    }

    /** Returns the earliest date; null if none can be read. */
    @Nullable
    BornOn earliest() {
        return earliest;
    }

    /** Returns a value that is not a date, unless another value is one. */
    Optional<String> unreadable() {
        return earliest == null ? Optional.ofNullable(unreadable) : Optional.empty();
    }
}

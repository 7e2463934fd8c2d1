package org.librarypeers.oai;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times as repositories write them: in UTC, to the day or to the second. */
final class Datestamp {

    private static final int DAY_LENGTH = "2026-11-30".length();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Datestamp() {}

    /**
     * Parses a datestamp. A day counts as its beginning. Fractions of a second and other zones, which the specification does not allow, are
     * accepted; a time without a zone counts as UTC. Returns an empty {@code Optional} if the text is not a time.
     */
    static Optional<Instant> parse(String text) {
        String stripped = text.strip();
        try {
            Instant time = stripped.length() == DAY_LENGTH
                    ? LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : DateTimeFormatter.ISO_DATE_TIME
                            .parseBest(stripped, OffsetDateTime::from, LocalDateTime::from)
                            .query(Datestamp::instant);
            return time.isBefore(FIRST) || time.isAfter(LAST) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor time) {
        return time instanceof OffsetDateTime offset
                ? offset.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}

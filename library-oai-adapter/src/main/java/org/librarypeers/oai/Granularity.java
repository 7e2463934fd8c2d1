package org.librarypeers.oai;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The precision of the datestamps of a repository. */
enum Granularity {
    /** Datestamps are days: {@code 2026-11-30}. */
    DAY(Duration.ofDays(1), Duration.ofDays(1)),
    /** Datestamps have seconds: {@code 2026-11-30T12:00:00Z}. */
    SECOND(Duration.ofSeconds(1), Duration.ofHours(1));

    private final Duration unit;
    private final Duration overlap;

    Granularity(Duration unit, Duration overlap) {
        this.unit = unit;
        this.overlap = overlap;
    }

    /** Returns the granularity that a repository states. A text without seconds counts as days, which every repository accepts. */
    static Granularity of(String stated) {
        return stated.toLowerCase(Locale.ROOT).contains("ss") ? SECOND : DAY;
    }

    /** Returns the length of the time that one datestamp stands for. */
    Duration unit() {
        return unit;
    }

    /** Returns how far before the newest datestamp the next list begins, as long as records may still get datestamps around it. */
    Duration overlap() {
        return overlap;
    }

    /** Returns a time as an argument of a request. It is rounded down, so that nothing is left out. */
    String format(Instant time) {
        return switch (this) {
            case DAY -> DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC));
            case SECOND -> DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
        };
    }
}

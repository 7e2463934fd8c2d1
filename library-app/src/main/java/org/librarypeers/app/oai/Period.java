package org.librarypeers.app.oai;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The period of the datestamps that a harvester asks for.
 *
 * @param from the first second; null for no limit
 * @param until the last second; null for no limit
 */
record Period(@Nullable Instant from, @Nullable Instant until) {

    /** The granularity of datestamps, as OAI-PMH names it. */
    static final String GRANULARITY = "YYYY-MM-DDThh:mm:ssZ";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern SECOND = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    /**
     * Reads the arguments of a request.
     *
     * @throws OaiException if one of them is not a date, if they have different granularities, or if the period ends before it begins
     */
    static Period read(Optional<String> from, Optional<String> until) throws OaiException {
        boolean mixed = from.isPresent()
                && until.isPresent()
                && from.get().length() != until.get().length();
        Period period = new Period(
                from.isPresent() ? parse("from", from.get(), false) : null,
                until.isPresent() ? parse("until", until.get(), true) : null);
        if (mixed) {
            throw OaiException.badArgument("from and until have different granularities");
        }
        if (period.isEmpty()) {
            throw OaiException.badArgument("until is before from");
        }
        return period;
    }

    /** Returns whether the period ends before it begins. */
    boolean isEmpty() {
        return from != null && until != null && until.isBefore(from);
    }

    /** Parses a day or a second. The last second of a day is the one before the next day. */
    private static Instant parse(String name, String text, boolean last) throws OaiException {
        try {
            if (DAY.matcher(text).matches()) {
                LocalDate day = LocalDate.parse(text);
                Instant start = day.plusDays(last ? 1 : 0).atStartOfDay().toInstant(ZoneOffset.UTC);
                return last ? start.minusSeconds(1) : start;
            }
            if (SECOND.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw notADate(name);
        }
        throw notADate(name);
    }

    private static OaiException notADate(String name) {
        return OaiException.badArgument(
                name + " is not a date of the form YYYY-MM-DD or " + GRANULARITY + ", in universal time");
    }

    /** Returns a datestamp with the granularity of this library. */
    static String datestamp(Instant second) {
        return DateTimeFormatter.ISO_INSTANT.format(second);
    }
}

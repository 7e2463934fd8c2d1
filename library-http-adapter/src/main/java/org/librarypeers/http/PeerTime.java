package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.http.wire.OrbTime;

/**
 * An update date of a peer. It is sent back exactly as the peer wrote it.
 *
 * @param literal the date as the peer wrote it
 * @param value the parsed date, comparable with dates of the same peer
 */
record PeerTime(String literal, LocalDateTime value) {

    static final String FORM =
            "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:\\d\\d)?";

    private static final Pattern TIME = Pattern.compile(FORM);
    private static final int TO_THE_MINUTE = "YYYY-MM-DDTHH:MM".length();

    /** Parses a date. Returns an empty {@code Optional} if the text is null or not a date that can be sent back. */
    static Optional<PeerTime> of(@Nullable String literal) {
        if (literal == null) {
            return Optional.empty();
        }
        Matcher form = TIME.matcher(literal);
        return form.matches() ? OrbTime.read(literal).map(value -> new PeerTime(literal, value)) : Optional.empty();
    }

    /** Returns this date minus a duration, in whole minutes. Seconds, fractions and zone stay as the peer wrote them. */
    PeerTime minus(Duration minutes) {
        String minute = literal.substring(0, TO_THE_MINUTE);
        char separator = minute.charAt("YYYY-MM-DD".length());
        LocalDateTime earlier = LocalDateTime.parse(minute.replace(' ', 'T')).minusMinutes(minutes.toMinutes());
        String written = OrbTime.text(earlier).substring(0, TO_THE_MINUTE).replace('T', separator);
        return new PeerTime(written + literal.substring(TO_THE_MINUTE), value.minusMinutes(minutes.toMinutes()));
    }

    boolean isBefore(PeerTime other) {
        return value.isBefore(other.value);
    }

    boolean isAfter(Instant time) {
        return value.isAfter(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /**
     * Returns this date if it is not after {@code latest}; otherwise a date in the same format, less than one minute before
     * {@code latest}.
     */
    PeerTime notAfter(Instant latest) {
        Duration ahead = Duration.between(LocalDateTime.ofInstant(latest, ZoneOffset.UTC), value);
        return ahead.isNegative() || ahead.isZero()
                ? this
                : minus(ahead.plusMinutes(1).minusNanos(1));
    }
}

package org.librarypeers.app.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of the interval of a peer: a number of minutes, hours or days, or {@code usual}. */
final class IntervalConverter implements ITypeConverter<IntervalConverter.Interval> {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    /**
     * A given interval.
     *
     * @param time the interval; null for the usual one of the library
     */
    record Interval(@Nullable Duration time) {}

    @Override
    public Interval convert(String value) {
        if (value.equals("usual")) {
            return new Interval(null);
        }
        Matcher parts = TIME.matcher(value);
        if (parts.matches()) {
            int number = Integer.parseInt(parts.group(1));
            Duration wait = switch (parts.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (wait.compareTo(Peer.MAX_INTERVAL) <= 0) {
                return new Interval(wait);
            }
        }
        throw new TypeConversionException(
                "'" + value + "' is not an interval; use a time from 1m to 7d, for example 90m, 12h or 2d, or usual");
    }
}

package org.librarypeers.app.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The times of the day at which scheduled syncs may start.
 *
 * @param windows the windows; empty if syncs may start at any time
 * @param zone the time zone of the windows
 */
public record SyncWindows(List<Window> windows, ZoneId zone) {

    /** A day whose clock is changed may skip a window, so the next opening is at most two days ahead. */
    private static final int DAYS_AHEAD = 2;

    /**
     * A part of each day, which may cross midnight.
     *
     * @param from the first time in it
     * @param to the first time after it
     */
    public record Window(LocalTime from, LocalTime to) {

        private static final Pattern FORM = Pattern.compile("(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})");

        /**
         * Returns the window of a text such as {@code 22:00-06:00}.
         *
         * @throws IllegalArgumentException if the text is not valid, or the window is empty
         */
        static Window of(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException(text);
            }
            Window window = new Window(time(form.group(1)), time(form.group(2)));
            if (window.from.equals(window.to)) {
                throw new IllegalArgumentException(text);
            }
            return window;
        }

        private static LocalTime time(String text) {
            try {
                return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        private boolean contains(LocalTime time) {
            boolean begun = !time.isBefore(from);
            boolean over = !time.isBefore(to);
            return from.isBefore(to) ? begun && !over : begun || !over;
        }
    }

    /** Returns the earliest time, from the given one on, at which a sync may start. */
    public Instant earliest(Instant from) {
        ZonedDateTime local = from.atZone(zone);
        if (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(local.toLocalTime()))) {
            return from;
        }
        return IntStream.rangeClosed(0, DAYS_AHEAD)
                .boxed()
                .flatMap(days -> windows.stream()
                        .map(window -> local.toLocalDate()
                                .plusDays(days)
                                .atTime(window.from())
                                .atZone(zone)
                                .toInstant()))
                .filter(opening -> opening.isAfter(from))
                .min(Comparator.naturalOrder())
                .orElse(from);
    }
}

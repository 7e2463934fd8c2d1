package org.librarypeers.sync.accounts;

import java.time.Duration;
import java.time.Instant;

/**
 * A limit on the events of one subject in a sliding window.
 *
 * @param count the number of events within the window that are free, from 1
 * @param window the length of the window
 * @param excess the treatment of an event beyond the free ones
 */
public record RateLimit(int count, Duration window, Excess excess) {

    /** The wait before the first event that is {@linkplain Excess#SLOWED slowed}. */
    public static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** The treatment of events beyond the free ones. */
    public enum Excess {

        /** An event must wait until the earliest one has left the window. */
        REFUSED,

        /**
         * An event must wait after the latest one: first {@link RateLimit#FIRST_WAIT}, then twice as long each time, at
         * most as long as the window.
         */
        SLOWED
    }

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException if the count is below 1 or the window is not longer than zero
     */
    public RateLimit {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; it must be at least 1");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window is " + window + "; it must be longer than zero");
        }
    }

    /** Returns a limit that refuses events beyond the free ones. */
    public static RateLimit refusing(int count, Duration window) {
        return new RateLimit(count, window, Excess.REFUSED);
    }

    /** Returns a limit that slows down events beyond the free ones. */
    public static RateLimit slowing(int count, Duration window) {
        return new RateLimit(count, window, Excess.SLOWED);
    }

    /**
     * Returns the time from which another event is allowed.
     *
     * @param recorded the number of events within the window
     * @param earliest the time of the earliest of them
     * @param latest the time of the latest of them
     * @return a time that may have passed; {@link Instant#MIN} if the event is free
     */
    public Instant next(long recorded, Instant earliest, Instant latest) {
        if (recorded < count) {
            return Instant.MIN;
        }
        return switch (excess) {
            case REFUSED -> earliest.plus(window);
            case SLOWED -> latest.plus(delay(recorded - count));
        };
    }

    private Duration delay(long doublings) {
        Duration wait = FIRST_WAIT;
        for (long i = 0; i < doublings && wait.compareTo(window) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(window) < 0 ? wait : window;
    }
}

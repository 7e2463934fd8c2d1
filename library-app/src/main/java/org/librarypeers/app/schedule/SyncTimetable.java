package org.librarypeers.app.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long after one run of a peer the next one is. Every wait varies a little, so that peers, and libraries with the same
 * settings, do not all go at once.
 */
final class SyncTimetable {

    private static final Duration FIRST_WITHIN = Duration.ofMinutes(2);
    private static final Duration FIRST_BACKOFF = Duration.ofMinutes(15);
    private static final Duration BUSY = Duration.ofMinutes(4);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
    private static final Duration THROTTLED_AT_LEAST = Duration.ofMinutes(1);
    private static final Duration THROTTLED_WITHIN = Duration.ofMinutes(2);
    /** Longer than the longest interval that can be set, with its variation. What is due later was decided on by a wrong clock. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(8);

    private static final Duration RECONCILE_EVERY = Duration.ofDays(1);
    private static final double VARIATION = 0.1;

    private final Duration every;
    private final int haste;
    private final DoubleSupplier chance;

    /**
     * A rhythm.
     *
     * @param every how long after a run that succeeded the next one is
     * @param haste how many times shorter all waits are; 1 but in tests
     * @param chance gives numbers from 0 to below 1
     */
    SyncTimetable(Duration every, int haste, DoubleSupplier chance) {
        this.every = every;
        this.haste = haste;
        this.chance = chance;
    }

    /** The rhythm of an app. Tests of whole processes make it faster by a property of the JVM. */
    static SyncTimetable every(Duration time) {
        int haste = Integer.getInteger("library.schedule.haste", 1);
        return new SyncTimetable(time, haste, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** This wait, as much shorter as tests want it. */
    Duration hurried(Duration wait) {
        return wait.dividedBy(haste);
    }

    /** The first run of a peer. */
    Instant first(Instant now) {
        return now.plus(upTo(FIRST_WITHIN));
    }

    Instant afterSuccess(Instant now) {
        return now.plus(varied(every));
    }

    /** When the peer may be asked again, but not at once if it says so. */
    Instant afterThrottle(Instant now, Instant until) {
        Instant soonest = now.plus(hurried(THROTTLED_AT_LEAST));
        Instant asked = until.isAfter(soonest) ? until : soonest;
        Instant latest = now.plus(LONGEST_WAIT);
        return (asked.isBefore(latest) ? asked : latest).plus(upTo(THROTTLED_WITHIN));
    }

    /** Longer each time, up to the usual wait. */
    Instant afterFailure(Instant now, int failuresInARow) {
        Duration backoff = FIRST_BACKOFF;
        for (int i = 1; i < failuresInARow && backoff.compareTo(every) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return now.plus(varied(backoff.compareTo(every) < 0 ? backoff : every));
    }

    /** Somebody else syncs the peer now. */
    Instant afterBusy(Instant now) {
        return now.plus(varied(BUSY));
    }

    /** The run was stopped in the middle; another node goes on, or this one when it is back. */
    Instant afterStop(Instant now) {
        return now.plus(upTo(STOPPED_WITHIN));
    }

    /** Returns whether a run is due later than any that is decided on now could be. */
    boolean isTooFar(Instant due, Instant now) {
        return due.isAfter(now.plus(LONGEST_WAIT).plus(THROTTLED_WITHIN).plus(ScheduleState.CLOCKS_AGREE));
    }

    /** Whether all that the peer offers was read so long ago that it is to be read again. */
    boolean isLongAgo(Instant reconciled, Instant now) {
        return !reconciled.plus(hurried(RECONCILE_EVERY)).isAfter(now);
    }

    private Duration varied(Duration wait) {
        return times(wait, 1 - VARIATION + 2 * VARIATION * chance.getAsDouble());
    }

    private Duration upTo(Duration longest) {
        return times(longest, chance.getAsDouble());
    }

    private Duration times(Duration wait, double factor) {
        return Duration.ofMillis((long) (hurried(wait).toMillis() * factor));
    }
}

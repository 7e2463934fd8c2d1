package org.librarypeers.sync.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.librarypeers.domain.Peer;

/**
 * The waits between the runs of a peer. Every wait varies randomly, so that peers, and libraries with the same
 * settings, do not all sync at the same time.
 */
final class SyncTimetable {

    private static final Duration FIRST_WITHIN = Duration.ofMinutes(2);
    private static final Duration FIRST_BACKOFF = Duration.ofMinutes(15);
    private static final Duration BUSY = Duration.ofMinutes(4);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
    private static final Duration THROTTLED_AT_LEAST = Duration.ofMinutes(1);
    private static final Duration THROTTLED_WITHIN = Duration.ofMinutes(2);
    private static final Duration OPENED_WITHIN = Duration.ofMinutes(2);

    /**
     * The limit of a regular wait, above the longest interval that can be set with its variation. A run that is due
     * later was scheduled by a wrong clock.
     */
    private static final Duration LONGEST_WAIT = SyncScheduler.MAX_INTERVAL.plusDays(1);

    private static final double VARIATION = 0.1;

    private final Supplier<Duration> every;
    private final Duration reconcileEvery;
    private final int speedUp;
    private final DoubleSupplier chance;
    private final UnaryOperator<Instant> startTimes;

    /**
     * Creates a timetable.
     *
     * @param every returns the wait after a successful run of a peer that has no interval of its own
     * @param reconcileEvery the wait between two reconciliations
     * @param speedUp the divisor of all waits; 1 except in tests
     * @param chance returns random numbers, from 0 to below 1
     * @param startTimes returns the earliest time, from a given one on, at which a run may start
     */
    SyncTimetable(
            Supplier<Duration> every,
            Duration reconcileEvery,
            int speedUp,
            DoubleSupplier chance,
            UnaryOperator<Instant> startTimes) {
        this.every = every;
        this.reconcileEvery = reconcileEvery;
        this.speedUp = speedUp;
        this.chance = chance;
        this.startTimes = startTimes;
    }

    /** Returns the wait divided by the speed-up. */
    Duration hurried(Duration wait) {
        return wait.dividedBy(speedUp);
    }

    /** Returns the time of the first run of a peer. */
    Instant first(Instant now) {
        return permitted(now.plus(upTo(FIRST_WITHIN)));
    }

    /** Returns the wait after a successful run of the peer. */
    Duration interval(Peer peer) {
        Duration own = peer.interval();
        return own == null ? every.get() : own;
    }

    /**
     * Returns the time of the next run after a successful one.
     *
     * @param interval the wait, see {@link #interval}
     */
    Instant afterSuccess(Instant now, Duration interval) {
        return permitted(now.plus(varied(interval)));
    }

    /**
     * Returns the time of the next run after a throttled one: when the peer accepts requests again, but not earlier
     * than in one minute.
     */
    Instant afterThrottle(Instant now, Instant until) {
        Instant soonest = now.plus(hurried(THROTTLED_AT_LEAST));
        Instant asked = until.isAfter(soonest) ? until : soonest;
        Instant latest = now.plus(LONGEST_WAIT);
        return permitted((asked.isBefore(latest) ? asked : latest).plus(upTo(THROTTLED_WITHIN)));
    }

    /**
     * Returns the time of the next run after a failed one of a peer that has no interval of its own, or whose interval is unknown;
     * see {@link #afterFailure(Instant, int, Duration)}.
     */
    Instant afterFailure(Instant now, int failuresInARow) {
        return afterFailure(now, failuresInARow, every.get());
    }

    /**
     * Returns the time of the next run after a failed one. The wait doubles with each consecutive failure, up to the interval.
     *
     * @param interval the wait after a successful run, see {@link #interval}
     */
    Instant afterFailure(Instant now, int failuresInARow, Duration interval) {
        Duration backoff = FIRST_BACKOFF;
        for (int i = 1; i < failuresInARow && backoff.compareTo(interval) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return permitted(now.plus(varied(backoff.compareTo(interval) < 0 ? backoff : interval)));
    }

    /**
     * Returns the time of the next run after one that the storage ended by being unavailable. The wait is short: the run does not
     * start before the storage is available again, because the schedule is part of it.
     */
    Instant afterOutage(Instant now) {
        return permitted(now.plus(varied(OUTAGE)));
    }

    /** Returns the time of the next attempt while another run is syncing the peer. */
    Instant afterBusy(Instant now) {
        return permitted(now.plus(varied(BUSY)));
    }

    /**
     * Returns the time at which a run that was stopped by a shutdown continues, on another node or on this one after
     * its restart.
     */
    Instant afterStop(Instant now) {
        return permitted(now.plus(upTo(STOPPED_WITHIN)));
    }

    /** Returns whether a run is due later than any run that is scheduled now could be. */
    boolean isTooFar(Instant due, Instant now) {
        Instant latest =
                startTimes.apply(now.plus(LONGEST_WAIT).plus(THROTTLED_WITHIN).plus(ScheduleState.CLOCKS_AGREE));
        return due.isAfter(latest.plus(OPENED_WITHIN));
    }

    /** Returns whether the last reconciliation was so long ago that the next one is due. */
    boolean isLongAgo(Instant reconciled, Instant now) {
        return !reconciled.plus(hurried(reconcileEvery)).isAfter(now);
    }

    /**
     * Returns the time itself if a run may start then, or else a time soon after the next one at which a run may. It varies,
     * because libraries with the same hours would otherwise all begin in the same second.
     */
    Instant permitted(Instant time) {
        Instant opening = startTimes.apply(time);
        return opening.equals(time) ? time : startTimes.apply(opening.plus(upTo(OPENED_WITHIN)));
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

package org.librarypeers.sync.scheduler;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.SyncScope;

/**
 * The state that is passed from one run of a peer to the next, stored as JSON in the table of the schedule.
 *
 * @param failures the number of failed runs since the last one that the peer answered
 * @param reconciled the start of the last run that read everything that the peer offers; null if there was none
 * @param scheduled when the time of the next run was decided; null if that is unknown
 * @param interval the interval of the peer that determined this time, in ISO 8601 form; null if something else did, such as a failure
 */
record ScheduleState(
        int failures,
        @Nullable Instant reconciled,
        @Nullable Instant scheduled,
        @Nullable Duration interval) {

    /**
     * The tolerated difference between the clocks of the nodes. A time further ahead was written while a clock was
     * wrong.
     */
    static final Duration CLOCKS_AGREE = Duration.ofMinutes(2);

    private ScheduleState(int failures, @Nullable Instant reconciled) {
        this(failures, reconciled, null, null);
    }

    /** The state of a peer that was never read. Its first run reads everything anyway. */
    static final ScheduleState NEW = new ScheduleState(0, null);

    /** The state of a peer that was read before it was put on the schedule. */
    static final ScheduleState READ_BEFORE = new ScheduleState(0, Instant.EPOCH);

    /**
     * Returns the scope of the next run. The first complete read, which may take several runs, continues from its
     * cursor.
     */
    SyncScope scope(SyncTimetable timetable, Instant now) {
        return reconciled != null && (timetable.isLongAgo(reconciled, now) || isAhead(reconciled, now))
                ? SyncScope.EVERYTHING
                : SyncScope.CHANGES;
    }

    /** Returns this state with the time at which the next run was scheduled. */
    ScheduleState scheduled(Instant now) {
        return new ScheduleState(failures, reconciled, now, interval);
    }

    /** Returns this state for a run that is due, so that its interval no longer matters. */
    ScheduleState due() {
        return new ScheduleState(failures, reconciled, scheduled, null);
    }

    /** Returns this state with the interval that determines the time of the next run. */
    ScheduleState waiting(Duration determining) {
        return new ScheduleState(failures, reconciled, scheduled, determining);
    }

    /** Returns whether the time of the next run was determined by an interval that has changed since. */
    boolean isOutdated(Duration current) {
        return interval != null && scheduled != null && !interval.equals(current);
    }

    /** Returns whether the next run was scheduled by a clock that was ahead of this one. */
    boolean isScheduledAhead(Instant now) {
        return scheduled != null && isAhead(scheduled, now);
    }

    private static boolean isAhead(Instant time, Instant now) {
        return time.isAfter(now.plus(CLOCKS_AGREE));
    }

    /** Returns the state after a successful run. */
    ScheduleState succeeded(SyncScope scope, Instant started) {
        return new ScheduleState(0, scope == SyncScope.EVERYTHING || reconciled == null ? started : reconciled);
    }

    /** Returns the state after a run that the peer answered, but that was not completed. */
    ScheduleState answered() {
        return new ScheduleState(0, reconciled);
    }

    /** Returns the state after a failed run. */
    ScheduleState failed() {
        return new ScheduleState(failures + 1, reconciled);
    }

    /** Returns this state for callers. */
    PeerSchedule shown(Instant due, boolean running) {
        // EPOCH stands for a peer that was read, but never on the schedule.
        return new PeerSchedule(due, running, failures, Instant.EPOCH.equals(reconciled) ? null : reconciled);
    }
}

package org.librarypeers.app.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.SyncScope;

/**
 * What the next run of a peer must know of those before; kept as JSON in the table of the schedule.
 *
 * @param failures how many runs failed since the last that did not
 * @param reconciled when the last run began that read all that the peer offers, to its end; null while there was none
 * @param scheduled when it was decided when the next run is; null if that is not known
 */
record ScheduleState(
        int failures,
        @Nullable Instant reconciled,
        @Nullable Instant scheduled) {

    /** The clocks of the nodes agree to the minute; a time further ahead was written while a clock was wrong. */
    static final Duration CLOCKS_AGREE = Duration.ofMinutes(2);

    private ScheduleState(int failures, @Nullable Instant reconciled) {
        this(failures, reconciled, null);
    }

    /** A peer that was never read: its first run reads everything by itself. */
    static final ScheduleState NEW = new ScheduleState(0, null);

    /** A peer that was read before it came on the schedule. */
    static final ScheduleState READ_BEFORE = new ScheduleState(0, Instant.EPOCH);

    /** What the next run reads. The first reading, which may take several runs, goes on from its cursor. */
    SyncScope scope(SyncTimetable rhythm, Instant now) {
        return reconciled != null && (rhythm.isLongAgo(reconciled, now) || isAhead(reconciled, now))
                ? SyncScope.EVERYTHING
                : SyncScope.CHANGES;
    }

    /** Returns this standing with the time at which the next run was decided on. */
    ScheduleState scheduled(Instant now) {
        return new ScheduleState(failures, reconciled, now);
    }

    /** Returns whether the next run was decided on by a clock that was ahead of this one. */
    boolean isScheduledAhead(Instant now) {
        return scheduled != null && isAhead(scheduled, now);
    }

    private static boolean isAhead(Instant time, Instant now) {
        return time.isAfter(now.plus(CLOCKS_AGREE));
    }

    /** After a run that succeeded. */
    ScheduleState succeeded(SyncScope scope, Instant started) {
        return new ScheduleState(0, scope == SyncScope.EVERYTHING || reconciled == null ? started : reconciled);
    }

    /** After a run that the peer answered, but not to the end. */
    ScheduleState answered() {
        return new ScheduleState(0, reconciled);
    }

    /** After a run that failed. */
    ScheduleState failed() {
        return new ScheduleState(failures + 1, reconciled);
    }
}

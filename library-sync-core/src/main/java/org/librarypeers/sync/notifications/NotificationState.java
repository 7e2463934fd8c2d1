package org.librarypeers.sync.notifications;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The last report about one subject, so that nothing is reported twice.
 *
 * @param subject what the state is about, for example {@code peer 7}; unique
 * @param since when the state began
 * @param reported when it was reported last
 * @param number a number whose meaning depends on the subject, for example the last run that was taken into account
 */
public record NotificationState(String subject, Instant since, Instant reported, long number) {

    /** Truncates the times to microseconds, which every storage can keep. */
    public NotificationState {
        since = since.truncatedTo(ChronoUnit.MICROS);
        reported = reported.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns a copy that was reported at another time. */
    public NotificationState reportedAt(Instant time) {
        return new NotificationState(subject, since, time, number);
    }

    /** Returns a copy with another number. */
    public NotificationState withNumber(long another) {
        return new NotificationState(subject, since, reported, another);
    }
}

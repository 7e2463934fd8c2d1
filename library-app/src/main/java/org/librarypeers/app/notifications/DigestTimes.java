package org.librarypeers.app.notifications;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.librarypeers.sync.notifications.NotificationFrequency;

/**
 * The times at which digests are sent.
 *
 * @param hour the hour of the day, from 0 to 23
 * @param zone the time zone of the hour
 */
public record DigestTimes(int hour, ZoneId zone) {

    /** Returns the first time of a digest after another time. Weekly digests are sent on Mondays. */
    Instant next(NotificationFrequency frequency, Instant after) {
        ZonedDateTime start = after.atZone(zone);
        ZonedDateTime time = start.with(LocalTime.of(hour, 0));
        if (frequency == NotificationFrequency.WEEKLY) {
            time = time.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        }
        while (!time.isAfter(start)) {
            time = time.plusDays(frequency == NotificationFrequency.WEEKLY ? 7 : 1);
        }
        return time.toInstant();
    }
}

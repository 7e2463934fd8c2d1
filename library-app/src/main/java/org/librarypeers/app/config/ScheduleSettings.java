package org.librarypeers.app.config;

import java.time.Duration;

/**
 * The settings of scheduled syncs.
 *
 * @param enabled whether {@code serve} syncs peers automatically
 * @param interval the time between two scheduled syncs of a peer
 * @param windows the times of the day at which scheduled syncs may start
 */
public record ScheduleSettings(boolean enabled, Duration interval, SyncWindows windows) {

    /** Returns the settings of a configuration. */
    public static ScheduleSettings from(Configuration configuration) {
        return new ScheduleSettings(
                configuration.get(Settings.SYNC_SCHEDULE),
                Duration.ofHours(configuration.get(Settings.SYNC_EVERY_HOURS)),
                new SyncWindows(configuration.get(Settings.SYNC_WINDOWS), configuration.get(Settings.SYNC_TIME_ZONE)));
    }
}

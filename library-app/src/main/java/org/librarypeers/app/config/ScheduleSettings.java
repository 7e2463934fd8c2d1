package org.librarypeers.app.config;

import java.time.Duration;

/**
 * The settings of scheduled syncs.
 *
 * @param interval the time between two scheduled syncs of a peer
 */
public record ScheduleSettings(Duration interval) {

    /** Returns the settings of a configuration. */
    public static ScheduleSettings from(Configuration configuration) {
        return new ScheduleSettings(Duration.ofHours(configuration.get(Settings.SYNC_EVERY_HOURS)));
    }
}

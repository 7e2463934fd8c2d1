package org.librarypeers.app.config;

import java.time.Period;

/**
 * The times after which records are deleted. Zero keeps them.
 *
 * @param syncLogs the age of sync logs
 * @param runItems the age of the items of runs
 */
public record RetentionSettings(Period syncLogs, Period runItems) {

    /** Returns the settings of a configuration. */
    public static RetentionSettings from(Configuration configuration) {
        return new RetentionSettings(
                Period.ofDays(configuration.get(Settings.RETENTION_SYNC_LOG_DAYS)),
                Period.ofDays(configuration.get(Settings.RETENTION_RUN_ITEM_DAYS)));
    }
}

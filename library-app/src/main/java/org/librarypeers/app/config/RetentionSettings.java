package org.librarypeers.app.config;

import java.time.Period;

/**
 * The times after which records are deleted. Zero keeps them.
 *
 * @param syncLogs the age of sync logs
 * @param runItems the age of the items of runs
 * @param audit the age of the entries of the audit log
 * @param addresses the age of the addresses of clients in the audit log
 */
public record RetentionSettings(Period syncLogs, Period runItems, Period audit, Period addresses) {

    /** Returns the settings of a configuration. */
    public static RetentionSettings from(Configuration configuration) {
        return new RetentionSettings(
                Period.ofDays(configuration.get(Settings.RETENTION_SYNC_LOG_DAYS)),
                Period.ofDays(configuration.get(Settings.RETENTION_RUN_ITEM_DAYS)),
                Period.ofDays(configuration.get(Settings.RETENTION_AUDIT_DAYS)),
                Period.ofDays(configuration.get(Settings.RETENTION_ADDRESS_DAYS)));
    }
}

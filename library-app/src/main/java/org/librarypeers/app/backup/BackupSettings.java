package org.librarypeers.app.backup;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of scheduled backups.
 *
 * @param directory the folder of the backups
 * @param every the time between two backups, at least one minute
 * @param keep the number of backups to keep, from 1
 */
public record BackupSettings(Path directory, Duration every, int keep) {

    /** The default of {@link #every}: 1 day. */
    public static final Duration DEFAULT_EVERY = Duration.ofDays(1);

    /** The default of {@link #keep}: 7. */
    public static final int DEFAULT_KEEP = 7;

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if the time or the number is too small
     */
    public BackupSettings {
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("time between two backups is " + every + "; it must be at least PT1M");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("number of backups to keep is " + keep + "; it must be at least 1");
        }
    }
}

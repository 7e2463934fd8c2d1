package org.librarypeers.app.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/**
 * The settings of scheduled backups.
 *
 * @param directory the folder of the backups
 * @param every the time between two backups, at least one minute
 * @param keep the number of backups to keep, from 1
 * @param parts what the backups contain beside the database
 */
public record BackupSettings(Path directory, Duration every, int keep, Set<Backups.Part> parts) {

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if the time or the number is too small
     */
    public BackupSettings {
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("time between two backups is " + every + "; it must be at least PT1M");
        }
        parts = Set.copyOf(parts);
        if (keep < 1) {
            throw new IllegalArgumentException("number of backups to keep is " + keep + "; it must be at least 1");
        }
    }

    /** Returns the settings of a configuration, or an empty {@code Optional} if it names no folder. */
    public static Optional<BackupSettings> from(Configuration configuration) {
        return configuration
                .find(Settings.BACKUP_DIRECTORY)
                .map(directory -> new BackupSettings(
                        directory.toAbsolutePath().normalize(),
                        configuration.get(Settings.BACKUP_EVERY),
                        configuration.get(Settings.BACKUP_KEEP),
                        configuration.get(Settings.BACKUP_FILES)
                                ? EnumSet.allOf(Backups.Part.class)
                                : EnumSet.of(Backups.Part.SECRET_KEY)));
    }
}

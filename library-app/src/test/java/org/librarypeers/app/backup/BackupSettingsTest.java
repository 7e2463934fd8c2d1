package org.librarypeers.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

class BackupSettingsTest {

    private static final Configuration WITH_FOLDER =
            Configuration.defaults().with(Settings.BACKUP_DIRECTORY, "/var/backups/library");

    @Test
    void without_a_folder_no_backups_are_made() {
        assertThat(BackupSettings.from(Configuration.defaults())).isEmpty();
        assertThat(BackupSettings.from(WITH_FOLDER))
                .contains(new BackupSettings(
                        Path.of("/var/backups/library"), Duration.ofDays(1), 7, EnumSet.allOf(Backups.Part.class)));
    }

    @Test
    void the_uploaded_files_can_be_left_out() {
        assertThat(BackupSettings.from(WITH_FOLDER.with(Settings.BACKUP_FILES, "false")))
                .get()
                .extracting(BackupSettings::parts)
                .isEqualTo(EnumSet.of(Backups.Part.SECRET_KEY));
    }

    @Test
    void the_time_is_written_in_hours_or_days() {
        assertThat(WITH_FOLDER.with(Settings.BACKUP_EVERY, "12h").get(Settings.BACKUP_EVERY))
                .isEqualTo(Duration.ofHours(12));
        assertThat(WITH_FOLDER.with(Settings.BACKUP_EVERY, "7d").get(Settings.BACKUP_EVERY))
                .isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0h", "367d", "90m", "12", "h", "1 d", "-1d"})
    void other_times_are_refused(String text) {
        assertThatThrownBy(() -> WITH_FOLDER.with(Settings.BACKUP_EVERY, text))
                .hasMessageContaining("a number of hours or days from 1h to 366d");
    }
}

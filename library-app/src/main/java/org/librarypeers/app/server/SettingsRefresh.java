package org.librarypeers.app.server;

import java.time.Duration;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.app.config.EditableSettings;

/** Reads the settings that administrators change every few seconds, so that all nodes agree soon. No page waits for them. */
final class SettingsRefresh implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final BackgroundJob job = new BackgroundJob("settings");

    SettingsRefresh(EditableSettings settings) {
        job.start(PAUSE, PAUSE, () -> {
            settings.reload();
            return PAUSE;
        });
    }

    @Override
    public void close() {
        job.close();
    }
}

package org.librarypeers.app.wiring;

import java.io.IOException;
import java.util.function.Consumer;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.persistence.JpaStorage;

/** The configuration with what administrators have changed on the pages, for commands that do not open the library. */
public final class StoredConfiguration {

    private StoredConfiguration() {}

    /**
     * Reads the stored settings of a library. Changes nothing, but starts an embedded database that is not running, and
     * stops it again.
     *
     * @param failed receives the reason if there is a library, but its database cannot be read
     * @return the configuration with the stored values; without them if there is no library, or it cannot be read
     */
    public static Configuration of(LibrarySettings settings, Consumer<String> failed) {
        Configuration configured = settings.configuration();
        if (LibraryDatabase.isMissing(settings)) {
            return configured;
        }
        try {
            byte[] secretKey =
                    SecretKey.find(settings.secretKey(), settings.home()).orElse(null);
            return secretKey == null ? configured : read(settings, secretKey);
        } catch (IOException | RuntimeException e) {
            failed.accept(String.valueOf(e.getMessage()));
            return configured;
        }
    }

    private static Configuration read(LibrarySettings settings, byte[] secretKey) {
        try (LibraryDatabase database = LibraryDatabase.open(settings);
                JpaStorage storage = database.storage(secretKey)) {
            return storage.isNew() || storage.isOutdated()
                    ? settings.configuration()
                    : EditableSettings.merged(
                            settings.configuration(), storage.settings().all());
        }
    }
}

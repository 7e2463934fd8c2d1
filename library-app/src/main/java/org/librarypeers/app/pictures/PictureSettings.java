package org.librarypeers.app.pictures;

import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/**
 * The settings of pictures.
 *
 * @param fetch whether pictures are fetched at all
 * @param maxBytes the largest size of a picture, in bytes
 * @param concurrent the number of pictures that one node fetches at a time
 */
public record PictureSettings(boolean fetch, long maxBytes, int concurrent) {

    private static final long MIB = 1024L * 1024;

    /** Returns the settings of a configuration. */
    public static PictureSettings from(Configuration configuration) {
        return new PictureSettings(
                configuration.get(Settings.PICTURES_FETCH),
                configuration.get(Settings.PICTURES_MAX_MIB) * MIB,
                configuration.get(Settings.PICTURES_CONCURRENT));
    }
}

package org.librarypeers.app.links;

import java.time.Duration;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/**
 * The settings of the link checker.
 *
 * @param check whether links are checked at all
 * @param concurrent the number of links that one node checks at a time
 * @param pause the shortest time between two links of one host
 */
public record LinkSettings(boolean check, int concurrent, Duration pause) {

    /** Returns the settings of a configuration. */
    public static LinkSettings from(Configuration configuration) {
        return new LinkSettings(
                configuration.get(Settings.LINKS_CHECK),
                configuration.get(Settings.LINKS_CONCURRENT),
                Duration.ofSeconds(configuration.get(Settings.LINKS_HOST_PAUSE_SECONDS)));
    }
}

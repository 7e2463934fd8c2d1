package org.librarypeers.app.config;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the database.
 *
 * @param server the PostgreSQL server; null for the embedded one
 * @param poolSize the maximum number of connections
 */
public record DatabaseSettings(@Nullable DatabaseServer server, int poolSize) {

    /** Returns the settings of a configuration. */
    public static DatabaseSettings from(Configuration configuration) {
        DatabaseServer server = configuration
                .find(Settings.DB_URL)
                .map(url -> new DatabaseServer(
                        url,
                        configuration.find(Settings.DB_USER).orElse(null),
                        configuration.find(Settings.DB_PASSWORD).orElse(null)))
                .orElse(null);
        return new DatabaseSettings(server, configuration.get(Settings.DB_POOL_SIZE));
    }
}

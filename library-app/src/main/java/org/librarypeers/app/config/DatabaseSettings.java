package org.librarypeers.app.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the database.
 *
 * @param server the PostgreSQL server; null for the embedded one
 * @param poolSize the maximum number of connections to each server
 * @param replica the standby that answers reads; null for none
 */
public record DatabaseSettings(
        @Nullable DatabaseServer server,
        int poolSize,
        @Nullable ReadReplica replica) {

    /**
     * A standby that answers reads. It has the user and password of the server.
     *
     * @param url the JDBC URL
     * @param maxLag how long visitors who are not signed in may wait to see a change
     */
    public record ReadReplica(String url, Duration maxLag) {}

    /**
     * Returns the settings of a configuration.
     *
     * @throws InvalidConfigurationException if there is a standby but no server
     */
    public static DatabaseSettings from(Configuration configuration) {
        DatabaseServer server = configuration
                .find(Settings.DB_URL)
                .map(url -> new DatabaseServer(
                        url,
                        configuration.find(Settings.DB_USER).orElse(null),
                        configuration.find(Settings.DB_PASSWORD).orElse(null)))
                .orElse(null);
        ReadReplica replica = configuration
                .find(Settings.DB_READ_URL)
                .map(url ->
                        new ReadReplica(url, Duration.ofSeconds(configuration.get(Settings.DB_READ_MAX_LAG_SECONDS))))
                .orElse(null);
        if (replica != null && server == null) {
            throw new InvalidConfigurationException(
                    "db.read-url is set, but db.url is not; set db.url to the server that the standby follows");
        }
        return new DatabaseSettings(server, configuration.get(Settings.DB_POOL_SIZE), replica);
    }
}

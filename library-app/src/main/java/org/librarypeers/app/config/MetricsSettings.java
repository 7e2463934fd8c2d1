package org.librarypeers.app.config;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the metrics.
 *
 * @param token the token that readers send; null if the server of the pages has no metrics
 * @param host the host of a second listener
 * @param port the port of a second listener, 0 for any free port; null for none
 */
public record MetricsSettings(
        @Nullable String token, String host, @Nullable Integer port) {

    /** Returns the settings that are in force. */
    public static MetricsSettings from(Configuration configuration) {
        return new MetricsSettings(
                configuration.find(Settings.METRICS_TOKEN).orElse(null),
                configuration.get(Settings.METRICS_HOST),
                configuration.find(Settings.METRICS_PORT).orElse(null));
    }
}

package org.librarypeers.app.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the web server's addresses.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free port
 * @param baseUrl the scheme and host of all absolute addresses of the library, without a slash at the end; null to use those of
 *     the request
 * @param trustedProxies the addresses whose {@code Forwarded} and {@code X-Forwarded} headers are used
 */
public record ListenSettings(
        String host, int port, @Nullable URI baseUrl, List<AddressRange> trustedProxies) {

    /** Returns the settings of a configuration. */
    public static ListenSettings from(Configuration configuration) {
        return new ListenSettings(
                configuration.get(Settings.LISTEN_HOST),
                configuration.get(Settings.LISTEN_PORT),
                configuration.find(Settings.BASE_URL).orElse(null),
                configuration.get(Settings.TRUSTED_PROXIES));
    }
}

package org.librarypeers.app.config;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of connections to other sites.
 *
 * @param proxy the HTTP proxy; null for direct connections
 * @param user the user for the proxy; null if it needs none
 * @param password the password for the proxy; empty if it needs none
 * @param directHosts the hosts that are reached without the proxy
 * @param authorities the certificate authorities that are trusted in addition to those of Java
 */
public record OutgoingSettings(
        @Nullable InetSocketAddress proxy,
        @Nullable String user,
        String password,
        List<String> directHosts,
        List<X509Certificate> authorities) {

    /** Returns the settings of a configuration. */
    public static OutgoingSettings from(Configuration configuration) {
        return new OutgoingSettings(
                configuration.find(Settings.HTTP_PROXY).orElse(null),
                configuration.find(Settings.HTTP_PROXY_USER).orElse(null),
                configuration.find(Settings.HTTP_PROXY_PASSWORD).orElse(""),
                configuration.get(Settings.HTTP_DIRECT_HOSTS),
                configuration.find(Settings.HTTP_AUTHORITIES).orElse(List.of()));
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return "OutgoingSettings[" + proxy + ", " + user + ", " + directHosts + ", " + authorities.size()
                + " authorities]";
    }
}

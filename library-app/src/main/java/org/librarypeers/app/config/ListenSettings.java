package org.librarypeers.app.config;

/**
 * The settings of the web server's address.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free port
 */
public record ListenSettings(String host, int port) {

    /** Returns the settings of a configuration. */
    public static ListenSettings from(Configuration configuration) {
        return new ListenSettings(configuration.get(Settings.LISTEN_HOST), configuration.get(Settings.LISTEN_PORT));
    }
}

package org.librarypeers.app.notifications;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.MailSecurity;
import org.librarypeers.app.config.Settings;

/**
 * The settings of the server that sends mails.
 *
 * @param host the host of the SMTP server
 * @param port its port
 * @param security the encryption of the connection
 * @param user the user for the server; null if it needs none
 * @param password the password for the server; null if it needs none
 * @param from the address from which mails are sent
 */
public record MailSettings(
        String host,
        int port,
        MailSecurity security,
        @Nullable String user,
        @Nullable String password,
        String from) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final int STARTTLS_PORT = 587;
    private static final int TLS_PORT = 465;
    private static final int PLAIN_PORT = 25;

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if only one of user and password is set, or if the password would travel over a network
     *     without encryption
     */
    public MailSettings {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException(
                    user == null
                            ? "mail.password is set, but mail.user is not; set both or none"
                            : "mail.user is set, but mail.password is not; set both or none");
        }
        if (security == MailSecurity.NONE
                && password != null
                && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("mail.security is none, so the password would be sent to " + host
                    + " without encryption; set mail.security to starttls or tls");
        }
    }

    /**
     * Returns the settings of a configuration, or an empty {@code Optional} if it names no server.
     *
     * @throws IllegalArgumentException if it names a server but no sender, or under the conditions of the constructor
     */
    static Optional<MailSettings> from(Configuration configuration) {
        return configuration.find(Settings.MAIL_HOST).map(host -> {
            MailSecurity security = configuration.get(Settings.MAIL_SECURITY);
            return new MailSettings(
                    host,
                    configuration.find(Settings.MAIL_PORT).orElse(port(security)),
                    security,
                    configuration.find(Settings.MAIL_USER).orElse(null),
                    configuration.find(Settings.MAIL_PASSWORD).orElse(null),
                    configuration
                            .find(Settings.MAIL_FROM)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "mail.host is set, but mail.from is not; set it to the address from which mails are"
                                            + " sent")));
        });
    }

    private static int port(MailSecurity security) {
        return switch (security) {
            case STARTTLS -> STARTTLS_PORT;
            case TLS -> TLS_PORT;
            case NONE -> PLAIN_PORT;
        };
    }

    /** Returns the server, for messages. */
    public String server() {
        return host + ":" + port;
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return "MailSettings[" + server() + ", " + security + ", " + user + ", " + from + "]";
    }
}

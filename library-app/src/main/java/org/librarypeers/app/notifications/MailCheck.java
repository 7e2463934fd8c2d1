package org.librarypeers.app.notifications;

import java.util.Locale;
import javax.net.ssl.SSLContext;

/** A check of the mail server without an open library. */
public final class MailCheck {

    private MailCheck() {}

    /**
     * Connects to the mail server, encrypts the connection and signs in, if the settings say so.
     *
     * @param tls the certificate authorities to trust
     * @return a description of the connection
     * @throws DeliveryException if that fails; the message says what to do
     */
    public static String connect(MailSettings settings, SSLContext tls) throws DeliveryException {
        new Mailer(settings, settings::from, tls).check();
        String security = switch (settings.security()) {
            case STARTTLS, TLS -> "encrypted with " + settings.security().name().toLowerCase(Locale.ROOT);
            case NONE -> "not encrypted";
        };
        return settings.server() + ", " + security
                + (settings.user() == null ? ", without a user" : ", signed in as " + settings.user());
    }
}

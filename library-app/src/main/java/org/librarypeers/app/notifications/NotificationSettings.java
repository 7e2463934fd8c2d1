package org.librarypeers.app.notifications;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/**
 * The settings of notifications.
 *
 * @param mail the mail server; empty if no mails are sent
 * @param webhook the webhook; empty if it is not set up
 * @param digests the times of digests
 * @param baseUrl the address of the library, for links; null if it is not set
 * @param libraryName the name of the library
 * @param languages the languages of the library, the default first
 */
public record NotificationSettings(
        Optional<MailSettings> mail,
        Optional<WebhookSettings> webhook,
        DigestTimes digests,
        @Nullable URI baseUrl,
        String libraryName,
        List<String> languages) {

    /**
     * Returns the settings of a configuration.
     *
     * @throws IllegalArgumentException if a part of the settings of mails or of the webhook is missing
     */
    public static NotificationSettings from(Configuration configuration) {
        return new NotificationSettings(
                MailSettings.from(configuration),
                WebhookSettings.from(configuration),
                new DigestTimes(
                        configuration.get(Settings.NOTIFICATIONS_HOUR),
                        configuration.get(Settings.NOTIFICATIONS_TIME_ZONE)),
                configuration.find(Settings.BASE_URL).orElse(null),
                configuration.get(Settings.NAME),
                configuration.get(Settings.LANGUAGES));
    }

    /** Returns whether links that set a password can be mailed. Without a base URL, their host would not be known. */
    public boolean mailsLinks() {
        return mail.isPresent() && baseUrl != null;
    }
}

package org.librarypeers.app.notifications;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
 * @param library returns the present name and languages of the library
 */
public record NotificationSettings(
        Optional<MailSettings> mail,
        Optional<WebhookSettings> webhook,
        DigestTimes digests,
        @Nullable URI baseUrl,
        Supplier<Named> library) {

    /**
     * The name and the languages of a library.
     *
     * @param name the name
     * @param languages the languages, the default first
     */
    public record Named(String name, List<String> languages) {

        static Named of(Configuration configuration) {
            return new Named(configuration.get(Settings.NAME), configuration.get(Settings.LANGUAGES));
        }
    }

    /**
     * Returns the settings of a configuration that does not change.
     *
     * @throws IllegalArgumentException if a part of the settings of mails or of the webhook is missing
     */
    public static NotificationSettings from(Configuration configuration) {
        return from(configuration, () -> configuration);
    }

    /**
     * Returns the settings of a configuration.
     *
     * @param current returns the configuration with what administrators have changed since
     * @throws IllegalArgumentException if a part of the settings of mails or of the webhook is missing
     */
    public static NotificationSettings from(Configuration configuration, Supplier<Configuration> current) {
        return new NotificationSettings(
                MailSettings.from(configuration),
                WebhookSettings.from(configuration),
                new DigestTimes(
                        configuration.get(Settings.NOTIFICATIONS_HOUR),
                        configuration.get(Settings.NOTIFICATIONS_TIME_ZONE)),
                configuration.find(Settings.BASE_URL).orElse(null),
                () -> Named.of(current.get()));
    }

    /** Returns the name of the library. */
    String libraryName() {
        return library.get().name();
    }

    /** Returns the languages of the library, the default first. */
    List<String> languages() {
        return library.get().languages();
    }

    /** Returns whether links that set a password can be mailed. Without a base URL, their host would not be known. */
    public boolean mailsLinks() {
        return mail.isPresent() && baseUrl != null;
    }
}

package org.librarypeers.app.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.PasswordCost;
import org.librarypeers.app.backup.BackupSettings;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.DatabaseSettings;
import org.librarypeers.app.config.FileStoreKind;
import org.librarypeers.app.config.ListenSettings;
import org.librarypeers.app.config.LogSettings;
import org.librarypeers.app.config.MetricsSettings;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.app.config.RetentionSettings;
import org.librarypeers.app.config.ScheduleSettings;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.links.LinkSettings;
import org.librarypeers.app.notifications.NotificationSettings;
import org.librarypeers.app.pictures.PictureSettings;
import org.librarypeers.app.s3.S3Settings;

/**
 * The settings of a library, as typed values by topic. Immutable.
 *
 * @param configuration the values that are in force
 * @param passwordCost the work that hashing a password takes
 */
public record LibrarySettings(Configuration configuration, PasswordCost passwordCost) {

    private static final long MIB = 1024L * 1024;

    /** Creates settings with the default cost of passwords. */
    public LibrarySettings(Configuration configuration) {
        this(configuration, PasswordCost.DEFAULT);
    }

    /** Returns the default settings of a library in a directory. */
    public static LibrarySettings in(Path home) {
        return new LibrarySettings(Configuration.defaults()).with(Settings.HOME, home.toString());
    }

    /**
     * Returns these settings with another value, as a person would write it.
     *
     * @throws IllegalArgumentException if the text is not valid
     */
    public LibrarySettings with(Setting<?> setting, String text) {
        return new LibrarySettings(configuration.with(setting, text), passwordCost);
    }

    /** Returns the absolute path of the directory of this library's files. */
    public Path home() {
        return configuration.get(Settings.HOME).toAbsolutePath().normalize();
    }

    /** Returns the name of this library on its pages. */
    public String name() {
        return configuration.get(Settings.NAME);
    }

    /** Returns the languages of this library, the default one first. */
    public List<String> languages() {
        return configuration.get(Settings.LANGUAGES);
    }

    /**
     * Returns the e-mail or web address at which administrators of other sites reach the person who runs this library; null if
     * not set.
     */
    public @Nullable String contact() {
        return configuration.find(Settings.CONTACT).orElse(null);
    }

    /** Returns the key that encrypts stored secrets, as 64 hexadecimal digits; null if it is in a file under home. */
    public @Nullable String secretKey() {
        return configuration.find(Settings.SECRET_KEY).orElse(null);
    }

    /** Returns the number of API requests that an account may make in any hour; 0 for no limit. */
    public int requestsPerHour() {
        return configuration.get(Settings.API_REQUESTS_PER_HOUR);
    }

    /** Returns the maximum size of an uploaded file, in bytes. */
    public long maxUploadBytes() {
        return configuration.get(Settings.MAX_UPLOAD_MIB) * MIB;
    }

    /** Returns the maximum size of one upload of bundles, in bytes. */
    public long maxBundleBytes() {
        return configuration.get(Settings.BUNDLES_MAX_UPLOAD_MIB) * MIB;
    }

    /** Returns where uploaded files are stored. */
    public FileStoreKind fileStore() {
        return configuration.get(Settings.FILES_STORE);
    }

    /**
     * Returns the settings of the object store, or an empty {@code Optional} if they name no bucket.
     *
     * @throws IllegalArgumentException if a part of the key is missing
     */
    public Optional<S3Settings> s3() {
        return S3Settings.from(configuration);
    }

    /** Returns the settings of the database. */
    public DatabaseSettings database() {
        return DatabaseSettings.from(configuration);
    }

    /** Returns the settings of the web server's address. */
    public ListenSettings listen() {
        return ListenSettings.from(configuration);
    }

    /** Returns the settings of connections to other sites. */
    public OutgoingSettings outgoing() {
        return OutgoingSettings.from(configuration);
    }

    /** Returns the settings of logs. */
    public LogSettings log() {
        return LogSettings.from(configuration);
    }

    /** Returns the settings of the metrics. */
    public MetricsSettings metrics() {
        return MetricsSettings.from(configuration);
    }

    /** Returns the times after which records are deleted. */
    public RetentionSettings retention() {
        return RetentionSettings.from(configuration);
    }

    /** Returns the settings of scheduled backups, or an empty {@code Optional} if none are made. */
    public Optional<BackupSettings> backups() {
        return BackupSettings.from(configuration);
    }

    /**
     * Returns the settings of notifications.
     *
     * @throws IllegalArgumentException if a part of the settings of mails or of the webhook is missing
     */
    public NotificationSettings notifications() {
        return NotificationSettings.from(configuration);
    }

    /** Returns the settings of pictures. */
    public PictureSettings pictures() {
        return PictureSettings.from(configuration);
    }

    /** Returns the settings of the link checker. */
    public LinkSettings links() {
        return LinkSettings.from(configuration);
    }

    /** Returns the settings of scheduled syncs. */
    public ScheduleSettings schedule() {
        return ScheduleSettings.from(configuration);
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return "LibrarySettings[" + home() + ", "
                + (database().server() == null
                        ? "embedded database"
                        : database().server()) + ", " + languages() + "]";
    }
}

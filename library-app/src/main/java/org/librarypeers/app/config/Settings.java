package org.librarypeers.app.config;

import static org.librarypeers.app.config.SettingType.list;
import static org.librarypeers.app.config.SettingType.oneOf;
import static org.librarypeers.app.config.SettingType.path;
import static org.librarypeers.app.config.SettingType.secret;
import static org.librarypeers.app.config.SettingType.text;
import static org.librarypeers.app.config.SettingType.trueOrFalse;
import static org.librarypeers.app.config.SettingType.wholeNumber;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The list of all settings. A declaration is all that a new setting needs: its environment variable, its checks, {@code library
 * config} and the table in {@code docs/configuration.md} follow from it.
 */
public final class Settings {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST = 999_999;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HOURS_OF_A_WEEK = 168;
    private static final int LAST_HOUR = 23;
    private static final int SECONDS_OF_AN_HOUR = 3_600;
    private static final int SMALLEST_POOL = 4;
    private static final int LARGEST_POOL = 1_000;
    private static final int LARGEST_PICTURE_MIB = 100;
    private static final int MOST_PICTURES = 32;
    private static final int MOST_LINKS = 32;

    // The library

    public static final Setting<Path> HOME =
            setting("home", path("a directory"), "data", "Directory of the library's files.");

    public static final Setting<String> NAME =
            setting("name", text(LONGEST_NAME), "Our library", "Name of the library on its pages.");

    public static final Setting<List<String>> LANGUAGES = setting(
            "languages",
            SpecialTypes.languages(),
            "en,es,pt-br",
            "Languages that forms offer, the default first. Readers get a text in their own language, or else in the first"
                    + " of these languages that the text has. Texts in other languages are stored and passed on, and are"
                    + " shown only if there is no other.");

    public static final Setting<String> CONTACT = setting(
            "contact",
            SpecialTypes.contact(),
            null,
            "Where administrators of other sites can reach you; sent in the header `User-Agent` with the name and"
                    + " version of this program. If it is not set, the header names the account that the peer gave you.");

    public static final Setting<String> SECRET_KEY = setting(
            "secret-key",
            SpecialTypes.key(),
            null,
            "Key that encrypts stored secrets, instead of the file `secret.key` in the home.");

    public static final Setting<Integer> MAX_UPLOAD_MIB =
            setting("max-upload-mib", wholeNumber(0, MOST), "100", "Size limit of an uploaded file, in MiB.");

    public static final Setting<Integer> BUNDLES_MAX_UPLOAD_MIB = setting(
            "bundles.max-upload-mib",
            wholeNumber(0, MOST),
            "4096",
            "Size limit of one upload of bundles, in MiB. While they are uploaded, the disk of the"
                    + " home needs twice their size.");

    public static final Setting<Integer> API_REQUESTS_PER_HOUR = setting(
            "api.requests-per-hour",
            wholeNumber(0, MOST),
            "1000",
            "Number of requests that each account may send to `resource/` addresses in any hour; 0 means no limit.");

    // Uploaded files

    public static final Setting<FileStoreKind> FILES_STORE = setting(
            "files.store",
            oneOf(FileStoreKind.class),
            "disk",
            "Where uploaded files are stored: `disk`, in the folder `files` of the home, or `s3`, in the bucket"
                    + " `files.s3.bucket`. Files that are only in the other place can still be read.");

    public static final Setting<String> FILES_S3_BUCKET = setting(
            "files.s3.bucket",
            SpecialTypes.bucket(),
            null,
            "Bucket of an S3-compatible object store for uploaded files.");

    public static final Setting<URI> FILES_S3_ENDPOINT = setting(
            "files.s3.endpoint",
            SpecialTypes.webOrigin(),
            null,
            "Address of the object store; if it is not set, that of Amazon S3 in `files.s3.region`. It is reached without"
                    + " the proxy.");

    public static final Setting<String> FILES_S3_REGION = setting(
            "files.s3.region",
            SpecialTypes.region(),
            "us-east-1",
            "Region of the bucket; many other stores accept any.");

    public static final Setting<String> FILES_S3_ACCESS_KEY = setting(
            "files.s3.access-key",
            text(LONGEST_TEXT),
            null,
            "Id of the key for the bucket. Without it, the variables `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, a"
                    + " profile of the AWS tools or the role of the machine is used.");

    public static final Setting<String> FILES_S3_SECRET_KEY =
            setting("files.s3.secret-key", secret(), null, "Secret of that key.");

    public static final Setting<String> FILES_S3_PREFIX = setting(
            "files.s3.prefix",
            SpecialTypes.objectPrefix(),
            null,
            "Folder in the bucket, so that several libraries can share one, for example `library/files`.");

    public static final Setting<Boolean> FILES_S3_PATH_STYLE = setting(
            "files.s3.path-style",
            trueOrFalse(),
            null,
            "Whether addresses name the bucket in their path, not in their host; if it is not set, `true` if"
                    + " `files.s3.endpoint` is set.");

    // The web server

    public static final Setting<String> LISTEN_HOST = setting(
            "listen.host",
            text(LONGEST_TEXT),
            "127.0.0.1",
            "Address that `serve` listens on; `0.0.0.0` for all addresses of the machine.");

    public static final Setting<Integer> LISTEN_PORT = setting(
            "listen.port", wholeNumber(0, HIGHEST_PORT), "8080", "Port that `serve` listens on; 0 for any free port.");

    public static final Setting<URI> BASE_URL = setting(
            "base-url",
            SpecialTypes.webOrigin(),
            null,
            "Address of the library for readers and peers; links, feeds, the sitemap and e-mails use it instead of the"
                    + " host that a request names.");

    public static final Setting<List<AddressRange>> TRUSTED_PROXIES = setting(
            "trusted-proxies",
            SpecialTypes.addressRanges(),
            "127.0.0.0/8,::1",
            "Proxies whose headers `Forwarded` and `X-Forwarded-*` are used; those of all other clients are ignored.");

    // Monitoring

    public static final Setting<String> METRICS_TOKEN = setting(
            "metrics.token",
            secret("a token of at least 16 characters without blanks", text -> {
                if (!text.strip().matches("[!-~]{16,}")) {
                    throw new IllegalArgumentException();
                }
                return text.strip();
            }),
            null,
            "Token that `GET /metrics` requires, in the header `Authorization: Bearer`; without it, that address does not exist.");

    public static final Setting<Integer> METRICS_PORT = setting(
            "metrics.port",
            wholeNumber(0, HIGHEST_PORT),
            null,
            "Port of a second listener, which has the metrics only and needs no token; 0 for any free port.");

    public static final Setting<String> METRICS_HOST =
            setting("metrics.host", text(LONGEST_NAME), "127.0.0.1", "Address that this second listener listens on.");

    // The database

    public static final Setting<String> DB_URL = setting(
            "db.url",
            SpecialTypes.jdbcUrl(),
            null,
            "PostgreSQL server to use instead of the embedded one; commas separate several hosts of a cluster.");

    public static final Setting<String> DB_USER = setting("db.user", text(LONGEST_TEXT), null, "User for that server.");

    public static final Setting<String> DB_PASSWORD =
            setting("db.password", secret(), null, "Password for that server.");

    public static final Setting<Integer> DB_POOL_SIZE = setting(
            "db.pool-size",
            wholeNumber(SMALLEST_POOL, LARGEST_POOL),
            "10",
            "Largest number of connections that one process opens to the database, and as many to the standby of `db.read-url`.");

    public static final Setting<String> DB_READ_URL = setting(
            "db.read-url",
            SpecialTypes.jdbcUrl(),
            null,
            "Standby of that server that answers public pages, lists, searches and feeds, with the same user and password;"
                    + " without it, the server answers all.");

    public static final Setting<Integer> DB_READ_MAX_LAG_SECONDS = setting(
            "db.read-max-lag-seconds",
            wholeNumber(1, SECONDS_OF_AN_HOUR),
            "60",
            "How long visitors who are not signed in may wait to see a change, in seconds; beyond it, the standby is not"
                    + " used.");

    // Scheduled syncs

    public static final Setting<Boolean> SYNC_SCHEDULE =
            setting("sync.schedule", trueOrFalse(), "true", "Whether `serve` syncs peers automatically.");

    public static final Setting<Integer> SYNC_EVERY_HOURS = setting(
            "sync.every-hours",
            wholeNumber(1, HOURS_OF_A_WEEK),
            "6",
            "Time between two scheduled syncs of a peer, in hours.");

    public static final Setting<Integer> SYNC_CONCURRENT = setting(
            "sync.concurrent",
            wholeNumber(1, LARGEST_POOL),
            null,
            "Number of syncs that run at a time on one node, scheduled ones and those that people start together; at most"
                    + " `db.pool-size` minus 2. If it is not set, 4, or 2 or 3 with a smaller pool.");

    public static final Setting<List<SyncWindows.Window>> SYNC_WINDOWS = setting(
            "sync.windows",
            SpecialTypes.syncWindows(),
            "any",
            "Times at which scheduled syncs may start; a sync that has started runs to its end.");

    public static final Setting<ZoneId> SYNC_TIME_ZONE =
            setting("sync.time-zone", SpecialTypes.timeZone(), "UTC", "Time zone of `sync.windows`.");

    // Connections to other sites

    public static final Setting<InetSocketAddress> HTTP_PROXY = setting(
            "http.proxy",
            SpecialTypes.hostAndPort(),
            null,
            "HTTP proxy through which peers, the hosts of pictures and the webhook are reached.");

    public static final Setting<String> HTTP_PROXY_USER =
            setting("http.proxy-user", text(LONGEST_TEXT), null, "User for the proxy.");

    public static final Setting<String> HTTP_PROXY_PASSWORD =
            setting("http.proxy-password", secret(), null, "Password for the proxy.");

    public static final Setting<List<String>> HTTP_DIRECT_HOSTS = setting(
            "http.direct-hosts",
            list("host names or addresses, separated by commas", Function.identity()),
            "localhost,127.0.0.1,::1",
            "Hosts that are reached without the proxy; a name includes all names below it.");

    public static final Setting<List<X509Certificate>> HTTP_AUTHORITIES = setting(
            "http.authorities",
            SpecialTypes.authorities(),
            null,
            "Certificate authorities to trust for connections to peers, hosts of pictures, the webhook, the mail server and the object store,"
                    + " in addition to those that Java trusts.");

    // Pictures

    public static final Setting<Boolean> PICTURES_FETCH = setting(
            "pictures.fetch",
            trueOrFalse(),
            "true",
            "Whether `serve` fetches the pictures that resources name. Without it, pages show those that were fetched before,"
                    + " and drawings for the others.");

    public static final Setting<Integer> PICTURES_MAX_MIB =
            setting("pictures.max-mib", wholeNumber(1, LARGEST_PICTURE_MIB), "10", "Size limit of a picture, in MiB.");

    public static final Setting<Integer> PICTURES_CONCURRENT = setting(
            "pictures.concurrent",
            wholeNumber(1, MOST_PICTURES),
            "4",
            "Number of pictures that one node fetches at a time; at most two of them from one host.");

    // Links

    public static final Setting<Boolean> LINKS_CHECK = setting(
            "links.check",
            trueOrFalse(),
            "false",
            "Whether `serve` checks in the background if the links of public resources work. Hosts receive a few requests a month"
                    + " for each link.");

    public static final Setting<Integer> LINKS_CONCURRENT = setting(
            "links.concurrent",
            wholeNumber(1, MOST_LINKS),
            "2",
            "Number of links that one node checks at a time; never two of one host.");

    public static final Setting<Integer> LINKS_HOST_PAUSE_SECONDS = setting(
            "links.host-pause-seconds",
            wholeNumber(1, SECONDS_OF_AN_HOUR),
            "10",
            "Shortest time between the checks of two links of one host, in seconds.");

    // Notifications

    public static final Setting<String> MAIL_HOST = setting(
            "mail.host",
            text(LONGEST_NAME),
            null,
            "SMTP server that sends mails; it needs `mail.from`. Without it, none are sent.");

    public static final Setting<Integer> MAIL_PORT = setting(
            "mail.port",
            wholeNumber(1, HIGHEST_PORT),
            null,
            "Port of that server; if it is not set, 587 with `starttls`, 465 with `tls`, and 25 with `none`.");

    public static final Setting<MailSecurity> MAIL_SECURITY = setting(
            "mail.security",
            oneOf(MailSecurity.class),
            "starttls",
            "Encryption of the connection: `starttls`, `tls` from the start, or `none`, which permits a password only on"
                    + " the machine itself.");

    public static final Setting<String> MAIL_USER =
            setting("mail.user", text(LONGEST_TEXT), null, "User for that server, if it needs one.");

    public static final Setting<String> MAIL_PASSWORD =
            setting("mail.password", secret(), null, "Password for that server.");

    public static final Setting<String> MAIL_FROM =
            setting("mail.from", SpecialTypes.mailAddress(), null, "Address from which mails are sent.");

    public static final Setting<URI> WEBHOOK_URL = setting(
            "webhook.url",
            SpecialTypes.webhook(),
            null,
            "Address to which each notification is posted as JSON; it needs `webhook.secret`. Without it, none are"
                    + " posted.");

    public static final Setting<byte[]> WEBHOOK_SECRET = setting(
            "webhook.secret",
            SpecialTypes.webhookSecret(),
            null,
            "Secret that signs these requests, in the form of the Standard Webhooks specification.");

    public static final Setting<Integer> NOTIFICATIONS_HOUR = setting(
            "notifications.hour",
            wholeNumber(0, LAST_HOUR),
            "7",
            "Hour of the day from which digests are sent; weekly ones are sent on Mondays.");

    public static final Setting<ZoneId> NOTIFICATIONS_TIME_ZONE =
            setting("notifications.time-zone", SpecialTypes.timeZone(), "UTC", "Time zone of `notifications.hour`.");

    // Logs

    public static final Setting<LogSettings.Level> LOG_LEVEL = setting(
            "log.level",
            oneOf(LogSettings.Level.class),
            "info",
            "Least important messages in the log, which goes to standard error.");

    public static final Setting<LogSettings.Format> LOG_FORMAT = setting(
            "log.format", oneOf(LogSettings.Format.class), "text", "Form of the lines in the log and the access log.");

    public static final Setting<LogSettings.AccessLog> ACCESS_LOG = setting(
            "access-log",
            SpecialTypes.accessLog(),
            "off",
            "Where `serve` writes a line for each request; `yyyy_mm_dd` in the name of a file stands for the date.");

    // Scheduled backups

    public static final Setting<Path> BACKUP_DIRECTORY = setting(
            "backup.directory",
            path("a directory"),
            null,
            "Directory in which `serve` makes backups; without it, none are made.");

    public static final Setting<Duration> BACKUP_EVERY =
            setting("backup.every", SpecialTypes.hoursOrDays(), "1d", "Time between two scheduled backups.");

    public static final Setting<Integer> BACKUP_KEEP = setting(
            "backup.keep", wholeNumber(1, MOST), "7", "Number of scheduled backups to keep; older ones are deleted.");

    public static final Setting<Boolean> BACKUP_FILES = setting(
            "backup.files",
            trueOrFalse(),
            "true",
            "Whether scheduled backups contain the uploaded files; `false` if the object store is backed up by other means.");

    // Retention

    public static final Setting<Integer> RETENTION_SYNC_LOG_DAYS = setting(
            "retention.sync-log-days",
            wholeNumber(0, MOST),
            "0",
            "Number of days after which the logs of runs and their items are deleted; 0 keeps them.");

    public static final Setting<Integer> RETENTION_RUN_ITEM_DAYS = setting(
            "retention.run-item-days",
            wholeNumber(0, MOST),
            "0",
            "Number of days after which the items of runs are deleted, while their counts stay in the sync log; 0"
                    + " keeps them.");

    public static final Setting<Integer> RETENTION_AUDIT_DAYS = setting(
            "retention.audit-days",
            wholeNumber(0, MOST),
            "0",
            "Number of days after which entries of the audit log are deleted; 0 keeps them.");

    public static final Setting<Integer> RETENTION_ADDRESS_DAYS = setting(
            "retention.address-days",
            wholeNumber(0, MOST),
            "90",
            "Number of days after which addresses are deleted: dated files of the access log, those of clients in the"
                    + " audit log, whose entries stay, and those of readers in closed reports; 0 keeps them.");

    private Settings() {}

    /** Declares a setting. Settings are documented in the order of their declarations. */
    private static <T> Setting<T> setting(
            String name, SettingType<T> type, @Nullable String defaultText, String description) {
        Setting<T> setting = new Setting<>(name, type, defaultText, description);
        ALL.add(setting);
        return setting;
    }

    /** Returns all settings, in the order of their declarations. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Returns the setting with this name, or an empty {@code Optional} if there is no such setting. */
    static Optional<Setting<?>> find(String name) {
        return all().stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    /**
     * Returns the setting with this name.
     *
     * @throws IllegalArgumentException if there is no such setting; the message suggests the nearest name
     */
    public static Setting<?> named(String name) {
        return find(name)
                .orElseThrow(() -> new InvalidConfigurationException(
                        "there is no setting '" + name + "'; did you mean " + nearest(name) + "?"));
    }

    private static String nearest(String name) {
        return NearestName.of(name, all().stream().map(Setting::name).toList());
    }
}

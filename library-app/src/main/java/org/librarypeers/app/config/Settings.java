package org.librarypeers.app.config;

import static org.librarypeers.app.config.SettingType.list;
import static org.librarypeers.app.config.SettingType.matching;
import static org.librarypeers.app.config.SettingType.path;
import static org.librarypeers.app.config.SettingType.secret;
import static org.librarypeers.app.config.SettingType.text;
import static org.librarypeers.app.config.SettingType.wholeNumber;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;

/**
 * The list of all settings. A declaration is all that a new setting needs: its environment variable, its checks, {@code library
 * config} and the table in {@code docs/configuration.md} follow from it.
 */
public final class Settings {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    private static final int LONGEST_NAME = 100;
    private static final int MOST = 999_999;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HOURS_OF_A_WEEK = 168;

    private static final SettingType<String> JDBC_URL = matching(
                    "a PostgreSQL address that starts with 'jdbc:postgresql:', for example"
                            + " jdbc:postgresql://db.example.org/library",
                    Pattern.compile("jdbc:postgresql:\\S*"))
            .masking(Pattern.compile("(//)[^/?#]*(?=@)|([?&]\\w*password=)[^&]*", Pattern.CASE_INSENSITIVE));

    private static final SettingType<String> CONTACT_ADDRESS = matching(
            "an e-mail address or a web address of up to 200 ASCII characters, for example library@example.org or"
                    + " https://example.org/contact",
            Pattern.compile("(?=.{1,200}$)(?:https?://[!-~&&[^()]]+|[!-~&&[^()<>@,;:\\\"]]+@[A-Za-z0-9.-]+)"));

    // The library

    public static final Setting<Path> HOME =
            setting("home", path("a directory"), "data", "Directory of the library's files.");

    public static final Setting<String> NAME =
            setting("name", text(LONGEST_NAME), "Our library", "Name of the library on its pages.");

    public static final Setting<List<String>> LANGUAGES = setting(
            "languages",
            list("one or more language codes, for example en,es", LocalizedText::language),
            "en,es,pt-br",
            "Languages that forms offer, the default language first; readers get texts in this order if there is none in their own"
                    + " language.");

    public static final Setting<String> CONTACT = setting(
            "contact",
            CONTACT_ADDRESS,
            null,
            "Where administrators of other sites can reach you; requests to peers contain it in the header `User-Agent`.");

    public static final Setting<String> SECRET_KEY = setting(
            "secret-key",
            secret("64 hexadecimal digits", text -> {
                if (!text.strip().matches("[0-9a-fA-F]{64}")) {
                    throw new IllegalArgumentException();
                }
                return text.strip();
            }),
            null,
            "Key that encrypts stored secrets, instead of the file `secret.key` in the home.");

    public static final Setting<Integer> MAX_UPLOAD_MIB =
            setting("max-upload-mib", wholeNumber(0, MOST), "100", "Size limit of an uploaded file, in MiB.");

    public static final Setting<Integer> API_REQUESTS_PER_HOUR = setting(
            "api.requests-per-hour",
            wholeNumber(0, MOST),
            "1000",
            "Number of requests that each account may send to `resource/` addresses in any hour; 0 means no limit.");

    // The web server

    public static final Setting<String> LISTEN_HOST = setting(
            "listen.host",
            text(LONGEST_NAME),
            "127.0.0.1",
            "Address that `serve` listens on; `0.0.0.0` for all addresses of the machine.");

    public static final Setting<Integer> LISTEN_PORT = setting(
            "listen.port", wholeNumber(0, HIGHEST_PORT), "8080", "Port that `serve` listens on; 0 for any free port.");

    // The database

    public static final Setting<String> DB_URL =
            setting("db.url", JDBC_URL, null, "PostgreSQL server to use instead of the embedded one.");

    public static final Setting<String> DB_USER = setting("db.user", text(MOST), null, "User for that server.");

    public static final Setting<String> DB_PASSWORD =
            setting("db.password", secret(), null, "Password for that server.");

    // Scheduled syncs

    public static final Setting<Integer> SYNC_EVERY_HOURS = setting(
            "sync.every-hours",
            wholeNumber(1, HOURS_OF_A_WEEK),
            "6",
            "Time between two scheduled syncs of a peer, in hours.");

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

    /** Returns the setting with this name, or an empty {@code Optional} if there is none. */
    public static Optional<Setting<?>> find(String name) {
        return all().stream().filter(setting -> setting.name().equals(name)).findFirst();
    }
}

package org.librarypeers.app.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.PasswordCost;
import org.librarypeers.domain.LocalizedText;

/**
 * The settings of a library.
 *
 * @param home the directory of this library's files
 * @param name the name of this library on its pages
 * @param server the PostgreSQL server; null for the embedded one
 * @param secretKey the key that encrypts stored secrets, as 64 hexadecimal digits; null if it is in a file under home
 * @param languages the languages of this library, the default one first
 * @param requestsPerHour the number of API requests that an account may make in any hour; 0 for no limit
 * @param maxUploadBytes the maximum size of an uploaded file, in bytes
 * @param syncEvery the interval between scheduled syncs of a peer
 * @param contact the e-mail or web address at which administrators of other sites reach the person who runs this
 *     library; null if not set
 * @param passwordCost the work that hashing a password takes
 */
public record LibrarySettings(
        Path home,
        String name,
        @Nullable DatabaseServer server,
        @Nullable String secretKey,
        List<String> languages,
        int requestsPerHour,
        long maxUploadBytes,
        Duration syncEvery,
        @Nullable String contact,
        PasswordCost passwordCost) {

    private static final String DEFAULT_LANGUAGES = "en,es,pt-br";
    private static final String DEFAULT_NAME = "Our library";
    private static final int LONGEST_NAME = 100;
    private static final int DEFAULT_REQUESTS = 1_000;
    private static final int DEFAULT_UPLOAD_MIB = 100;
    private static final int DEFAULT_SYNC_HOURS = 6;
    private static final int MAX_SYNC_HOURS = 168;
    private static final Pattern CONTACT =
            Pattern.compile("(?=.{1,200}$)(?:https?://[!-~&&[^()]]+|[!-~&&[^()<>@,;:\\\"]]+@[A-Za-z0-9.-]+)");
    private static final char REPLACEMENT = '\uFFFD';
    private static final long MIB = 1024L * 1024;

    /** Creates settings with the default name and limits. */
    public LibrarySettings(
            Path home, @Nullable DatabaseServer server, @Nullable String secretKey, List<String> languages) {
        this(
                home,
                DEFAULT_NAME,
                server,
                secretKey,
                languages,
                DEFAULT_REQUESTS,
                DEFAULT_UPLOAD_MIB * MIB,
                Duration.ofHours(DEFAULT_SYNC_HOURS),
                null,
                PasswordCost.DEFAULT);
    }

    /**
     * A database on a server.
     *
     * @param url the JDBC URL
     * @param user the user; null if the URL contains it
     * @param password the password; null if none is needed
     */
    public record DatabaseServer(
            String url, @Nullable String user, @Nullable String password) {

        /** Returns the URL without its parameters, and the user. Never contains the password. */
        @Override
        public String toString() {
            return url.replaceAll("[?].*", "") + " as " + user;
        }
    }

    /**
     * Reads the settings from the environment.
     *
     * @param home the directory from the command line; null for {@code LIBRARY_HOME}, or {@code ./data} if that is not
     *     set
     * @param variables the environment variables; a blank one counts as not set: {@code LIBRARY_HOME},
     *     {@code LIBRARY_NAME}, {@code LIBRARY_DB_URL}, {@code LIBRARY_DB_USER}, {@code LIBRARY_DB_PASSWORD},
     *     {@code LIBRARY_SECRET_KEY}, {@code LIBRARY_LANGUAGES}, {@code LIBRARY_API_REQUESTS_PER_HOUR},
     *     {@code LIBRARY_MAX_UPLOAD_MIB}, {@code LIBRARY_SYNC_EVERY_HOURS}, {@code LIBRARY_CONTACT}
     * @throws IllegalArgumentException if one of them is invalid
     */
    public static LibrarySettings read(@Nullable Path home, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.values().removeIf(String::isBlank);
        requireReadable(environment);
        Path chosen = home != null ? home : Path.of(environment.getOrDefault("LIBRARY_HOME", "data"));
        String url = environment.get("LIBRARY_DB_URL");
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "LIBRARY_DB_URL does not start with 'jdbc:postgresql:'; write, for example,"
                            + " jdbc:postgresql://db.example.org/library");
        }
        DatabaseServer server = url == null
                ? null
                : new DatabaseServer(url, environment.get("LIBRARY_DB_USER"), environment.get("LIBRARY_DB_PASSWORD"));
        List<String> languages = languages(environment.getOrDefault("LIBRARY_LANGUAGES", DEFAULT_LANGUAGES));
        return new LibrarySettings(
                chosen.toAbsolutePath().normalize(),
                name(environment.getOrDefault("LIBRARY_NAME", DEFAULT_NAME)),
                server,
                environment.get("LIBRARY_SECRET_KEY"),
                languages,
                number(environment, "LIBRARY_API_REQUESTS_PER_HOUR", DEFAULT_REQUESTS),
                number(environment, "LIBRARY_MAX_UPLOAD_MIB", DEFAULT_UPLOAD_MIB) * MIB,
                syncEvery(environment.getOrDefault("LIBRARY_SYNC_EVERY_HOURS", String.valueOf(DEFAULT_SYNC_HOURS))),
                contact(environment.get("LIBRARY_CONTACT")),
                PasswordCost.DEFAULT);
    }

    /**
     * Throws if a value contains U+FFFD. Its characters were lost before the program read them, and a name or path
     * would be wrong.
     */
    private static void requireReadable(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith("LIBRARY_") && value.indexOf(REPLACEMENT) >= 0) {
                throw new IllegalArgumentException(
                        name + " has characters that could not be decoded (U+FFFD); set it as UTF-8,"
                                + " and start the program with the script 'library' or with LC_ALL=C.UTF-8");
            }
        });
    }

    private static String name(String value) {
        String name = value.strip();
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "LIBRARY_NAME is not valid; it must have 1 to " + LONGEST_NAME + " characters on one line");
        }
        return name;
    }

    private static @Nullable String contact(@Nullable String value) {
        if (value != null && !CONTACT.matcher(value.strip()).matches()) {
            throw new IllegalArgumentException(
                    "LIBRARY_CONTACT is neither an e-mail address nor a web address of up to 200 ASCII characters;"
                            + " write, for example, library@example.org or https://example.org/contact");
        }
        return value == null ? null : value.strip();
    }

    private static Duration syncEvery(String value) {
        int hours = value.strip().matches("\\d{1,6}") ? Integer.parseInt(value.strip()) : 0;
        if (hours < 1 || hours > MAX_SYNC_HOURS) {
            throw new IllegalArgumentException("LIBRARY_SYNC_EVERY_HOURS is '" + value
                    + "'; it must be a whole number from 1 to " + MAX_SYNC_HOURS);
        }
        return Duration.ofHours(hours);
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String value = environment.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.strip().matches("\\d{1,6}")) {
            throw new IllegalArgumentException(
                    name + " is '" + value + "'; it must be a whole number from 0 to 999999, for example " + otherwise);
        }
        return Integer.parseInt(value.strip());
    }

    private static List<String> languages(String list) {
        List<String> languages = Arrays.stream(list.split(","))
                .filter(code -> !code.isBlank())
                .map(LocalizedText::language)
                .distinct()
                .toList();
        if (languages.isEmpty()) {
            throw new IllegalArgumentException(
                    "LIBRARY_LANGUAGES names no language; list at least one, for example en,es");
        }
        return languages;
    }

    /** Returns these settings with another name. */
    public LibrarySettings named(String another) {
        return new LibrarySettings(
                home,
                another,
                server,
                secretKey,
                languages,
                requestsPerHour,
                maxUploadBytes,
                syncEvery,
                contact,
                passwordCost);
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return "LibrarySettings[" + home + ", " + (server == null ? "embedded database" : server) + ", " + languages
                + "]";
    }
}

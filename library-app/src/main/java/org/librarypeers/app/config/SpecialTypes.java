package org.librarypeers.app.config;

import static org.librarypeers.app.config.SettingType.list;
import static org.librarypeers.app.config.SettingType.matching;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.LocalizedText;

/** The types of single settings. */
final class SpecialTypes {

    private static final Pattern WEB_ORIGIN =
            Pattern.compile("(https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?)/?");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:http://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})/?");
    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(?<=//)[^/?#]*(?=@)|((?<=[?&])\\w*password=)[^&]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern WEBHOOK =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?(?:[/?][!-~&&[^#]]*)?");
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern AFTER_HOST = Pattern.compile("^(https?://[^/?]+[/?]).+");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_([A-Za-z0-9+/]+=*)");
    private static final int SHORTEST_WEBHOOK_SECRET = 24;
    private static final int LONGEST_WEBHOOK_SECRET = 64;

    private static final Pattern TIME = Pattern.compile("(\\d{1,4})([hd])");
    private static final Duration SHORTEST_TIME = Duration.ofHours(1);
    private static final Duration LONGEST_TIME = Duration.ofDays(366);

    private SpecialTypes() {}

    static SettingType<Duration> hoursOrDays() {
        return SettingType.of("a number of hours or days from 1h to 366d, for example 12h or 7d", text -> {
            Matcher parts = parts(TIME, text);
            int number = Integer.parseInt(parts.group(1));
            Duration time = parts.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
            if (time.compareTo(SHORTEST_TIME) < 0 || time.compareTo(LONGEST_TIME) > 0) {
                throw new IllegalArgumentException(text);
            }
            return time;
        });
    }

    static SettingType<List<String>> languages() {
        return list("one or more language codes, for example en,es", LocalizedText::language);
    }

    static SettingType<String> contact() {
        return matching(
                "an e-mail address or a web address of up to 200 ASCII characters, for example library@example.org or"
                        + " https://example.org/contact",
                Pattern.compile("(?=.{1,200}$)(?:https?://[!-~&&[^()]]+|[!-~&&[^()<>@,;:\\\"]]+@[A-Za-z0-9.-]+)"));
    }

    static SettingType<String> key() {
        return SettingType.secret(
                "64 hexadecimal digits", text -> parts(KEY, text.strip()).group());
    }

    static SettingType<String> bucket() {
        return matching(
                "a name of 3 to 63 letters, digits, dots, underscores and hyphens, for example library-files",
                Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,62}"));
    }

    static SettingType<String> region() {
        return matching(
                "a name of letters, digits and hyphens, for example eu-central-1",
                Pattern.compile("[A-Za-z0-9-]{1,50}"));
    }

    static SettingType<String> objectPrefix() {
        return matching(
                "one or more folder names of letters, digits, dots, underscores and hyphens, separated by slashes, for"
                        + " example library/files",
                Pattern.compile("(?=.{1,200}$)[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*/?"));
    }

    static SettingType<String> jdbcUrl() {
        return matching(
                        "a PostgreSQL address that starts with 'jdbc:postgresql:', for example"
                                + " jdbc:postgresql://db.example.org/library",
                        Pattern.compile("jdbc:postgresql:\\S*"))
                .masking(PASSWORD_IN_URL);
    }

    /** Returns a type of the scheme, host and port of a web address. */
    static SettingType<URI> webOrigin() {
        return SettingType.of(
                "an http or https address without a path, for example https://library.example.org",
                text -> URI.create(parts(WEB_ORIGIN, text).group(1)));
    }

    /** Returns a type of web addresses. Everything after the host may be a secret. */
    static SettingType<URI> webhook() {
        return SettingType.of(
                        "an http or https address without blanks, with a host of letters, digits, dots and hyphens and a"
                                + " port up to 65535, for example https://chat.example.org/hooks/library",
                        text -> connectable(URI.create(parts(WEBHOOK, text).group())))
                .masking(AFTER_HOST);
    }

    /** Returns an address to which the HTTP client can connect. It finds no host in an authority with an underscore. */
    private static URI connectable(URI address) {
        if (address.getHost() == null || address.getPort() == 0 || address.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException("no host, or no port from 1 to " + LARGEST_PORT);
        }
        return address;
    }

    /** Returns a type of the bytes after {@code whsec_}, which are in Base64. */
    static SettingType<byte[]> webhookSecret() {
        return SettingType.secret("whsec_ and then 24 to 64 bytes in Base64", text -> {
            byte[] bytes = Base64.getDecoder()
                    .decode(parts(WEBHOOK_SECRET, text.strip()).group(1));
            if (bytes.length < SHORTEST_WEBHOOK_SECRET || bytes.length > LONGEST_WEBHOOK_SECRET) {
                throw new IllegalArgumentException();
            }
            return bytes;
        });
    }

    static SettingType<String> mailAddress() {
        return matching(
                "an e-mail address of ASCII characters, for example library@example.org",
                Pattern.compile("(?=.{3,254}$)[!-~&&[^()<>@,;:\\\"\\[\\]]]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*"));
    }

    static SettingType<List<AddressRange>> addressRanges() {
        return SettingType.of(
                "addresses or networks, for example 10.0.0.1,192.168.0.0/16,fd00::/8, or none",
                text -> text.equals("none")
                        ? List.of()
                        : list("", AddressRange::of).parse(text));
    }

    static SettingType<List<SyncWindows.Window>> syncWindows() {
        return SettingType.of(
                "any, or times of the day, for example 20:00-06:00,12:30-13:30",
                text -> text.equals("any")
                        ? List.of()
                        : list("", SyncWindows.Window::of).parse(text));
    }

    static SettingType<ZoneId> timeZone() {
        return SettingType.of("a time zone, for example Africa/Nairobi", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(text, e);
            }
        });
    }

    /** Returns a type of addresses that are not looked up. */
    static SettingType<InetSocketAddress> hostAndPort() {
        return SettingType.of("a host and a port, for example proxy.example.org:3128", text -> {
            Matcher parts = parts(HOST_AND_PORT, text);
            return InetSocketAddress.createUnresolved(
                    parts.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(parts.group(2)));
        });
    }

    static SettingType<List<X509Certificate>> authorities() {
        return SettingType.of("a readable PEM file with at least one certificate", PemFile::certificates);
    }

    static SettingType<LogSettings.AccessLog> accessLog() {
        return SettingType.of("off, stdout or a path", LogSettings.AccessLog::of);
    }

    private static Matcher parts(Pattern pattern, String text) {
        Matcher parts = pattern.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        return parts;
    }
}

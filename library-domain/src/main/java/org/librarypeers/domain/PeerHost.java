package org.librarypeers.domain;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a peer: scheme, host, and port unless it is the default port of the scheme. It has no path and no
 * trailing slash.
 *
 * @param uri an http or https URI; an internationalized host name is in its ASCII form ({@code xn--…})
 */
public record PeerHost(URI uri) {

    private static final int MAX_LENGTH = 200;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[(0{1,4}:){7}0{0,3}1]");

    private static final Pattern NAMED = Pattern.compile("(?i)(https?://)([^/?#:]*)(.*)", Pattern.DOTALL);

    private static final Pattern WRITTEN = Pattern.compile("(?i)(https?://[^/?#\\\\]*).*", Pattern.DOTALL);

    /** Sharp s, final sigma and the joiners: IDNA 2003 maps them to other names, IDNA 2008 does not. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00DF\\u1E9E\\u03C2\\u200C\\u200D]");

    /**
     * Parses an address such as {@code https://orb.example.org}. Removes a trailing slash and the default port of the
     * scheme. Converts an internationalized host name, such as {@code bücher.example}, to its ASCII form.
     *
     * @throws IllegalArgumentException if the text is not such an address; the message is meant for the user who typed
     *     it
     */
    public static PeerHost of(String text) {
        String line = Checks.literal("host", text, MAX_LENGTH);
        if (line.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "host contains a user name or password; give only the address here, and user and key separately");
        }
        URI uri;
        try {
            uri = new URI(inAscii(line));
        } catch (URISyntaxException e) {
            throw refused(line, "it is not a valid address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(line, "it does not begin with https:// or http://");
        }
        if (uri.getHost() == null) {
            throw refused(line, "it has no host name");
        }
        String rest = (uri.getRawPath() == null ? "" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?")
                + (uri.getRawFragment() == null ? "" : "#");
        if (!rest.isEmpty() && !rest.equals("/")) {
            throw refused(line, "it must consist of scheme and host only; remove " + Checks.shown(rest));
        }
        int ownPort = scheme.equals("https") ? 443 : 80;
        if (uri.getPort() > 65_535) {
            throw refused(line, "its port is above 65535");
        }
        String port = uri.getPort() < 0 || uri.getPort() == ownPort ? "" : ":" + uri.getPort();
        return new PeerHost(URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port));
    }

    private static String inAscii(String line) {
        Matcher named = NAMED.matcher(line);
        if (!named.matches() || named.group(2).chars().allMatch(letter -> letter < 0x80)) {
            return line;
        }
        String host = named.group(2);
        if (AMBIGUOUS.matcher(host).find()) {
            throw refused(
                    line,
                    "programs interpret a letter of its name in different ways; give the name in its ASCII form,"
                            + " xn--...");
        }
        try {
            String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
            return named.group(1) + ascii + named.group(3);
        } catch (IllegalArgumentException e) {
            throw refused(line, "its name contains characters that are not allowed, or has a part of invalid length");
        }
    }

    /** Returns the host of a complete URL. Empty if the URL has no host or its scheme is neither http nor https. */
    public static Optional<PeerHost> ofAddress(String address) {
        try {
            URI uri = new URI(address.strip());
            return uri.getScheme() == null || uri.getRawAuthority() == null
                    ? Optional.empty()
                    : Optional.of(of(uri.getScheme() + "://" + uri.getRawAuthority()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the host of an address as a person wrote it: like {@link #ofAddress}, but what follows the host may contain characters
     * that a URL must not contain, such as spaces.
     */
    public static Optional<PeerHost> ofWritten(String address) {
        Matcher web = WRITTEN.matcher(address.strip());
        try {
            return web.matches() ? Optional.of(of(web.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException refused(String line, String why) {
        return new IllegalArgumentException("host " + Checks.shown(line) + " cannot be used: " + why
                + " (expected, for example, https://orb.example.org)");
    }

    /**
     * Returns whether traffic to this host, including the API key, is unencrypted: the scheme is {@code http} and the
     * host is not a loopback address.
     */
    public boolean isUnencrypted() {
        return "http".equals(uri.getScheme())
                && !LOOPBACK.matcher(uri.getHost()).matches();
    }

    /**
     * Returns whether the text, as another library wrote it, is an address of this host. The schemes http and https are
     * treated as equal.
     */
    public boolean isSameAs(String host) {
        try {
            return withoutScheme(of(host)).equals(withoutScheme(this));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutScheme(PeerHost host) {
        return host.uri.getRawAuthority();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}

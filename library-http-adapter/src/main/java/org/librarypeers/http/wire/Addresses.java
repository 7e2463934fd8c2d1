package org.librarypeers.http.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parser that interprets web addresses in the way of a person who finds them on the pages of a site. */
final class Addresses {

    /** An address that begins with a scheme; {@code host:8080} and {@code www.example.org:80} do not. */
    private static final Pattern SCHEME =
            Pattern.compile("[A-Za-z][A-Za-z0-9+-]*:(?!\\d+(?:[/?#]|$)).*", Pattern.DOTALL);

    /** User name and password before the host. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?<before>(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)(?<user>[^/?#\\\\]*)@(?<rest>.*)", Pattern.DOTALL);

    /** Extensions of file names that are not top-level domains. */
    private static final Set<String> FILES = Set.of(
            "avi", "bmp", "csv", "doc", "docx", "epub", "gif", "htm", "html", "jpeg", "jpg", "m4a", "mp3", "mp4",
            "mpeg", "odp", "ods", "odt", "ogg", "pdf", "php", "png", "ppt", "pptx", "rtf", "svg", "txt", "webm", "webp",
            "xls", "xlsx", "xml");

    private Addresses() {}

    /** Returns whether the address itself contains the content, such as an image. */
    static boolean isData(String address) {
        return address.regionMatches(true, 0, "data:", 0, 5);
    }

    /** Returns the address without user name and password, which are private to their author. */
    static String withoutCredentials(String address) {
        Matcher parts = CREDENTIALS.matcher(address);
        return parts.matches() ? parts.group("before") + parts.group("rest") : address;
    }

    /**
     * Returns the absolute address. An address without scheme and host is resolved against the site.
     *
     * @param base scheme and host, without a slash at the end; empty if unknown, in which case relative addresses are returned
     *     unchanged
     */
    static String resolve(String address, String base) {
        if (SCHEME.matcher(address).matches() || address.startsWith("#")) {
            return address;
        }
        if (startsLikeHost(address, "www.")) {
            return "http://" + address;
        }
        if (base.isEmpty()) {
            return address;
        }
        if (address.startsWith("//")) {
            return base.substring(0, base.indexOf(':') + 1) + address;
        }
        if (address.startsWith("/")) {
            return base + address;
        }
        return isClearlyRelative(address) ? below(base, address) : address;
    }

    private static boolean startsLikeHost(String address, String prefix) {
        return address.regionMatches(true, 0, prefix, 0, prefix.length()) && address.indexOf('.', prefix.length()) > 0;
    }

    /**
     * Returns whether an address is clearly relative: true for {@code ../x}, {@code ?q}, {@code media/x.png} and {@code x.pdf},
     * but not for {@code example.org/x} or {@code a name}.
     */
    private static boolean isClearlyRelative(String address) {
        if (address.startsWith("./") || address.startsWith("../") || address.startsWith("?")) {
            return true;
        }
        String path = address.split("[?#]", 2)[0];
        int slash = path.indexOf('/');
        String first = slash < 0 ? path : path.substring(0, slash);
        if (first.isEmpty() || first.chars().anyMatch(c -> c == ':' || c == '@' || Character.isWhitespace(c))) {
            return false;
        }
        boolean named = first.indexOf('.') >= 0 || first.equalsIgnoreCase("localhost");
        return slash >= 0 ? !named : FILES.contains(extension(first)) && !startsLikeHost(first, "www.");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String below(String base, String relative) {
        try {
            String resolved = new URI(base + "/").resolve(new URI(relative)).toString();
            // Like a browser, stay at the top if ".." leads above it.
            return resolved.replaceFirst("^(" + Pattern.quote(base) + ")(?:/\\.\\.)+(?=/|$)", "$1");
        } catch (URISyntaxException e) {
            return base + "/" + relative.replaceFirst("^(?:\\.{1,2}/)+", "");
        }
    }
}

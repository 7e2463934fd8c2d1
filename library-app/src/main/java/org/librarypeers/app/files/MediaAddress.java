package org.librarypeers.app.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.sync.files.StoredFile;

/**
 * The addresses of uploaded files: {@code /media/resource/<sha256>/<name>}. The name is shown to users, and
 * determines the media type.
 */
public final class MediaAddress {

    private static final String NAMELESS = "file";
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final Pattern FOLDERS = Pattern.compile(".*[/\\\\]", Pattern.DOTALL);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    // Control characters (including those that change the direction of text), unpaired surrogates, and quotes.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\"'`]");
    private static final Pattern LEADING = Pattern.compile("^[.-]+");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

    /** The address of a file at any library that runs this software. */
    private static final Pattern ANYWHERE =
            Pattern.compile("(?:https?://[^/]+)?(/media/(?:resource|resourceimage)/([0-9a-f]{64})/[^/?#]+)");

    private MediaAddress() {}

    /**
     * Returns the digest of the file at an address of any library that runs this software. Empty if the address does not contain
     * one.
     */
    public static Optional<String> sha256(String address) {
        Matcher form = ANYWHERE.matcher(address);
        return form.matches() ? Optional.of(form.group(2)) : Optional.empty();
    }

    /**
     * Returns the path at which this library serves the file at such an address, if it has the file. Empty if the address does not
     * contain a digest.
     */
    public static Optional<String> pathHere(String address) {
        Matcher form = ANYWHERE.matcher(address);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    /**
     * Returns the path at which the file is served. It has fewer than 200 characters.
     *
     * @param originalName the name that the client sent; any text is allowed, and is made safe and short
     */
    public static String path(MediaKind kind, StoredFile file, String originalName) {
        return "/media/" + kind.segment() + "/" + file.sha256() + "/" + encodedName(originalName, kind.maxName());
    }

    private static String encodedName(String originalName, int max) {
        String name = safe(originalName);
        Matcher matcher = EXTENSION.matcher(name);
        String extension = matcher.find() ? matcher.group() : "";
        String stem = name.substring(0, name.length() - extension.length());
        StringBuilder encoded = new StringBuilder();
        for (int at = 0; at < stem.length(); at = stem.offsetByCodePoints(at, 1)) {
            String next = encoded(Character.toString(stem.codePointAt(at)));
            if (encoded.length() + next.length() + extension.length() > max) {
                break;
            }
            encoded.append(next);
        }
        return encoded + extension;
    }

    private static String safe(String originalName) {
        String name = FOLDERS.matcher(Normalizer.normalize(originalName, Normalizer.Form.NFC))
                .replaceFirst("");
        name = BLANKS.matcher(name.strip()).replaceAll("-");
        name = UNSAFE.matcher(name).replaceAll("");
        name = LEADING.matcher(name).replaceFirst("");
        return name.isEmpty() ? NAMELESS : name;
    }

    /** Returns the text percent-encoded in UTF-8, except for ASCII letters, digits and {@code - . _ ~}. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}

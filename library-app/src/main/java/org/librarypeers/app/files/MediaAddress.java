package org.librarypeers.app.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.sync.files.StoredFile;

/** Where files are served: {@code /media/resource/<sha256>/<name>}. The name is for people, and tells the type. */
public final class MediaAddress {

    private static final String NAMELESS = "file";
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final Pattern FOLDERS = Pattern.compile(".*[/\\\\]", Pattern.DOTALL);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    // Control characters, among them those that turn the direction of writing, halves of characters, and quotes.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\"'`]");
    private static final Pattern LEADING = Pattern.compile("^[.-]+");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

    private MediaAddress() {}

    /**
     * The path at which the file is served, of less than 200 characters.
     *
     * @param originalName as the uploader's program says it; any text, which is made safe and short
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

    /** Everything but letters, digits and {@code - . _ ~} as percent signs with the digits of its bytes. */
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

package org.librarypeers.app.move;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;

/**
 * The files of a site, in its media directory. They keep their addresses, {@code /media/<path>}, so that other libraries see no
 * change.
 */
final class SiteMedia {

    private static final String MEDIA = "/media/";

    /** The characters besides letters and digits that Django does not encode in the address of a file. */
    private static final String PLAIN = "-._~/!*()'";

    /** A file in the text of a description. */
    private static final Pattern IN_TEXT = Pattern.compile("(?:src|href)\\s*=\\s*[\"']" + MEDIA + "([^\"'?#]+)");

    private final @Nullable Path directory;
    private final Set<String> paths = new LinkedHashSet<>();

    /** Creates the files of a site in this directory; null if it is not at hand. */
    SiteMedia(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Returns the address of a file, and records that it is needed. A complete address is returned as it is. */
    String address(String path) {
        if (path.regionMatches(true, 0, "http://", 0, 7) || path.regionMatches(true, 0, "https://", 0, 8)) {
            return path;
        }
        paths.add(path);
        StringBuilder address = new StringBuilder(MEDIA);
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            address.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return address.toString();
    }

    /** Records the files that a description shows or links. */
    void needs(String html) {
        Matcher found = IN_TEXT.matcher(html);
        while (found.find()) {
            try {
                paths.add(UrlEncoding.decode(found.group(1).replace("+", "%2B")));
            } catch (IllegalArgumentException e) {
                // The address leads nowhere on the site either.
            }
        }
    }

    /** Copies the needed files into the store, and returns them by their former paths. */
    Map<String, StoredFile> copy(FileStore store, MoveReport report) throws IOException {
        Map<String, StoredFile> files = new LinkedHashMap<>();
        for (String path : paths) {
            Optional<Path> file = find(path, report);
            if (file.isPresent()) {
                try (InputStream bytes = Files.newInputStream(file.get())) {
                    files.put(MEDIA + path, store.put(bytes, Long.MAX_VALUE - 1));
                }
            }
        }
        return files;
    }

    /** Looks for the needed files without copying them. */
    void examine(MoveReport report) throws IOException {
        for (String path : paths) {
            find(path, report);
        }
    }

    private Optional<Path> find(String path, MoveReport report) throws IOException {
        if (directory == null) {
            report.left("files that are not copied, because no media directory was given (--media)", path);
            return Optional.empty();
        }
        Path root = directory.toRealPath();
        try {
            Path file = root.resolve(path).normalize();
            if (file.startsWith(root) && Files.isRegularFile(file)) {
                // A symbolic link must not lead to a file elsewhere on this machine.
                if (file.toRealPath().startsWith(root)) {
                    report.file(Files.size(file));
                    return Optional.of(file);
                }
                report.left("files that are not copied, because a link leads out of the media directory", path);
                return Optional.empty();
            }
        } catch (InvalidPathException e) {
            // Such a file cannot exist.
        }
        report.left("files that are not in the media directory; resources that name them keep their addresses", path);
        return Optional.empty();
    }
}

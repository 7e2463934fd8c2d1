package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The mounted file systems, as Linux lists them. */
final class Mounts {

    private static final Path LIST = Path.of("/proc/self/mounts");
    private static final int POINT = 1;
    private static final int OPTIONS = 3;

    private Mounts() {}

    /**
     * Returns whether the file system of the path is mounted with {@code noexec}; false if that cannot be determined.
     */
    static boolean isNoexec(Path path) {
        try {
            return isNoexec(path.toRealPath(), Files.readAllLines(LIST, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns whether the path is on a {@code noexec} mount. The innermost mount point above the path counts. If
     * several file systems are mounted there, the last one counts.
     */
    static boolean isNoexec(Path path, List<String> mounts) {
        boolean noexec = false;
        int depth = -1;
        for (String line : mounts) {
            String[] words = line.split(" ");
            if (words.length > OPTIONS) {
                Path point = Path.of(words[POINT].replace("\\040", " "));
                if (path.startsWith(point) && point.getNameCount() >= depth) {
                    depth = point.getNameCount();
                    noexec = Arrays.asList(words[OPTIONS].split(",")).contains("noexec");
                }
            }
        }
        return noexec;
    }
}

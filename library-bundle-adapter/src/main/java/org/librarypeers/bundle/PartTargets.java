package org.librarypeers.bundle;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;

/** The places to which the parts of a bundle are written. */
interface PartTargets {

    /** Returns the file of a part, or its name if it is written to a stream. */
    Path file(int number);

    /** Returns the place of a part. */
    PartTarget target(int number);

    /**
     * Returns files.
     *
     * @param first the path; if there may be several parts, each has its number before the extension
     * @param numbered whether there may be several parts
     */
    static PartTargets files(Path first, boolean numbered) {
        return new PartTargets() {
            @Override
            public Path file(int number) {
                return numbered ? numbered(first, number) : first;
            }

            @Override
            public PartTarget target(int number) {
                return PartTarget.file(file(number));
            }
        };
    }

    private static Path numbered(Path first, int number) {
        String name = first.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot <= 0 ? name : name.substring(0, dot);
        String extension = dot <= 0 ? "" : name.substring(dot);
        return first.resolveSibling(String.format(Locale.ROOT, "%s-%03d%s", stem, number, extension));
    }

    /** Returns a stream for the only part. */
    static PartTargets stream(OutputStream out, Path name) {
        return new PartTargets() {
            @Override
            public Path file(int number) {
                return name;
            }

            @Override
            public PartTarget target(int number) {
                return PartTarget.stream(out);
            }
        };
    }
}

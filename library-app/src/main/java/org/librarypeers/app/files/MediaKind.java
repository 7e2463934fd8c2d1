package org.librarypeers.app.files;

import java.util.Arrays;
import java.util.Optional;

/** What an uploaded file is for. The addresses of existing sites tell these apart, and so do ours. */
public enum MediaKind {
    /** A file for download that belongs to a resource. */
    RESOURCE("resource", 100),

    /** The image of a resource. Peers keep no more than 200 characters of its whole address, so its name is short. */
    RESOURCE_IMAGE("resourceimage", 50);

    private final String segment;
    private final int maxName;

    MediaKind(String segment, int maxName) {
        this.segment = segment;
        this.maxName = maxName;
    }

    /** As it stands in an address. */
    String segment() {
        return segment;
    }

    /** How many characters of an address the file's name may take. */
    int maxName() {
        return maxName;
    }

    static Optional<MediaKind> of(String segment) {
        return Arrays.stream(values())
                .filter(kind -> kind.segment.equals(segment))
                .findFirst();
    }
}

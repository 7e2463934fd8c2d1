package org.librarypeers.app.files;

import java.util.Arrays;
import java.util.Optional;

/** The purpose of an uploaded file. It is a part of the address of the file, as on existing sites. */
public enum MediaKind {
    /** A file for download that belongs to a resource. */
    RESOURCE("resource", 100),

    /** The image of a resource. Peers store at most 200 characters of its full address, so its name is short. */
    RESOURCE_IMAGE("resourceimage", 50);

    private final String segment;
    private final int maxName;

    MediaKind(String segment, int maxName) {
        this.segment = segment;
        this.maxName = maxName;
    }

    /** Returns the path segment of this kind in an address. */
    String segment() {
        return segment;
    }

    /** Returns the maximum length of the file name in an address, in characters. */
    int maxName() {
        return maxName;
    }

    static Optional<MediaKind> of(String segment) {
        return Arrays.stream(values())
                .filter(kind -> kind.segment.equals(segment))
                .findFirst();
    }
}

package org.librarypeers.bundle;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a bundle that was written.
 *
 * @param parts the files in their order, with what each says about itself; at least one
 * @param unreadable the addresses of files that could not be read and are therefore not carried
 */
public record WrittenBundle(List<Part> parts, List<String> unreadable) {

    /**
     * A file.
     *
     * @param file the path
     * @param size its size in bytes
     * @param manifest what it says about itself
     */
    public record Part(Path file, long size, BundleManifest manifest) {}

    /** Copies the lists. */
    public WrittenBundle {
        parts = List.copyOf(parts);
        unreadable = List.copyOf(unreadable);
    }

    /** Returns the number of resources in all parts. */
    public long resources() {
        return parts.stream().mapToLong(part -> part.manifest().resources()).sum();
    }

    /** Returns the number of deletions in all parts. */
    public long deletions() {
        return parts.stream().mapToLong(part -> part.manifest().deletions()).sum();
    }

    /** Returns the feed position after which the next bundle continues. */
    public long upTo() {
        return parts.get(parts.size() - 1).manifest().upTo();
    }
}

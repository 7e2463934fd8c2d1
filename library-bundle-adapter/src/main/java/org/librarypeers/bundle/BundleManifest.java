package org.librarypeers.bundle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.PeerHost;

/**
 * A description of a bundle, as the bundle contains it. All of it is signed.
 *
 * @param library the id of the library that wrote it
 * @param name the name of that library
 * @param home the address by which that library calls itself; a library without a public address has one below {@code .invalid}
 * @param key the key that signed it
 * @param created when it was written, by that library's clock
 * @param after the feed position after which its resources begin; 0 for the beginning
 * @param upTo the feed position of its last resource, at least {@code after}
 * @param oldest the oldest time at which one of its resources was changed or deleted; null without any
 * @param newest the newest such time; null without any
 * @param selection why resources between the two positions may be missing; null if none is
 * @param part the number of this part, from 1
 * @param last whether it is the last part
 * @param resources the number of resources
 * @param deletions the number of deletions
 * @param files the number of files
 * @param entries the entries of the archive, in their order
 */
public record BundleManifest(
        LibraryId library,
        String name,
        PeerHost home,
        BundleKey key,
        Instant created,
        long after,
        long upTo,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        @Nullable String selection,
        int part,
        boolean last,
        long resources,
        long deletions,
        long files,
        List<Entry> entries) {

    /** The version of the format that this class reads and writes. */
    static final int VERSION = 1;

    /**
     * An entry of the archive.
     *
     * @param name its path in the archive
     * @param size its size in bytes, decompressed
     * @param sha256 the SHA-256 digest of its content, as 64 hexadecimal digits in lower case
     * @param upTo the feed position of its last resource; -1 if it has no resources
     */
    public record Entry(String name, long size, String sha256, long upTo) {

        boolean hasResources() {
            return upTo >= 0;
        }
    }

    /** Copies the entries. */
    public BundleManifest {
        entries = List.copyOf(entries);
    }

    /** Returns whether the bundle has every approved resource between its two positions. */
    public boolean isGapless() {
        return selection == null;
    }

    /** Returns whether the bundle has every approved resource of the library. */
    public boolean isComplete() {
        return isGapless() && after == 0 && last;
    }

    /**
     * Returns whether a library misses nothing if it continues after the bundle.
     *
     * @param position the feed position up to which it was read before; negative if it was not
     */
    public boolean continues(long position) {
        return isGapless() && (after == 0 || position >= after);
    }
}

package org.librarypeers.bundle;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.bundles.SigningKey;

/**
 * A description of the bundle that is to be written.
 *
 * @param library the id of the library that writes it
 * @param name the name of that library
 * @param home the public address of that library; null if it has none
 * @param key the key that signs
 * @param after the feed position after which resources and deletions are written; 0 for all
 * @param selection the reason why resources may be left out, for people; null if none is
 * @param partSize the size in bytes above which another part begins; 0 for a single file
 */
public record BundleRequest(
        LibraryId library,
        String name,
        @Nullable PeerHost home,
        SigningKey key,
        long after,
        @Nullable String selection,
        long partSize) {

    /** The smallest size of a part, in bytes: 64 KiB. */
    public static final long MIN_PART = 64 << 10;

    /**
     * Validates the request.
     *
     * @throws IllegalArgumentException if the position is negative, or the size of a part is neither 0 nor at least {@link #MIN_PART}
     */
    public BundleRequest {
        if (after < 0) {
            throw new IllegalArgumentException("feed position must not be negative: " + after);
        }
        if (partSize != 0 && partSize < MIN_PART) {
            throw new IllegalArgumentException("a part must have at least 65536 bytes, not " + partSize);
        }
    }
}

package org.librarypeers.sync.simulation;

import java.util.Map;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Guid;

/**
 * A bundle that a simulated library wrote.
 *
 * @param name its name in the trace
 * @param sender the library
 * @param file the archive
 * @param key the key that signed it
 * @param after the feed position after which it begins
 * @param upTo the feed position at which it ends
 * @param isGapless whether it has everything between the two positions
 * @param listed the versions of its resources
 * @param deleted the times of its deletions
 */
record SimBundle(
        String name,
        SimLibrary sender,
        byte[] file,
        BundleKey key,
        long after,
        long upTo,
        boolean isGapless,
        Map<Guid, String> listed,
        Map<Guid, String> deleted) {

    /** Returns whether it has everything that its library served. */
    boolean isComplete() {
        return isGapless && after == 0;
    }

    /** Returns the position of a cursor after the bundle was read. Both are 0 if there is no cursor. */
    long moved(long position) {
        boolean moves = isGapless && (after == 0 || position >= after);
        return moves ? Math.max(position, upTo) : position;
    }

    @Override
    public String toString() {
        return name;
    }
}

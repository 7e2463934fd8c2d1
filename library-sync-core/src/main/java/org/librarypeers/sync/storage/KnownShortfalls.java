package org.librarypeers.sync.storage;

import org.librarypeers.sync.peer.Shortfall;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The shortfalls with which the lists of a peer were last read to their end.
 *
 * @param whole of the list from its beginning; null if that list was complete when it was last read
 * @param changes of the list from a cursor on; null if that list was complete when it was last read
 */
public record KnownShortfalls(
        @Nullable Shortfall whole, @Nullable Shortfall changes) {

    /** Nothing is missing, as far as is known. */
    public static final KnownShortfalls NONE = new KnownShortfalls(null, null);

    /** Returns whether as many resources were missing before, in either list. */
    public boolean includes(Shortfall shortfall) {
        return Stream.of(whole, changes).anyMatch(known -> known != null && known.missing() == shortfall.missing());
    }

    /**
     * Returns what is known after a list was read to its end. A whole list that is complete leaves no shortfall of either.
     *
     * @param wasWhole whether it was read from its beginning
     * @param found its shortfall; null if it has none
     */
    public KnownShortfalls after(boolean wasWhole, @Nullable Shortfall found) {
        if (!wasWhole) {
            return new KnownShortfalls(whole, found);
        }
        return found == null ? NONE : new KnownShortfalls(found, changes);
    }
}

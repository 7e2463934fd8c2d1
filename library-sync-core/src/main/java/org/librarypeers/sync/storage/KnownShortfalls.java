package org.librarypeers.sync.storage;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.Shortfall;

/**
 * The shortfalls that a peer's lists had when they were last read to their end.
 *
 * @param whole the shortfall of the list from its beginning; null if that list was complete
 * @param changes the shortfall of the list from a cursor; null if that list was complete
 */
public record KnownShortfalls(
        @Nullable Shortfall whole, @Nullable Shortfall changes) {

    /** The value without known shortfalls. */
    public static final KnownShortfalls NONE = new KnownShortfalls(null, null);

    /** Returns whether one of the two lists lacked the same number of resources. */
    public boolean includes(Shortfall shortfall) {
        return Stream.of(whole, changes).anyMatch(known -> known != null && known.missing() == shortfall.missing());
    }

    /**
     * Returns the shortfalls after a list was read to its end. If the whole list is complete, both shortfalls are
     * removed.
     *
     * @param wasWhole whether the list was read from its beginning
     * @param found the shortfall of the list; null if it is complete
     */
    public KnownShortfalls after(boolean wasWhole, @Nullable Shortfall found) {
        if (!wasWhole) {
            return new KnownShortfalls(whole, found);
        }
        return found == null ? NONE : new KnownShortfalls(found, changes);
    }
}

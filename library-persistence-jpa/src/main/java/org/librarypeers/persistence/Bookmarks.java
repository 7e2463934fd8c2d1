package org.librarypeers.persistence;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;

/**
 * Known offsets in the list of approved resources by title, so that a page deep in a large list does not read all index entries
 * before it. They are valid for one state of the approved resources. Thread-safe.
 */
final class Bookmarks {

    /** The number of index entries that a page may skip. They take about a millisecond. */
    static final int STRIDE = 1_000;

    private static final int MOST = 10_000;

    /**
     * A state of the approved resources. Every change of one assigns a new feed position, and every removal changes the number.
     *
     * @param position the highest feed position
     * @param number the number of approved resources
     */
    record State(long position, long number) {}

    /**
     * A known offset.
     *
     * @param offset the number of entries up to the place, from 1
     * @param place the place of the last of them
     */
    record Bookmark(int offset, Place place) {}

    private final Map<String, TreeMap<Integer, Place>> byLanguage = new HashMap<>();
    private @Nullable State state;
    private int size;

    /** Returns the last bookmark at or before an offset; null if none is known in this state. */
    synchronized @Nullable Bookmark before(int offset, String language, State now) {
        TreeMap<Integer, Place> known = now.equals(state) ? byLanguage.get(language) : null;
        Map.Entry<Integer, Place> last = known == null ? null : known.floorEntry(offset);
        return last == null ? null : new Bookmark(last.getKey(), last.getValue());
    }

    /** Adds a bookmark. Forgets those of another state. */
    synchronized void add(Bookmark bookmark, String language, State now) {
        if (!now.equals(state) || size >= MOST) {
            byLanguage.clear();
            size = 0;
            state = now;
        }
        byLanguage.computeIfAbsent(language, any -> new TreeMap<>()).put(bookmark.offset(), bookmark.place());
        size++;
    }
}

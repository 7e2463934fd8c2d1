package org.librarypeers.sync.storage;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items the items from the requested offset; empty after the end of the list
 * @param total the number of items in the whole list
 * @param last whether this part reaches the end of the list
 */
public record Slice<T>(List<T> items, long total, boolean last) {

    /** Copies the items. */
    public Slice {
        items = List.copyOf(items);
    }

    /**
     * Creates a part of a list that was read with one item more than requested, to detect whether more items follow.
     *
     * @param oneMore up to {@code limit + 1} items
     * @param limit the requested number of items
     * @param total the number of items in the whole list
     */
    public static <T> Slice<T> of(List<T> oneMore, int limit, long total) {
        return new Slice<>(oneMore.subList(0, Math.min(limit, oneMore.size())), total, oneMore.size() <= limit);
    }
}

package org.librarypeers.sync.storage;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items what is there from where the part begins; nothing if that is past the end
 * @param total how many there are in the whole list
 * @param last whether nothing comes after it
 */
public record Slice<T>(List<T> items, long total, boolean last) {

    /** Keeps a copy. */
    public Slice {
        items = List.copyOf(items);
    }

    /** The part of a list that was read with one item more than wanted, to see whether more comes. */
    public static <T> Slice<T> of(List<T> oneMore, int limit, long total) {
        return new Slice<>(oneMore.subList(0, Math.min(limit, oneMore.size())), total, oneMore.size() <= limit);
    }
}

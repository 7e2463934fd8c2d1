package org.librarypeers.sync.storage;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/** Reads lists that are ordered by GUID in pages, so that a list of any length takes bounded memory. */
public final class Pages {

    /** The number of rows that are read at a time. */
    public static final int SIZE = 1_000;

    private Pages() {}

    /** A list that can be read in pages. */
    public interface Source<T> {

        /**
         * Returns a page.
         *
         * @param after the last GUID of the previous page, or null for the first page
         * @param limit the maximum number of rows, from 1
         */
        List<T> page(@Nullable Guid after, int limit);
    }

    /** Passes each page to a consumer, including an empty one if there is nothing to read. */
    public static <T> void each(Source<T> source, Function<T, Guid> guid, Consumer<List<T>> consumer) {
        Guid after = null;
        List<T> page;
        do {
            page = source.page(after, SIZE);
            after = page.isEmpty() ? after : guid.apply(page.get(page.size() - 1));
            consumer.accept(page);
        } while (page.size() == SIZE);
    }
}

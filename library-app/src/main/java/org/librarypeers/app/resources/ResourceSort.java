package org.librarypeers.app.resources;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An order of the list of resources. */
public enum ResourceSort {
    /** The best match for the words first. */
    BEST,
    /** The last changed first. */
    NEWEST,
    /** The last changed last. */
    OLDEST,
    /** By title. */
    TITLE,
    /** By title, in reverse. */
    TITLE_REVERSED;

    /** Returns the word for this order in addresses, such as {@code title-reversed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the order with this {@link #word}. Empty if there is no such order. */
    static Optional<ResourceSort> ofWord(String word) {
        return Stream.of(values()).filter(sort -> sort.word().equals(word)).findFirst();
    }

    /** Returns whether it orders by title. */
    boolean isByTitle() {
        return this == TITLE || this == TITLE_REVERSED;
    }
}

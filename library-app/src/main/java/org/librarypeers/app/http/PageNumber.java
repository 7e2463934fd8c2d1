package org.librarypeers.app.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The number of a page of a list.
 *
 * @param value from 1 to 999,999
 */
public record PageNumber(int value) {

    /** Returns the number that a client sent, or the first page if it is missing or invalid. */
    public static PageNumber of(@Nullable String text) {
        return parse(text).orElse(new PageNumber(1));
    }

    /** Returns the number that a client sent, or an empty {@code Optional} if it is missing or invalid. */
    public static Optional<PageNumber> parse(@Nullable String text) {
        return text != null && text.matches("[1-9]\\d{0,5}")
                ? Optional.of(new PageNumber(Integer.parseInt(text)))
                : Optional.empty();
    }

    /** Returns the number of entries before this page, for pages of this size. */
    public int offset(int size) {
        return (value - 1) * size;
    }

    /** Returns the address of the previous page: the prefix and its number; null on the first page. */
    public @Nullable String previous(String prefix) {
        return value > 1 ? prefix + (value - 1) : null;
    }

    /** Returns the address of the next page: the prefix and its number; null if this is the {@code last} page. */
    public @Nullable String next(String prefix, boolean last) {
        return last ? null : prefix + (value + 1);
    }
}

package org.librarypeers.app.reader;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.Visit;

/**
 * The position of a page in a long list, with links to its neighbours.
 *
 * @param page the number of this page, from 1
 * @param pages the number of pages, at least 1
 * @param previous the address of the previous page; null on the first page
 * @param next the address of the next page; null on the last page
 */
public record Pager(
        int page,
        int pages,
        @Nullable String previous,
        @Nullable String next) {

    /** The number of resources on a page. */
    static final int SIZE = 20;

    private static final int LAST = 1_000;

    /** Returns the page number in the address, or 1 if it is missing or invalid. */
    static int requested(Visit visit) {
        return Math.min(LAST + 1, PageNumber.of(visit.parameter("page")).value());
    }

    static int offset(int page) {
        return (page - 1) * SIZE;
    }

    static Pager of(int page, long total, IntFunction<String> address) {
        int pages = (int) Math.max(1, Math.min(LAST, (total + SIZE - 1) / SIZE));
        return new Pager(
                page, pages, page > 1 ? address.apply(page - 1) : null, page < pages ? address.apply(page + 1) : null);
    }

    /** Returns whether the page number is not past the last page. */
    boolean exists() {
        return page <= pages;
    }
}

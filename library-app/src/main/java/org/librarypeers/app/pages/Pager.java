package org.librarypeers.app.pages;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;

/**
 * Where somebody is in a long list.
 *
 * @param page this page, from 1
 * @param pages how many there are, from 1
 * @param previous the address of the page before; null on the first
 * @param next the address of the page after; null on the last
 */
public record Pager(
        int page,
        int pages,
        @Nullable String previous,
        @Nullable String next) {

    /** So many resources are on a page. */
    static final int SIZE = 20;

    private static final int LAST = 1_000;

    /** The page that an address asks for; the first if it asks for none. */
    static int asked(Visit visit) {
        String page = visit.parameter("page");
        return page.matches("[0-9]{1,6}") ? Math.max(1, Math.min(LAST + 1, Integer.parseInt(page))) : 1;
    }

    static int offset(int page) {
        return (page - 1) * SIZE;
    }

    static Pager of(int page, long total, IntFunction<String> address) {
        int pages = (int) Math.max(1, Math.min(LAST, (total + SIZE - 1) / SIZE));
        return new Pager(
                page, pages, page > 1 ? address.apply(page - 1) : null, page < pages ? address.apply(page + 1) : null);
    }

    /** Whether there is such a page. */
    boolean exists() {
        return page <= pages;
    }
}

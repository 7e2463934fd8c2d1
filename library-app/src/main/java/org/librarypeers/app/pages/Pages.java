package org.librarypeers.app.pages;

import org.librarypeers.app.Library;
import org.librarypeers.app.web.PageRoutes;

/** The public pages, and the pages for the user's own account. */
public final class Pages {

    private Pages() {}

    /** Adds these pages to the routes. */
    public static void add(Library library, PageRoutes routes) {
        new AccountPages(library).routes(routes);
        new BrowsePages(library).routes(routes);
        new ResourcePages(library).routes(routes);
        new FeedPages(library).routes(routes);
        new RobotPages(library).routes(routes);
        new AboutPages(library).routes(routes);
    }
}

package org.librarypeers.app.server;

import org.librarypeers.app.account.AccountPages;
import org.librarypeers.app.reader.AboutPages;
import org.librarypeers.app.reader.BrowsePages;
import org.librarypeers.app.reader.FeedPages;
import org.librarypeers.app.reader.PublicResourcePages;
import org.librarypeers.app.reader.RobotPages;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.wiring.Library;

/** The public pages, and the pages for the user's own account. */
public final class Pages {

    private Pages() {}

    /** Adds these pages to the routes. */
    public static void add(Library library, PageRoutes routes) {
        new AccountPages(library).routes(routes);
        new BrowsePages(library).routes(routes);
        new PublicResourcePages(library).routes(routes);
        new FeedPages(library).routes(routes);
        new RobotPages(library).routes(routes);
        new AboutPages(library).routes(routes);
    }
}

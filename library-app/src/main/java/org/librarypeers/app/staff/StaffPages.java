package org.librarypeers.app.staff;

import org.librarypeers.app.Library;
import org.librarypeers.app.web.PageRoutes;

/** The pages for the staff of a library. */
public final class StaffPages {

    private StaffPages() {}

    /** Adds these pages to the routes. */
    public static void add(Library library, PageRoutes routes) {
        new InboxPages(library).routes(routes);
        new ReviewPages(library).routes(routes);
        new UserPages(library).routes(routes);
        new ResourcePages(library).routes(routes);
        new ResourceHistoryPages(library).routes(routes);
        new UploadPages(library).routes(routes);
        new MapPages(library).routes(routes);
        PeerPages.add(library, routes);
    }
}

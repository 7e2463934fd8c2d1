package org.librarypeers.app.server;

import org.librarypeers.app.peers.MapPages;
import org.librarypeers.app.peers.PeerPages;
import org.librarypeers.app.resources.ResourceHistoryPages;
import org.librarypeers.app.resources.ResourceEditPages;
import org.librarypeers.app.resources.UploadPages;
import org.librarypeers.app.review.InboxPages;
import org.librarypeers.app.review.ReviewPages;
import org.librarypeers.app.users.UserPages;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.wiring.Library;

/** The pages for the staff of a library. */
public final class StaffPages {

    private StaffPages() {}

    /** Adds these pages to the routes. */
    public static void add(Library library, PageRoutes routes) {
        new InboxPages(library).routes(routes);
        new ReviewPages(library).routes(routes);
        new UserPages(library).routes(routes);
        new ResourceEditPages(library).routes(routes);
        new ResourceHistoryPages(library).routes(routes);
        new UploadPages(library).routes(routes);
        new MapPages(library).routes(routes);
        PeerPages.add(library, routes);
    }
}

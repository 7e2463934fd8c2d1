package org.librarypeers.app.pages;

import java.util.Map;
import org.librarypeers.app.Library;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;

/** The page about this library. */
final class AboutPages {

    private final Library library;

    AboutPages(Library library) {
        this.library = library;
    }

    void routes(PageRoutes routes) {
        routes.get("/about", this::about);
    }

    private void about(Visit visit) {
        long approved = library.storage().resources().counts().getOrDefault(Status.APPROVED, 0L);
        visit.render("reader/about", Map.of("approved", approved));
    }
}

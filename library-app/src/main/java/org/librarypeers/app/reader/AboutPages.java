package org.librarypeers.app.reader;

import java.util.Map;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Status;

/** The page about this library. */
public final class AboutPages {

    private final Library library;

    public AboutPages(Library library) {
        this.library = library;
    }

    public void routes(PageRoutes routes) {
        routes.get("/about", this::about);
    }

    private void about(Visit visit) {
        long approved = library.storage().resources().counts().getOrDefault(Status.APPROVED, 0L);
        visit.render("reader/about", Map.of("approved", approved));
    }
}

package org.librarypeers.app.reader;

import java.util.Map;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;

/** The page about this library. */
public final class AboutPages {

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/about", this::about);
    }

    private void about(Visit visit) {
        long approved = visit.reads().resources().counts().getOrDefault(Status.APPROVED, 0L);
        visit.render("reader/about", Map.of("approved", approved));
    }
}

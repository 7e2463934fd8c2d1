package org.librarypeers.app.reader;

import java.util.Map;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.storage.ResourceRepository;

/** The page about this library. */
public final class AboutPages {

    private final ResourceRepository resources;

    /** Creates the pages with these services. */
    public AboutPages(ResourceRepository resources) {
        this.resources = resources;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/about", this::about);
    }

    private void about(Visit visit) {
        long approved = resources.counts().getOrDefault(Status.APPROVED, 0L);
        visit.render("reader/about", Map.of("approved", approved));
    }
}

package org.librarypeers.app.reader;

import java.util.Map;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;
import tools.jackson.databind.JsonNode;

/** The pages about this library and its API. */
public final class AboutPages {

    private final JsonNode api;

    /**
     * Creates the pages.
     *
     * @param api the OpenAPI description
     */
    public AboutPages(JsonNode api) {
        this.api = api;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/about", this::about);
        routes.get("/about/api", this::api);
    }

    private void about(Visit visit) {
        long approved = visit.reads().resources().counts().getOrDefault(Status.APPROVED, 0L);
        visit.render("reader/about", Map.of("approved", approved));
    }

    private void api(Visit visit) {
        visit.render("reader/api", Map.of("api", ApiGuide.of(api, visit::absolute)));
    }
}

package org.librarypeers.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Role;

/** Where pages are, and who may see them: whoever adds one says for whom it is. */
public final class PageRoutes {

    private final RoutesConfig routes;
    private final Site site;

    /** Answers a request for a page. */
    @FunctionalInterface
    public interface Page {

        /** Answers. */
        void answer(Visit visit) throws Exception;
    }

    PageRoutes(RoutesConfig routes, Site site) {
        this.routes = routes;
        this.site = site;
    }

    /** A page for everybody. */
    public void get(String path, Page page) {
        get(path, null, page);
    }

    /** A page for those who may do what that role may. */
    public void get(String path, @Nullable Role needs, Page page) {
        routes.get(path, ctx -> answer(site.visit(ctx), needs, page));
    }

    /** What a form does that everybody may send. */
    public void post(String path, Page page) {
        post(path, null, page);
    }

    /** What a form does that those may send who may do what that role may. */
    public void post(String path, @Nullable Role needs, Page page) {
        routes.post(path, ctx -> {
            Visit visit = site.visit(ctx);
            // Before the body is read: strangers send no files.
            if (needs != null && !visit.may(needs)) {
                site.refuse(visit);
            } else if (needs == null && ctx.isMultipart()) {
                site.trouble(visit, 400);
            } else if (site.forms().isOurs(ctx, visit.session())) {
                answer(visit, needs, page);
            } else {
                site.trouble(visit, 403, "old-form");
            }
        });
    }

    /** A stream of events for those who may do what that role may. */
    public void events(String path, Role needs, BiConsumer<Visit, SseClient> stream) {
        routes.before(path, ctx -> {
            Visit visit = site.visit(ctx);
            if (visit.account() == null) {
                // No redirect: scripts that listen would follow it, and take the sign-in page for a broken stream.
                site.trouble(visit, 401, "signed-out");
                ctx.skipRemainingHandlers();
            } else if (!visit.may(needs)) {
                site.refuse(visit);
                ctx.skipRemainingHandlers();
            }
        });
        routes.sse(path, client -> stream.accept(site.visit(client.ctx()), client));
    }

    /** What is done when the server stops, while its connections still stand. */
    public void whenStopped(Runnable work) {
        site.whenStopped(work);
    }

    private void answer(Visit visit, @Nullable Role needs, Page page) throws Exception {
        if (needs != null && !visit.may(needs)) {
            site.refuse(visit);
        } else {
            site.headers(visit);
            page.answer(visit);
        }
    }
}

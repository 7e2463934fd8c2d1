package org.librarypeers.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.javalin.http.sse.SseClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Role;

/** Where pages are, and who may see them: whoever adds one says for whom it is. */
public final class PageRoutes {

    /** The field that says under which name a browser keeps what is typed into a form. */
    private static final String DRAFT_FIELD = "draft";

    /** The cookie that tells scripts which of these forms was done. */
    private static final String SAVED_COOKIE = "saved";

    private static final int SAVED_SECONDS = 600;

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
            if (needs != null && visit.account() == null && !visit.isPartial()) {
                signedOut(visit);
            } else if (needs != null && !visit.may(needs)) {
                site.refuse(visit);
            } else if (needs == null && ctx.isMultipart()) {
                site.trouble(visit, 400);
            } else if (site.forms().isOurs(ctx, visit.session())) {
                answer(visit, needs, page);
                tellWhatIsSaved(ctx);
            } else {
                oldForm(visit, needs);
            }
        });
    }

    /** Lets somebody whose session ended sign in and go on, with what was typed. */
    private void signedOut(Visit visit) {
        Optional<Resumption> sent = Resumption.sent(visit);
        if (sent.isPresent()) {
            site.headers(visit);
            visit.signInAgain(403, sent.get());
        } else {
            site.refuse(visit);
        }
    }

    /** Lets somebody who signed in again since the form was shown send it once more. */
    private void oldForm(Visit visit, @Nullable Role needs) {
        Optional<Resumption> sent = needs == null || visit.isPartial() ? Optional.empty() : Resumption.sent(visit);
        if (sent.isPresent()) {
            site.headers(visit);
            visit.sendAgain(403, sent.get());
        } else {
            site.trouble(visit, 403, "old-form");
        }
    }

    /** Tells the browser that it need not keep what was typed into a form that was done. */
    private static void tellWhatIsSaved(Context ctx) {
        String draft = ctx.formParam(DRAFT_FIELD);
        if (ctx.statusCode() == 303 && draft != null && draft.matches("[\\x21-\\x7e]{1,300}")) {
            String value = URLEncoder.encode(draft, StandardCharsets.UTF_8);
            ctx.cookie(new Cookie(
                    SAVED_COOKIE, value, "/", SAVED_SECONDS, "https".equals(ctx.scheme()), false, null, SameSite.LAX));
        }
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

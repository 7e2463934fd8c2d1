package org.librarypeers.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.domain.Role;

/** The registry of pages. For each page, it enforces the role that a visitor needs. */
public final class PageRoutes {

    /** The form field that names the draft under which the browser stores the typed values. */
    private static final String DRAFT_FIELD = "draft";

    /** The cookie that tells scripts which draft has been saved. */
    private static final String SAVED_COOKIE = "saved";

    private static final int SAVED_SECONDS = 600;

    private final RoutesConfig routes;
    private final Website site;

    /** A handler of a page request. */
    @FunctionalInterface
    public interface PageHandler {

        /** Sends the response. */
        void answer(Visit visit) throws Exception;
    }

    PageRoutes(RoutesConfig routes, Website site) {
        this.routes = routes;
        this.site = site;
    }

    /** Adds a page for everybody. */
    public void get(String path, PageHandler page) {
        get(path, null, page);
    }

    /** Adds a page for visitors with the given role or a higher one; null for everybody. */
    public void get(String path, @Nullable Role needs, PageHandler page) {
        routes.get(path, ctx -> answer(site.visit(ctx), needs, page));
    }

    /** Adds a form handler for everybody. */
    public void post(String path, PageHandler page) {
        post(path, null, page);
    }

    /** A decision on a form with large files, before its body is read. */
    public interface UploadGate {

        /** Returns whether the body may be read. Otherwise it has answered the request. */
        boolean admits(Visit visit) throws Exception;
    }

    /**
     * Adds a form handler for visitors with the given role or a higher one; null for everybody. Requests without a valid token
     * are rejected.
     */
    public void post(String path, @Nullable Role needs, PageHandler page) {
        post(path, needs, visit -> true, page);
    }

    /** Adds a form handler as {@link #post(String, Role, PageHandler)} does, for forms with large files. */
    public void post(String path, @Nullable Role needs, UploadGate gate, PageHandler page) {
        routes.post(path, ctx -> {
            Visit visit = site.visit(ctx);
            // Checked before the body is read, so that visitors without an account cannot upload files.
            if (needs != null && visit.account() == null && !visit.isPartial()) {
                signedOut(visit);
            } else if (needs != null && !visit.may(needs)) {
                site.refuse(visit);
            } else if (needs == null && ctx.isMultipart()) {
                site.trouble(visit, 400);
            } else if (!admits(gate, visit)) {
                ctx.header("Connection", "close");
            } else if (site.forms().isOurs(ctx, visit.session())) {
                answer(visit, needs, page);
                confirmSavedDraft(ctx);
            } else {
                oldForm(visit, needs);
            }
        });
    }

    private boolean admits(UploadGate gate, Visit visit) throws Exception {
        site.headers(visit);
        return gate.admits(visit);
    }

    /** Sends the sign-in form with the submitted values attached, so that a user whose session has ended can continue. */
    private void signedOut(Visit visit) {
        Optional<Resumption> sent = Resumption.sent(visit);
        if (sent.isPresent()) {
            site.headers(visit);
            visit.signInAgain(403, sent.get());
        } else {
            site.refuse(visit);
        }
    }

    /** Lets a user who has signed in again since the form was shown submit it once more. */
    private void oldForm(Visit visit, @Nullable Role needs) {
        Optional<Resumption> sent = needs == null || visit.isPartial() ? Optional.empty() : Resumption.sent(visit);
        if (sent.isPresent()) {
            site.headers(visit);
            visit.sendAgain(403, sent.get());
        } else {
            site.trouble(visit, 403, "old-form");
        }
    }

    /** Tells the browser that it can delete the draft of a form that was processed. */
    private static void confirmSavedDraft(Context ctx) {
        String draft = ctx.formParam(DRAFT_FIELD);
        if (ctx.statusCode() == 303 && draft != null && draft.matches("[\\x21-\\x7e]{1,300}")) {
            Cookies.setReadable(ctx, SAVED_COOKIE, UrlEncoding.parameter(draft), SAVED_SECONDS);
        }
    }

    /** Adds a stream of server-sent events for visitors with the given role or a higher one. */
    public void events(String path, Role needs, BiConsumer<Visit, SseClient> stream) {
        routes.before(path, ctx -> {
            Visit visit = site.visit(ctx);
            if (visit.account() == null) {
                // Not a redirect: the script would follow it and treat the sign-in page as a broken stream.
                site.trouble(visit, 401, "signed-out");
                ctx.skipRemainingHandlers();
            } else if (!visit.may(needs)) {
                site.refuse(visit);
                ctx.skipRemainingHandlers();
            }
        });
        routes.sse(path, client -> stream.accept(site.visit(client.ctx()), client));
    }

    /** Makes the sign-in page link to the page for people who have forgotten their password. */
    public void offerPasswordLinks() {
        site.offerPasswordLinks();
    }

    /** Registers work to run when the server stops, before its connections are closed. */
    public void whenStopped(Runnable work) {
        site.whenStopped(work);
    }

    private void answer(Visit visit, @Nullable Role needs, PageHandler page) throws Exception {
        if (needs != null && !visit.may(needs)) {
            site.refuse(visit);
        } else {
            site.headers(visit);
            CurrentActor.visitor(visit.account(), visit.ctx().ip()).call(() -> {
                page.answer(visit);
                return visit;
            });
        }
    }
}

package org.librarypeers.app.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.http.AcceptedLanguages;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.domain.Account;
import org.librarypeers.sync.ReviewService;

/** The common parts of all pages: visitors, headers, errors and templates. Thread-safe after the routes are added. */
public final class Website implements AutoCloseable {

    /** The cookie that holds the language that the visitor chose. */
    public static final String LANGUAGE_COOKIE = "language";

    private static final int YEAR_SECONDS = 31_536_000;

    /**
     * The content security policy. It permits only resources of this library. The base stylesheet contains its icons as data.
     */
    public static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; media-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    private final SignIns signIns;
    private final ReviewService review;
    private final PageReads reads;
    private final Supplier<LibraryProfile> profile;
    private final Clock clock;
    private final Forms forms;
    private final List<Runnable> whenStopped = new ArrayList<>();
    private final Assets assets = new Assets();
    private boolean passwordLinks;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * Creates the site for a library. The caller remains responsible for closing the library.
     *
     * @param profile returns what the library says about itself at the moment; accesses no storage
     */
    public Website(
            SignIns signIns, ReviewService review, PageReads reads, Supplier<LibraryProfile> profile, Clock clock) {
        this.reads = reads;
        this.clock = clock;
        this.review = review;
        this.signIns = signIns;
        this.profile = profile;
        this.forms = new Forms(signIns);
    }

    /** Adds the common routes, and returns the registry for the pages. */
    public PageRoutes routes(RoutesConfig routes) {
        assets.routes(routes);
        routes.after(reads::mark);
        PageRoutes shared = new PageRoutes(routes, this);
        shared.get("/language/{language}", this::chooseLanguage);
        shared.get("/theme/{theme}", this::chooseTheme);
        return shared;
    }

    void offerPasswordLinks() {
        passwordLinks = true;
    }

    boolean offersPasswordLinks() {
        return passwordLinks;
    }

    void whenStopped(Runnable work) {
        whenStopped.add(work);
    }

    /** Runs the work that was registered for the end of the server. */
    @Override
    public void close() {
        whenStopped.forEach(Runnable::run);
    }

    private void chooseLanguage(Visit visit) {
        String language = visit.ctx().pathParam("language");
        if (Messages.LANGUAGES.contains(language)) {
            remember(visit.ctx(), language);
        }
        visit.go(localPath(visit.parameter("next")));
    }

    private void chooseTheme(Visit visit) {
        Theme.ofWord(visit.ctx().pathParam("theme")).ifPresent(theme -> theme.remember(visit.ctx(), YEAR_SECONDS));
        visit.go(localPath(visit.parameter("next")));
    }

    /** Saves the chosen language in a cookie. */
    public static void remember(Context ctx, String language) {
        Cookies.set(ctx, LANGUAGE_COOKIE, language, YEAR_SECONDS);
    }

    /** Returns the address if it is a path of this library, and otherwise the home page. Prevents redirects to other sites. */
    public static String localPath(String next) {
        boolean local = next.matches("/[\\x21-\\x7e&&[^\\\\]]*") && !next.startsWith("//");
        return local ? next : "/";
    }

    PageReads reads() {
        return reads;
    }

    ReviewService review() {
        return review;
    }

    Forms forms() {
        return forms;
    }

    String asset(String name) {
        return assets.address(name);
    }

    String icon(String name) {
        return assets.icon(name);
    }

    Clock clock() {
        return clock;
    }

    String render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        templates.render(template + ".jte", values, output);
        return output.toString();
    }

    /** Returns the visit for a request, with the account that is signed in. */
    Visit visit(Context ctx) {
        String session = ctx.cookie(SignIns.SESSION_COOKIE);
        Account account = session == null ? null : signIns.account(session).orElse(null);
        return visit(ctx, account, session);
    }

    private Visit visit(Context ctx, @Nullable Account account, @Nullable String session) {
        LibraryProfile current = profile.get();
        Wording words = new Wording(language(ctx), current.languages());
        return new Visit(ctx, this, account, session, words, current);
    }

    private static String language(Context ctx) {
        String chosen = ctx.cookie(LANGUAGE_COOKIE);
        return chosen != null && Messages.LANGUAGES.contains(chosen)
                ? chosen
                : preferred(ctx.header("Accept-Language"));
    }

    private static String preferred(@Nullable String acceptLanguage) {
        return AcceptedLanguages.of(acceptLanguage).stream()
                .map(AcceptedLanguages::primary)
                .filter(Messages.LANGUAGES::contains)
                .findFirst()
                .orElse(Messages.LANGUAGES.get(0));
    }

    void headers(Visit visit) {
        Context ctx = visit.ctx();
        ctx.header("Content-Security-Policy", CONTENT_SECURITY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("Vary", "Accept-Language, Cookie");
        ctx.header("Content-Language", visit.words().language());
        // A response to a form can contain the submitted values, so it must not be cached.
        boolean anyones = visit.account() == null && HandlerType.GET.equals(ctx.method());
        ctx.header("Cache-Control", anyones ? "no-cache" : "no-store");
    }

    /**
     * Sends the response for a visitor without access: a redirect to the sign-in page for a GET without a session, and an error
     * page otherwise.
     */
    void refuse(Visit visit) {
        if (visit.account() != null) {
            trouble(visit, 403);
        } else if (visit.ctx().method().name().equals("GET") && !visit.isPartial()) {
            headers(visit);
            visit.go("/signin?next=" + visit.address());
        } else {
            trouble(visit, 403, "signed-out");
        }
    }

    void trouble(Visit visit, int status) {
        trouble(visit, status, String.valueOf(status));
    }

    /** Sends an error page that explains the problem and what to do. */
    void trouble(Visit visit, int status, String kind) {
        headers(visit);
        visit.render(status, "trouble", Map.of("kind", known(visit.words(), status, kind)));
    }

    private static String known(Wording words, int status, String kind) {
        return words.has("trouble." + kind + ".title") ? kind : status < 500 ? "400" : "500";
    }

    /**
     * Returns an error page for a request that could not be parsed, so that the visitor is unknown.
     *
     * @param acceptLanguage the {@code Accept-Language} header; null if it is missing
     */
    public String errorPage(int status, @Nullable String acceptLanguage) {
        String language = preferred(acceptLanguage);
        LibraryProfile current = profile.get();
        Wording words = new Wording(language, current.languages());
        return render(
                "error",
                Map.of(
                        "words",
                        words,
                        "libraryName",
                        current.name(),
                        "kind",
                        known(words, status, String.valueOf(status)),
                        "pico",
                        asset("pico.css"),
                        "style",
                        asset("site.css"),
                        "icon",
                        asset("icon.svg")));
    }

    /** Returns whether the client accepts HTML and the path is not one for programs. */
    public static boolean isForPages(@Nullable String accepted, @Nullable String path) {
        return accepted != null && accepted.contains("text/html") && !isForPrograms(path);
    }

    /** Sends an error page if the request is for a page, not from a program. Returns whether it did. */
    public boolean answeredTrouble(Context ctx, int status) {
        boolean page = wantsPage(ctx);
        if (page) {
            trouble(visitor(ctx), status);
        }
        return page;
    }

    /**
     * Sends a page that says that the library is temporarily unavailable, if the request is for a page. Returns whether it did.
     * Does not access the storage.
     */
    public boolean answeredUnavailable(Context ctx) {
        boolean page = wantsPage(ctx);
        if (page) {
            trouble(stranger(ctx), 503);
        }
        return page;
    }

    private static boolean wantsPage(Context ctx) {
        return isForPages(ctx.header("Accept"), ctx.path());
    }

    /** Returns the visit, without an account if the account cannot be read. The database may be the cause of the error. */
    private Visit visitor(Context ctx) {
        try {
            return visit(ctx);
        } catch (RuntimeException e) {
            return stranger(ctx);
        }
    }

    private Visit stranger(Context ctx) {
        return visit(ctx, null, null);
    }

    private static boolean isForPrograms(@Nullable String path) {
        return path != null
                && (path.equals("/oai")
                        || path.startsWith("/api/")
                        || path.startsWith("/media/")
                        || path.startsWith("/picture/")
                        || path.startsWith("/assets/"));
    }
}

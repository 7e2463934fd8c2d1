package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.ServedAddress;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.pictures.PictureRoutes;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.ReadAccess;
import org.librarypeers.sync.pictures.PictureCopy;

/** One request for a page, with its visitor. Not thread-safe. */
public final class Visit {

    private final Context ctx;
    private final Website site;
    private final @Nullable Account account;
    private final @Nullable String session;
    private final Wording words;
    private final LibraryProfile library;
    private @Nullable Long waiting;
    private @Nullable ReadAccess reads;

    Visit(
            Context ctx,
            Website site,
            @Nullable Account account,
            @Nullable String session,
            Wording words,
            LibraryProfile library) {
        this.ctx = ctx;
        this.site = site;
        this.account = account;
        this.session = session;
        this.words = words;
        this.library = library;
    }

    /** Returns the request and its response. */
    public Context ctx() {
        return ctx;
    }

    /** Returns the account that is signed in; null if it is missing. */
    public @Nullable Account account() {
        return account;
    }

    /**
     * Returns the account that is signed in, for pages that require one.
     *
     * @throws NullPointerException if nobody is signed in
     */
    public Account signedIn() {
        return Objects.requireNonNull(account, "nobody is signed in");
    }

    /** Returns the secret of the session; null if nobody is signed in. */
    public @Nullable String session() {
        return account == null ? null : session;
    }

    /** Returns whether the visitor has the role or a higher one. */
    public boolean may(Role role) {
        return account != null && account.role().includes(role);
    }

    /**
     * Returns the storage for a public page. A visitor sees their own changes immediately. Others may see them later, if the
     * library has a read replica.
     */
    public ReadAccess reads() {
        if (reads == null) {
            reads = site.reads().of(ctx);
        }
        return reads;
    }

    /** Returns the copies of pictures with these addresses. */
    public PagePictures pictures(Collection<String> addresses) {
        return new PagePictures(reads().pictures().find(addresses));
    }

    /** Returns the storage for a page on which everybody must see every change immediately. */
    public ReadAccess currentReads() {
        return site.reads().current();
    }

    /** Returns {@link #currentReads}, or an empty {@code Optional} if {@link #reads} are as fresh anyway. */
    public Optional<ReadAccess> fresherReads() {
        return site.reads().fresher(ctx);
    }

    /** Returns whether the path of this page is the given one or below it. */
    public boolean isAt(String path) {
        return ctx.path().equals(path) || ctx.path().startsWith(path + "/");
    }

    /** Returns the token that the forms of this page send as {@code csrf}. */
    public String token() {
        return site.forms().token(ctx, session());
    }

    /** Returns the number of resources that wait for a review. Counts them on the first call. */
    public long waiting() {
        if (waiting == null) {
            waiting = site.review().waitingCount();
        }
        return waiting;
    }

    /** Sets the number of resources that wait for a review, for a page that has already counted them. */
    public void setWaiting(long count) {
        waiting = count;
    }

    /** Returns the path of a style or script. */
    public String asset(String name) {
        return site.asset(name);
    }

    /** Returns the address of an icon, for an SVG {@code use} element. */
    public String icon(String name) {
        return site.icon(name);
    }

    /** Returns the description of this library by its administrators. It is the same for the whole visit. */
    public LibraryProfile library() {
        return library;
    }

    /** Returns the name of this library. */
    public String libraryName() {
        return library.name();
    }

    /** Returns the content languages of this library, the default first. */
    public List<String> contentLanguages() {
        return library.languages();
    }

    /** Returns the address of the logo of this library, or of the picture of the program. */
    public String logo() {
        PictureCopy logo = library.logo();
        return logo == null ? asset("icon.svg") : PictureRoutes.path(logo);
    }

    /** Returns the path and query of this page, encoded for use as a parameter. */
    public String address() {
        return UrlEncoding.parameter(here());
    }

    /** Returns the path and query of this page. */
    public String here() {
        String query = ctx.queryString();
        return ctx.path() + (query == null ? "" : "?" + query);
    }

    /** Returns the absolute address of a path. */
    public String absolute(String path) {
        return ServedAddress.of(ctx) + path;
    }

    /** Returns the texts and formats in the visitor's language. */
    public Wording words() {
        return words;
    }

    /** Returns a text of the interface; see {@link Messages#say}. */
    public String say(String key, Object... values) {
        return words.say(key, values);
    }

    /** Returns a text in the visitor's language; see {@link Wording#text}. */
    public Wording.Text text(LocalizedText text) {
        return words.text(text);
    }

    /** Returns a title in the visitor's language; see {@link Wording#title}. */
    public Wording.Text title(ResourceContent content) {
        return words.title(content);
    }

    /** Returns a formatted number; see {@link Wording#number}. */
    public String number(long number) {
        return words.number(number);
    }

    /** Returns a formatted time; see {@link Wording#time}. */
    public String time(Instant time) {
        return words.time(time);
    }

    /** Returns how long ago a time was, or how far in the future it is; see {@link Wording#ago}. */
    public String ago(Instant time) {
        return words.ago(time, site.clock().instant());
    }

    /** Returns a formatted day; see {@link Wording#day(Instant)}. */
    public String day(Instant time) {
        return words.day(time);
    }

    /** Returns the colours that the visitor chose. */
    public Theme theme() {
        return Theme.of(ctx);
    }

    /** Returns the codes of the interface languages. */
    public List<String> languages() {
        return Messages.LANGUAGES;
    }

    /** Returns a field of the submitted form, without surrounding white space; empty if it is missing. */
    public String field(String name) {
        String value = ctx.formParam(name);
        return value == null ? "" : value.strip();
    }

    /** Returns a query parameter, without surrounding white space; empty if it is missing. */
    public String parameter(String name) {
        String value = ctx.queryParam(name);
        return value == null ? "" : value.strip();
    }

    /** Returns whether htmx requests a part of a page. */
    public boolean isPartial() {
        return "true".equals(ctx.header("HX-Request")) && !"true".equals(ctx.header("HX-Boosted"));
    }

    /** Sends a page with status 200. */
    public void render(String template, Map<String, Object> values) {
        render(200, template, values);
    }

    /**
     * Sends a page.
     *
     * @param template the path below {@code src/main/jte}, without the extension
     * @param values the parameters of the template, without {@code visit}
     */
    public void render(int status, String template, Map<String, Object> values) {
        String html = page(template, values);
        ctx.status(status);
        ctx.contentType("text/html; charset=utf-8");
        ctx.result(html);
    }

    /** Returns a page, or a part of one, as HTML. */
    public String page(String template, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("visit", this);
        return site.render(template, all);
    }

    /** Redirects the visitor with 303, so that the browser follows with GET. */
    public void go(String path) {
        ctx.header("Location", path);
        ctx.status(303);
    }

    /** Redirects the visitor and leaves a notice for the next page. */
    public void go(String path, String key, Object... values) {
        site.forms().leaveNotice(ctx, say(key, values));
        go(path);
    }

    /** Returns the notice of the previous page; null if it is missing. Also clears it. */
    public @Nullable String notice() {
        return site.forms().takeNotice(ctx);
    }

    /** Sends the sign-in form with the submitted form attached. */
    void signInAgain(int status, Resumption resumption) {
        signInForm(status, new FormData().with("next", ""), null, false, resumption);
    }

    /** Sends a page on which the visitor can submit the form again. */
    public void sendAgain(int status, Resumption resumption) {
        render(status, "account/again", Map.of("resumption", resumption));
    }

    /**
     * Sends the sign-in form.
     *
     * @param problem the error message; null if it is missing
     * @param first whether the library has no account yet
     * @param resumption the form to submit after signing in; null if it is missing
     */
    public void signInForm(
            int status, FormData form, @Nullable String problem, boolean first, @Nullable Resumption resumption) {
        Map<String, Object> values = new HashMap<>(Map.of("form", form, "first", first));
        values.put("problem", problem);
        values.put("resumption", resumption);
        values.put("forgotten", site.offersPasswordLinks());
        render(status, "account/signin", values);
    }

    /** Returns this visit with the account that has just signed in. */
    public Visit as(Account signedIn, String newSession) {
        return new Visit(ctx, site, signedIn, newSession, words, library);
    }

    /** Sends a 404 page. */
    public void notFound() {
        site.trouble(this, 404);
    }
}

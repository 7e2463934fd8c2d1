package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;

/** One request for a page, and who makes it. For one thread. */
public final class Visit {

    private final Context ctx;
    private final Site site;
    private final @Nullable Account account;
    private final @Nullable String session;
    private final Words words;
    private @Nullable Long waiting;

    Visit(Context ctx, Site site, @Nullable Account account, @Nullable String session, Words words) {
        this.ctx = ctx;
        this.site = site;
        this.account = account;
        this.session = session;
        this.words = words;
    }

    /** The request, and the answer to it. */
    public Context ctx() {
        return ctx;
    }

    /** Who is signed in; null for nobody. */
    public @Nullable Account account() {
        return account;
    }

    /**
     * Who is signed in, on a page that needs somebody to be.
     *
     * @throws NullPointerException if nobody is
     */
    public Account signedIn() {
        return Objects.requireNonNull(account, "nobody is signed in");
    }

    /** The secret of the session; null if nobody is signed in. */
    public @Nullable String session() {
        return account == null ? null : session;
    }

    /** Whether the visitor may do what that role may. */
    public boolean may(Role role) {
        return account != null && account.role().includes(role);
    }

    /** Whether this page is that one, or one below it. */
    public boolean isAt(String path) {
        return ctx.path().equals(path) || ctx.path().startsWith(path + "/");
    }

    /** What this page's forms send back as {@code csrf}. */
    public String token() {
        return site.forms().token(ctx, session());
    }

    /** How many resources wait for a reviewer. */
    public long waiting() {
        if (waiting == null) {
            waiting = site.library().review().waitingCount();
        }
        return waiting;
    }

    /** That so many resources wait for a reviewer, for a page that has counted them itself. */
    public void waits(long count) {
        waiting = count;
    }

    /** Where that style or script is. */
    public String asset(String name) {
        return site.asset(name);
    }

    /** What this library is called. */
    public String libraryName() {
        return site.library().settings().name();
    }

    /** The address of this page, from its path on, fit to be a parameter of another. */
    public String address() {
        String query = ctx.queryString();
        return URLEncoder.encode(ctx.path() + (query == null ? "" : "?" + query), StandardCharsets.UTF_8);
    }

    /** The full address of that path. */
    public String absolute(String path) {
        return ServedAddress.of(ctx) + path;
    }

    /** The texts, numbers and dates in the visitor's language. */
    public Words words() {
        return words;
    }

    /** A text of the interface; see {@link Messages#say}. */
    public String say(String key, Object... values) {
        return words.say(key, values);
    }

    /** See {@link Words#text}. */
    public Words.Text text(LocalizedText text) {
        return words.text(text);
    }

    /** See {@link Words#title}. */
    public Words.Text title(ResourceContent content) {
        return words.title(content);
    }

    /** See {@link Words#number}. */
    public String number(long number) {
        return words.number(number);
    }

    /** See {@link Words#time}. */
    public String time(Instant time) {
        return words.time(time);
    }

    /** See {@link Words#day(Instant)}. */
    public String day(Instant time) {
        return words.day(time);
    }

    /** The languages of the interface. */
    public List<String> languages() {
        return Messages.LANGUAGES;
    }

    /** A field of the form that was sent, without the space around it; empty if it was not there. */
    public String field(String name) {
        String value = ctx.formParam(name);
        return value == null ? "" : value.strip();
    }

    /** A parameter of the address, without the space around it; empty if it is not there. */
    public String parameter(String name) {
        String value = ctx.queryParam(name);
        return value == null ? "" : value.strip();
    }

    /** Whether htmx asks, for a part of a page. */
    public boolean isPartial() {
        return "true".equals(ctx.header("HX-Request")) && !"true".equals(ctx.header("HX-Boosted"));
    }

    /** Answers with a page. */
    public void render(String template, Map<String, Object> values) {
        render(200, template, values);
    }

    /**
     * Answers with a page.
     *
     * @param template its path below {@code src/main/jte}, without the ending
     * @param values the template's parameters, but for {@code visit}
     */
    public void render(int status, String template, Map<String, Object> values) {
        String html = page(template, values);
        ctx.status(status);
        ctx.contentType("text/html; charset=utf-8");
        ctx.result(html);
    }

    /** The page, or part of one, as text. */
    public String page(String template, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("visit", this);
        return site.render(template, all);
    }

    /** Sends the visitor on, to be asked for with GET. */
    public void go(String path) {
        ctx.header("Location", path);
        ctx.status(303);
    }

    /** Sends the visitor on, and lets the next page say something. */
    public void go(String path, String key, Object... values) {
        site.forms().leaveNotice(ctx, say(key, values));
        go(path);
    }

    /** What the page before left to be said; null for nothing. It is said once. */
    public @Nullable String notice() {
        return site.forms().takeNotice(ctx);
    }

    /** Answers with the sign-in form, which carries that form along. */
    void signInAgain(int status, Resumption resumption) {
        signInForm(status, new FormData().with("next", ""), null, false, resumption);
    }

    /** Answers with a page that sends that form again. */
    public void sendAgain(int status, Resumption resumption) {
        render(status, "account/again", Map.of("resumption", resumption));
    }

    /**
     * Answers with the sign-in form.
     *
     * @param problem what went wrong; null for nothing
     * @param first whether the library has no account yet
     * @param resumption the form that is sent afterwards; null for none
     */
    public void signInForm(
            int status, FormData form, @Nullable String problem, boolean first, @Nullable Resumption resumption) {
        Map<String, Object> values = new HashMap<>(Map.of("form", form, "first", first));
        values.put("problem", problem);
        values.put("resumption", resumption);
        render(status, "account/signin", values);
    }

    /** Returns this visit as that of somebody who has just signed in. */
    public Visit as(Account signedIn, String newSession) {
        return new Visit(ctx, site, signedIn, newSession, words);
    }

    /** Answers that there is no such page. */
    public void notFound() {
        site.trouble(this, 404);
    }
}

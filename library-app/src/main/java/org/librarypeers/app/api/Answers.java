package org.librarypeers.app.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which existing sites answer, down to their headers. */
final class Answers {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String VARY_BY_LANGUAGE = "Accept-Language, Cookie";
    private static final String VARY = "Accept, " + VARY_BY_LANGUAGE;

    private Answers() {}

    /** What was asked for. */
    static void found(Context ctx, JsonNode body, String language) {
        common(ctx, 200, VARY, JSON, language);
        ctx.header("Cache-Control", "no-cache");
        ctx.result(OrbJson.write(body));
    }

    /** Nothing (visible) there. */
    static void notFound(Context ctx) {
        common(ctx, 404, VARY, HTML, "en");
    }

    /** No credentials, or wrong ones. */
    static void unauthorized(Context ctx) {
        common(ctx, 401, VARY_BY_LANGUAGE, HTML, "en");
    }

    /** A parameter that makes no sense. */
    static void badRequest(Context ctx, String error) {
        common(ctx, 400, VARY_BY_LANGUAGE, JSON, "en");
        ctx.result(OrbJson.write(object("error", error)));
    }

    /** An unknown address, or what else HTTP itself refuses; in a few words of HTML, as existing sites do. */
    static void refused(Context ctx, int status) {
        common(ctx, status, VARY_BY_LANGUAGE, HTML, "en");
        ctx.result("<h1>" + HttpStatus.forStatus(status).getMessage() + "</h1>");
    }

    static void methodNotAllowed(Context ctx, String allowed) {
        common(ctx, 405, VARY_BY_LANGUAGE, HTML, "en");
        ctx.header("Allow", allowed);
        ctx.result(allowed);
    }

    /** The slash at the end was missing. */
    static void movedToSlash(Context ctx) {
        String query = ctx.queryString();
        ctx.status(301);
        ctx.contentType(HTML);
        ctx.header("Location", ctx.path() + "/" + (query == null ? "" : "?" + query));
    }

    /** What existing sites say to anything that they did not expect. */
    static void couldNotBeProcessed(Context ctx, int status) {
        common(ctx, status, VARY_BY_LANGUAGE, JSON, "en");
        ctx.result(OrbJson.write(
                object("error_message", "Sorry, this request could not be processed. Please try again later.")));
    }

    private static void common(Context ctx, int status, String vary, String contentType, String language) {
        ctx.status(status);
        ctx.contentType(contentType);
        ctx.header("Content-Language", language);
        ctx.header("Vary", vary);
        ctx.header("X-Frame-Options", "SAMEORIGIN");
    }

    private static ObjectNode object(String key, String value) {
        return JsonNodeFactory.instance.objectNode().put(key, value);
    }
}

package org.librarypeers.app.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.librarypeers.app.http.EntityTag;
import org.librarypeers.app.http.Gzip;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Responses in the exact format of existing sites, including their headers. */
public final class OrbResponses {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String VARY_BY_LANGUAGE = "Accept-Language, Cookie";
    private static final String VARY = "Accept, " + VARY_BY_LANGUAGE;
    private static final int WORTH_COMPRESSING = 1_400;
    private static final int FEED_BUFFER = 64 * 1024;

    private OrbResponses() {}

    /** Sends the requested object, or 304 if the caller already has it. */
    static void found(Context ctx, JsonNode body, String language) {
        byte[] json = OrbJson.write(body);
        if (isNew(ctx, EntityTag.weak(json, language), language)) {
            body(ctx, json);
        }
    }

    /**
     * Sends a page of the full feed as compact JSON, or 304 if the caller already has it.
     *
     * @param state everything that determines the body; it is cheaper to compute than the body
     */
    static void feed(Context ctx, String state, String language, Consumer<JsonGenerator> page) {
        EntityTag tag = EntityTag.weak(state.getBytes(StandardCharsets.UTF_8), language);
        if (isNew(ctx, tag, language)) {
            boolean compressed = Gzip.isAccepted(ctx.header("Accept-Encoding"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(FEED_BUFFER);
            try (JsonGenerator json = OrbJson.compact(compressed ? Gzip.compressing(bytes) : bytes)) {
                page.accept(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            send(ctx, bytes.toByteArray(), compressed);
        }
    }

    /** Sets the headers, and returns whether the caller needs the body. */
    private static boolean isNew(Context ctx, EntityTag tag, String language) {
        boolean known = tag.isAmong(ctx.header("If-None-Match"));
        common(ctx, known ? 304 : 200, VARY, JSON, language);
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", tag.value());
        return !known;
    }

    /** Sends the current state of an object that was created or changed. */
    static void saved(Context ctx, int status, JsonNode body, String language) {
        common(ctx, status, VARY, JSON, language);
        body(ctx, OrbJson.write(body));
    }

    /** Sends 204 after a deletion. */
    static void deleted(Context ctx) {
        common(ctx, 204, VARY, HTML, "en");
        ctx.res().setContentType(null);
    }

    /** Sends 201 after an upload. */
    static void uploaded(Context ctx) {
        common(ctx, 201, VARY_BY_LANGUAGE, HTML, "en");
    }

    /** Sends the list of API addresses, on one line. */
    static void addresses(Context ctx, String json) {
        common(ctx, 200, VARY_BY_LANGUAGE, JSON, "en");
        ctx.result(json);
    }

    /** Sends 404: the object does not exist, or the caller may not see it. */
    static void notFound(Context ctx) {
        common(ctx, 404, VARY, HTML, "en");
    }

    /** Sends 401: the credentials are missing or wrong, or do not permit the request. */
    static void unauthorized(Context ctx) {
        common(ctx, 401, VARY_BY_LANGUAGE, HTML, "en");
    }

    /** Sends 429: the account has reached its quota. {@code Retry-After} holds the given number of seconds. */
    static void throttled(Context ctx, long seconds) {
        common(ctx, 429, VARY_BY_LANGUAGE, HTML, "en");
        ctx.header("Retry-After", Long.toString(seconds));
    }

    /** Sends 400 for an invalid parameter or body. */
    static void badRequest(Context ctx, String error) {
        common(ctx, 400, VARY_BY_LANGUAGE, JSON, "en");
        body(ctx, OrbJson.write(object("error", error)));
    }

    /** Sends an error about an invalid upload. Existing sites format this JSON by hand, with a space after the brace. */
    static void badUpload(Context ctx, int status, String error) {
        common(ctx, status, VARY_BY_LANGUAGE, JSON, "en");
        ctx.result("{ \"error\": " + JsonNodeFactory.instance.stringNode(error) + "}");
    }

    /**
     * Sends an error for an unknown address or a request that HTTP itself rejects. As on existing sites, the body is a short HTML
     * text. If an API request has an invalid or too large body, the response is JSON, because API clients parse it.
     */
    public static void refused(Context ctx, int status) {
        boolean ofBody = status == 400 || status == 413;
        if (ofBody && ctx.path().startsWith("/api/")) {
            String error = status == 413
                    ? "The request is larger than this library accepts."
                    : "The request is not a valid multipart form.";
            if (ctx.path().startsWith(OrbApi.ROOT)) {
                common(ctx, status, VARY_BY_LANGUAGE, JSON, "en");
                body(ctx, OrbJson.write(object("error", RefusedException.coded(RefusedException.INVALID, error))));
            } else {
                badUpload(ctx, status, error);
            }
            return;
        }
        common(ctx, status, VARY_BY_LANGUAGE, HTML, "en");
        ctx.result("<h1>" + HttpStatus.forStatus(status).getMessage() + "</h1>");
    }

    /** Sends the methods that an address supports, as the response to {@code OPTIONS} or to an unsupported method. */
    static void methods(Context ctx, int status, String allowed) {
        common(ctx, status, VARY_BY_LANGUAGE, HTML, "en");
        ctx.header("Allow", allowed);
        ctx.result(allowed);
    }

    /** Sends 501: the address lists the method, but existing sites do not implement it. */
    static void notImplemented(Context ctx) {
        common(ctx, 501, VARY_BY_LANGUAGE, HTML, "en");
    }

    /** Redirects to the same address with a trailing slash. */
    static void movedToSlash(Context ctx) {
        String query = ctx.queryString();
        ctx.status(301);
        ctx.contentType(HTML);
        ctx.header("Location", ctx.path() + "/" + (query == null ? "" : "?" + query));
    }

    /** Sends the generic error of existing sites. */
    public static void couldNotBeProcessed(Context ctx, int status) {
        common(ctx, status, VARY_BY_LANGUAGE, JSON, "en");
        ctx.result(OrbJson.write(
                object("error_message", "Sorry, this request could not be processed. Please try again later.")));
    }

    /**
     * Sends the body, compressed with gzip if the client accepts it and the body is large enough. Always sets
     * {@code Content-Length}.
     */
    private static void body(Context ctx, byte[] bytes) {
        boolean compressed = bytes.length >= WORTH_COMPRESSING && Gzip.isAccepted(ctx.header("Accept-Encoding"));
        send(ctx, compressed ? Gzip.compress(bytes) : bytes, compressed);
    }

    private static void send(Context ctx, byte[] sent, boolean compressed) {
        ctx.disableCompression();
        if (compressed) {
            ctx.header("Content-Encoding", "gzip");
        }
        ctx.header("Content-Length", Integer.toString(sent.length));
        ctx.result(sent);
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

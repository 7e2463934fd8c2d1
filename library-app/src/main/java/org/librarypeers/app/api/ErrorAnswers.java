package org.librarypeers.app.api;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Site;

/**
 * Answers requests that the HTTP server itself refuses, such as malformed addresses, before any route sees them: with a page of
 * this library for browsers, and with JSON for programs. Safe for use by many threads.
 */
final class ErrorAnswers extends ErrorHandler {

    private static final String HTML = "text/html; charset=utf-8";

    private final Site site;

    ErrorAnswers(Site site) {
        this.site = site;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        HttpFields asked = request.getHeaders();
        // Of a request whose first line is refused, no header was read: then it is taken for one of a browser.
        String accepted = asked.size() == 0 ? "text/html" : asked.get(HttpHeader.ACCEPT);
        boolean page = Site.isForPages(accepted, request.getHttpURI().getPath());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeader.CONTENT_TYPE, page ? HTML : "application/json");
        if (page) {
            headers.put("Content-Security-Policy", Site.CONTENT_SECURITY);
        }
        String body = page ? site.errorPage(code, asked.get(HttpHeader.ACCEPT_LANGUAGE)) : json(code);
        Content.Sink.write(response, true, body, callback);
    }

    /** The message of the server tells of its inside, and stays here. */
    private static String json(int code) {
        return OneLine.json(Map.of("error", HttpStatus.getMessage(code)));
    }
}

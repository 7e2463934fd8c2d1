package org.librarypeers.app.server;

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
import org.librarypeers.app.http.SingleLineJson;
import org.librarypeers.app.web.Website;

/**
 * A handler for requests that the HTTP server rejects before routing, such as malformed addresses. Browsers receive a page of
 * this library; programs receive JSON. Thread-safe.
 */
final class ErrorAnswers extends ErrorHandler {

    private static final String HTML = "text/html; charset=utf-8";

    private final Website site;

    ErrorAnswers(Website site) {
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
        HttpFields requested = request.getHeaders();
        // If the request line is invalid, the server has read no headers. Such a request is treated like one from a
        // browser.
        String accepted = requested.size() == 0 ? "text/html" : requested.get(HttpHeader.ACCEPT);
        boolean page = Website.isForPages(accepted, request.getHttpURI().getPath());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeader.CONTENT_TYPE, page ? HTML : "application/json");
        if (page) {
            headers.put("Content-Security-Policy", Website.CONTENT_SECURITY);
        }
        String body = page ? site.errorPage(code, requested.get(HttpHeader.ACCEPT_LANGUAGE)) : json(code);
        Content.Sink.write(response, true, body, callback);
    }

    /** Returns only the standard text of the status. The message of the server would reveal internals. */
    private static String json(int code) {
        return SingleLineJson.json(Map.of("error", HttpStatus.getMessage(code)));
    }
}

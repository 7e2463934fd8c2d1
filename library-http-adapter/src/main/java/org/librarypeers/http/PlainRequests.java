package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.librarypeers.domain.Peer;

/** A sender of requests that are not those of ORB v1. It adds what the way through the proxy and good manners require. */
record PlainRequests(HttpClient http, Settings settings) {

    /** Sends a request to a peer that speaks another protocol, and tells the listener. */
    HttpResponse<InputStream> send(Peer peer, HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Integer status = null;
        try {
            HttpResponse<InputStream> answer = send(request, settings.userAgent("no contact"));
            status = answer.statusCode();
            return answer;
        } finally {
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            settings.listener().ended(new RequestListener.SentRequest(peer, status, time));
        }
    }

    /** Sends a request with this header {@code User-Agent}. */
    HttpResponse<InputStream> send(HttpRequest request, String userAgent) throws IOException, InterruptedException {
        HttpRequest.Builder complete =
                HttpRequest.newBuilder(request, (name, value) -> true).header("User-Agent", userAgent);
        ProxyRoute proxy = settings.proxyFor(request.uri());
        if (proxy != null && proxy.authorization() != null) {
            // Only the proxy receives this header.
            complete.header("Proxy-Authorization", proxy.authorization());
        }
        return http.send(complete.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}

package org.librarypeers.oai;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.librarypeers.domain.Peer;

/**
 * A sender of single requests. An application can provide one, so that the repositories are reached through the same proxy,
 * and with the same certificate authorities, as other peers. Thread-safe.
 */
@FunctionalInterface
public interface RequestSender {

    /**
     * Sends a request and returns its answer. Does not follow redirects and does not retry. An interrupt ends the wait.
     *
     * @param peer the peer to which the request is sent
     * @param request a GET request with a time limit
     * @throws IOException if there is no answer within the time limit of the request
     */
    HttpResponse<InputStream> send(Peer peer, HttpRequest request) throws IOException, InterruptedException;
}

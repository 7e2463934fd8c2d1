package org.librarypeers.oai;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.HttpAnswers;
import org.librarypeers.sync.peer.Redirect;

/**
 * A sender of single requests to one repository. It limits the time and the size of the answer, and stays on the host of the repository.
 */
final class Exchange {

    private final RequestSender sender;
    private final ExecutorService executor;
    private final Settings settings;
    private final Peer peer;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile URI base;

    Exchange(RequestSender sender, ExecutorService executor, Settings settings, Peer peer, URI base) {
        this.sender = sender;
        this.executor = executor;
        this.settings = settings;
        this.peer = peer;
        this.base = base;
    }

    /** Returns the number of requests so far. */
    int requests() {
        return requests.get();
    }

    /**
     * Sends a request. It runs on a separate thread, because on Java 17 a thread that waits for a body cannot be interrupted. If the
     * caller stops waiting, the body is closed while it is being read.
     *
     * @param query the query, encoded for a URL
     * @throws IOException if the answer did not arrive
     * @throws AnswerException if the answer has no readable body
     */
    AnswerBody get(String query) throws IOException, InterruptedException, AnswerException {
        AtomicReference<InputStream> reading = new AtomicReference<>();
        Future<AnswerBody> answer = executor.submit(() -> follow(query, reading));
        try {
            return answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("answer did not arrive in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            } else if (e.getCause() instanceof AnswerException failure) {
                throw failure;
            } else if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the answer could not be read", e.getCause());
        } finally {
            answer.cancel(true);
            close(reading.get());
        }
    }

    private static void close(@Nullable InputStream body) throws IOException {
        if (body != null) {
            body.close();
        }
    }

    private AnswerBody follow(String query, AtomicReference<InputStream> reading)
            throws IOException, InterruptedException, AnswerException {
        URI uri = URI.create(base + "?" + query);
        for (int hop = 0; hop <= Redirect.MAX_PER_REQUEST; hop++) {
            HttpResponse<InputStream> response = send(uri);
            reading.set(response.body());
            String location = Redirects.location(response);
            if (location == null) {
                return read(response);
            }
            response.body().close();
            uri = Redirects.follow(peer, uri, location);
            if (query.equals(uri.getRawQuery())) {
                base = URI.create(uri.toString().replaceFirst("\\?.*", ""));
            }
        }
        throw Redirects.endless(peer);
    }

    private HttpResponse<InputStream> send(URI uri) throws IOException, InterruptedException {
        requests.incrementAndGet();
        return sender.send(
                peer,
                HttpRequest.newBuilder(uri)
                        .timeout(settings.requestTimeout())
                        .header("Accept", "text/xml, application/xml")
                        .header("Accept-Encoding", "gzip")
                        .build());
    }

    private AnswerBody read(HttpResponse<InputStream> response) throws IOException, AnswerException {
        HttpHeaders headers = response.headers();
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw AnswerException.status(
                    response.statusCode(), retryAfter(headers, settings.clock().instant()));
        }
        int most = Math.toIntExact(Math.min(settings.maxBodyBytes(), Integer.MAX_VALUE - 16));
        try (InputStream body = unpacked(response.body(), headers)) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw AnswerException.body("more than " + Count.of(most, "byte"), null);
            }
            return new AnswerBody(
                    bytes,
                    headers.firstValue("Content-Type").orElse(""),
                    HttpAnswers.date(headers.firstValue("Date").orElse("")).orElse(null));
        } catch (ZipException e) {
            throw AnswerException.body("a body that is not compressed as its header states", e);
        }
    }

    private static InputStream unpacked(InputStream raw, HttpHeaders headers) throws IOException, AnswerException {
        return HttpAnswers.decompressed(
                        raw, headers.firstValue("Content-Encoding").orElse(""))
                .orElseThrow(() -> AnswerException.body("a body in a compression format that was not requested", null));
    }

    /** Returns the wait that the repository states; null if it states none. */
    private static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        return HttpAnswers.retryAfter(
                        headers.firstValue("Retry-After").orElse(""),
                        headers.firstValue("Date").orElse(""),
                        now)
                .orElse(null);
    }
}

package org.librarypeers.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
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
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.peer.HttpAnswers;
import org.librarypeers.sync.peer.Redirect;

/**
 * A sender of single requests to one peer. It adds the credentials, limits the time and the size of the answer, and stays on
 * the host of the peer. Safe for use by multiple threads.
 */
final class Exchange {

    private static final int MAX_BLANKS = 4_096;

    /** White space, and the bytes of a UTF-8 byte order mark. */
    private static final String BLANKS = " \t\r\n\u00EF\u00BB\u00BF";

    private static final Duration ERROR_TEXT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final ExecutorService readers;
    private final Settings settings;
    private final Peer peer;
    private final Redirects redirects;
    private final String credentials;
    private final String userAgent;
    private final ErrorText.SecretFilter secret;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile URI base;
    private volatile @Nullable Instant peerClock;

    Exchange(HttpClient http, ExecutorService readers, Settings settings, Peer peer) {
        ApiKey key = peer.apiKey();
        if (!peer.takesRequests() || key == null) {
            throw new IllegalArgumentException("no request can be sent to peer " + peer + ": "
                    + peer.noRequestsReason().orElse("no API key"));
        }
        PeerHost host = peer.host().orElseThrow();
        this.http = http;
        this.readers = readers;
        this.settings = settings;
        this.peer = peer;
        this.redirects = new Redirects(host);
        this.userAgent = settings.userAgent("account " + peer.apiUser());
        this.credentials = "ApiKey " + peer.apiUser() + ":" + key.secret();
        this.secret = new PeerFailures(peer, settings)::hidden;
        this.base = host.uri();
    }

    /** A function that reads the body of an answer. */
    interface BodyReader<T> {
        T read(InputStream body) throws IOException, AnswerException;
    }

    int requests() {
        return requests.get();
    }

    /** Returns the time in the {@code Date} header of the peer's last answer, to the second; null if that answer had none. */
    @Nullable
    Instant peerClock() {
        return peerClock;
    }

    <T> T get(String pathAndQuery, BodyReader<T> reader) throws IOException, InterruptedException, AnswerException {
        long deadline = System.nanoTime() + settings.requestTimeout().toNanos();
        URI asked = URI.create(base + pathAndQuery);
        URI uri = asked;
        for (int hop = 0; hop <= Redirect.MAX_PER_REQUEST; hop++) {
            HttpResponse<InputStream> response = send(uri, deadline);
            String location = Redirects.location(response);
            if (location == null) {
                peerClock = HttpAnswers.date(
                                response.headers().firstValue("Date").orElse(""))
                        .orElse(null);
                return answer(response, deadline, reader);
            }
            response.body().close();
            uri = redirects.follow(uri, location);
            if (Redirects.onlyUpgrades(asked, uri)) {
                base = URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
            }
        }
        throw redirects.endless();
    }

    private HttpResponse<InputStream> send(URI uri, long deadline) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(remaining(deadline))
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("Authorization", credentials)
                .header("User-Agent", userAgent);
        ProxyRoute proxy = settings.proxyFor(uri);
        if (proxy != null && proxy.authorization() != null) {
            // Only the proxy receives this header.
            request.header("Proxy-Authorization", proxy.authorization());
        }
        requests.incrementAndGet();
        long start = System.nanoTime();
        Integer status = null;
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            status = response.statusCode();
            return response;
        } finally {
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            settings.listener().ended(new RequestListener.SentRequest(peer, status, time));
        }
    }

    private static Duration remaining(long deadline) throws HttpTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new HttpTimeoutException("request timed out");
        }
        return Duration.ofNanos(left);
    }

    /**
     * Reads the body on a separate thread, because on Java 17 a thread that waits for a body cannot be interrupted. If the
     * caller stops waiting, the body is closed while it is being read.
     */
    private <T> T answer(HttpResponse<InputStream> response, long deadline, BodyReader<T> reader)
            throws IOException, InterruptedException, AnswerException {
        boolean good = isGood(response);
        Duration left = remaining(deadline);
        Duration patience = good || left.compareTo(ERROR_TEXT_TIMEOUT) < 0 ? left : ERROR_TEXT_TIMEOUT;
        try (InputStream raw = response.body()) {
            Future<T> answer = readers.submit(() -> read(raw, response, reader));
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (good) {
                throw new HttpTimeoutException("body did not arrive in time");
            }
            // The status is sufficient; the body did not arrive in time.
            throw status(response, ErrorText.NOTHING);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            } else if (cause instanceof AnswerException failure) {
                throw failure;
            }
            throw new IllegalStateException("the answer could not be read", cause);
        }
    }

    private <T> T read(InputStream raw, HttpResponse<?> response, BodyReader<T> reader)
            throws IOException, AnswerException {
        try {
            if (!isGood(response)) {
                throw status(response, errorText(raw, response));
            }
            LimitedInputStream body =
                    new LimitedInputStream(unpacked(raw, response.headers()), settings.maxBodyBytes());
            BufferedInputStream text = new BufferedInputStream(body);
            refuseUnlessJson(text, response);
            T answer = reader.read(text);
            body.drain();
            return answer;
        } catch (LimitedInputStream.TooLargeException e) {
            throw new AnswerException.Malformed("more than " + Count.of(settings.maxBodyBytes(), "byte"), e);
        } catch (ZipException e) {
            throw new AnswerException.Malformed("a body that is not compressed as its header states", e);
        }
    }

    private static boolean isGood(HttpResponse<?> response) {
        return response.statusCode() >= 200 && response.statusCode() <= 299;
    }

    private AnswerException.Status status(HttpResponse<?> response, ErrorText errorText) {
        Duration retryAfter = retryAfter(response.headers(), settings.clock().instant());
        return new AnswerException.Status(response.statusCode(), retryAfter, errorText);
    }

    private ErrorText errorText(InputStream raw, HttpResponse<?> response) {
        try {
            InputStream body = new LimitedInputStream(unpacked(raw, response.headers()), settings.maxBodyBytes());
            return ErrorText.of(response.headers(), body, secret);
        } catch (IOException | AnswerException e) {
            return ErrorText.of(response.headers(), InputStream.nullInputStream(), secret);
        }
    }

    /**
     * Throws unless the body is JSON. A body that begins like JSON is accepted with any content type, because many proxies and
     * frameworks send {@code text/html} or none.
     */
    private void refuseUnlessJson(BufferedInputStream body, HttpResponse<?> response)
            throws IOException, AnswerException {
        String type = response.headers().firstValue("Content-Type").orElse("json");
        int first = firstSign(body);
        boolean beginsAsJson = first == '{' || first == '[';
        if (first != '<' && (beginsAsJson || !ErrorText.isOtherType(type))) {
            return;
        }
        String shown = type.replaceAll(";.*", "").replaceAll("[^A-Za-z0-9/+.-]", "");
        throw AnswerException.Malformed.ofType(
                ErrorText.isOtherType(type) ? shown.substring(0, Math.min(shown.length(), 60)) : "a web page",
                ErrorText.of(response.headers(), body, secret));
    }

    /**
     * Returns the first byte that is neither white space nor part of a byte order mark, or -1 at the end of the stream. Resets
     * the stream to its beginning.
     */
    private static int firstSign(BufferedInputStream body) throws IOException {
        body.mark(MAX_BLANKS + 1);
        int sign = body.read();
        for (int read = 1; read < MAX_BLANKS && BLANKS.indexOf(sign) >= 0; read++) {
            sign = body.read();
        }
        body.reset();
        return sign;
    }

    private static InputStream unpacked(InputStream raw, HttpHeaders headers) throws IOException, AnswerException {
        return HttpAnswers.decompressed(
                        raw, headers.firstValue("Content-Encoding").orElse(""))
                .orElseThrow(
                        () -> new AnswerException.Malformed("a body in a compression format that was not requested"));
    }

    /** Returns the wait that the peer states; null if it states none, or none that is longer than zero. */
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        return HttpAnswers.retryAfter(
                        headers.firstValue("Retry-After").orElse(""),
                        headers.firstValue("Date").orElse(""),
                        now)
                .filter(wait -> !wait.isZero())
                .orElse(null);
    }
}

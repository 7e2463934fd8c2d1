package org.librarypeers.app.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.outgoing.GuardedClient;
import org.librarypeers.app.outgoing.OutgoingException;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureTask;

/**
 * A client for pictures at any address that a peer may have written. It connects to public addresses only, and to the
 * peers that named the picture. It limits the size of each picture and the time that fetching it takes. Thread-safe.
 */
public final class PictureFetcher implements AutoCloseable {

    private static final GuardedClient.Limits LIMITS =
            new GuardedClient.Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(90));

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LONGEST_VALIDATOR = 500;
    private static final int PROXY_REFUSES = 407;

    private final GuardedClient client;
    private final long maxBytes;

    /** The answer of a host. */
    sealed interface Answer {

        /** The picture is the same as before. */
        record Unchanged() implements Answer {}

        /**
         * The picture was received.
         *
         * @param etag the {@code ETag}; null if the host sent none
         * @param lastModified the {@code Last-Modified}; null if the host sent none
         */
        record Received(@Nullable String etag, @Nullable String lastModified) implements Answer {}
    }

    /**
     * Creates a client.
     *
     * @param route the proxy, if any
     * @param tls the certificate authorities to trust
     * @param userAgent returns the value of the header {@code User-Agent}
     * @param maxBytes the largest size of a picture
     */
    public PictureFetcher(OutgoingRoute route, SSLContext tls, Supplier<String> userAgent, long maxBytes) {
        this(new GuardedClient(route, tls, userAgent, LIMITS), maxBytes);
    }

    /** Creates a fetcher that uses a client, and closes that client when it is closed. */
    PictureFetcher(GuardedClient client, long maxBytes) {
        this.client = client;
        this.maxBytes = maxBytes;
    }

    /**
     * Fetches a picture into a file.
     *
     * @param conditional whether to send what the host sent last time, so that it can answer that nothing has changed
     * @throws PictureException if that fails; the file may then contain anything
     * @throws IOException if the file cannot be written
     */
    Answer fetch(PictureTask task, boolean conditional, Path file) throws IOException {
        try {
            Answer answer = client.send(
                    task.address(),
                    task.peers(),
                    uri -> request(uri, task, conditional),
                    response -> answer(response, file));
            if (answer instanceof Answer.Unchanged && !conditional) {
                throw new PictureException(PictureProblem.STATUS, "HTTP 304 without a condition");
            }
            return answer;
        } catch (OutgoingException e) {
            throw new PictureException(problem(e), e.detail());
        }
    }

    private static PictureProblem problem(OutgoingException e) {
        return switch (e.problem()) {
            case ADDRESS -> PictureProblem.ADDRESS;
            case PRIVATE_ADDRESS -> PictureProblem.PRIVATE_ADDRESS;
            case NOT_REACHED -> PictureProblem.NOT_REACHED;
            case TOO_SLOW -> PictureProblem.TOO_SLOW;
            case REDIRECTS -> PictureProblem.REDIRECTS;
        };
    }

    private static HttpGet request(URI uri, PictureTask task, boolean conditional) {
        HttpGet get = new HttpGet(uri);
        get.setHeader("Accept", "image/jpeg,image/png,image/gif;q=0.9");
        if (conditional && task.etag() != null) {
            get.setHeader("If-None-Match", task.etag());
        }
        if (conditional && task.lastModified() != null) {
            get.setHeader("If-Modified-Since", task.lastModified());
        }
        return get;
    }

    private Answer answer(ClassicHttpResponse response, Path file) throws IOException {
        int status = response.getCode();
        if (status == 304) {
            return new Answer.Unchanged();
        }
        HttpEntity entity = response.getEntity();
        if (status != 200 || entity == null) {
            String detail = "HTTP " + status + (status == PROXY_REFUSES ? ", from the proxy" : "");
            throw new PictureException(PictureProblem.STATUS, detail);
        }
        if (entity.getContentLength() > maxBytes) {
            throw tooLarge();
        }
        save(entity, file);
        return new Answer.Received(validator(response, "ETag"), validator(response, "Last-Modified"));
    }

    private void save(HttpEntity entity, Path file) throws IOException {
        // Closing the stream would read the rest of it.
        InputStream in = entity.getContent();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long all = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all += read;
                if (all > maxBytes) {
                    throw tooLarge();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private PictureException tooLarge() {
        return new PictureException(PictureProblem.TOO_LARGE, "more than " + maxBytes + " bytes");
    }

    private static @Nullable String validator(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null || header.getValue().length() > LONGEST_VALIDATOR
                ? null
                : header.getValue();
    }

    /** Ends the running requests. */
    @Override
    public void close() {
        client.close();
    }
}

package org.librarypeers.app.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureTask;

/**
 * An HTTP client for pictures at any address that a peer may have written. It connects to public addresses only, and to the
 * peers that named the picture; it sends no cookies and no credentials, follows few redirects, and limits bytes and time.
 * Thread-safe.
 */
public final class PictureFetcher implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LONGEST_VALIDATOR = 500;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int PROXY_REFUSES = 407;

    private final OutgoingRoute route;
    private final SSLContext tls;
    private final String userAgent;
    private final long maxBytes;
    private final Limits limits;
    private final GuardedResolver.Names names;
    private final Set<HttpGet> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("picture-watch"));

    /**
     * The limits of time.
     *
     * @param connect the longest wait for a connection
     * @param silence the longest wait for the next bytes
     * @param total the longest time for a picture, with all redirects
     */
    record Limits(Duration connect, Duration silence, Duration total) {
        static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(90));
    }

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
     * @param userAgent the value of the header {@code User-Agent}
     * @param maxBytes the largest size of a picture
     */
    public PictureFetcher(OutgoingRoute route, SSLContext tls, String userAgent, long maxBytes) {
        this(route, tls, userAgent, maxBytes, Limits.DEFAULT, InetAddress::getAllByName);
    }

    PictureFetcher(
            OutgoingRoute route,
            SSLContext tls,
            String userAgent,
            long maxBytes,
            Limits limits,
            GuardedResolver.Names names) {
        this.route = route;
        this.tls = tls;
        this.userAgent = userAgent;
        this.maxBytes = maxBytes;
        this.limits = limits;
        this.names = names;
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Fetches a picture into a file.
     *
     * @param conditional whether to send what the host sent last time, so that it can answer that nothing has changed
     * @throws PictureException if that fails; the file may then contain anything
     * @throws IOException if the file cannot be written
     */
    Answer fetch(PictureTask task, boolean conditional, Path file) throws IOException {
        long end = System.nanoTime() + limits.total().toNanos();
        WebTarget target = WebTarget.of(task.address());
        try (CloseableHttpClient client = client(task.peers())) {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                requirePermitted(target, task.peers());
                HttpGet get = request(target.uri(), task, conditional);
                Step step = run(client, get, file, end);
                if (step.answer() instanceof Answer.Unchanged && !conditional) {
                    throw new PictureException(PictureProblem.STATUS, "HTTP 304 without a condition");
                }
                if (step.answer() != null) {
                    return step.answer();
                }
                target = target.redirected(step.location());
            }
            throw new PictureException(PictureProblem.REDIRECTS, "more than " + MOST_REDIRECTS);
        }
    }

    /** The result of one request: an answer, or the address of a redirect. */
    private record Step(@Nullable Answer answer, String location) {}

    private CloseableHttpClient client(Set<PeerHost> peers) {
        Set<String> exempt = new HashSet<>();
        peers.forEach(peer -> exempt.add(place(peer.uri())));
        Timeout connect = Timeout.of(limits.connect());
        Timeout silence = Timeout.of(limits.silence());
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedResolver(names, exempt, route.proxy()))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(silence)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(silence)
                        .setConnectionRequestTimeout(connect)
                        .setAuthenticationEnabled(route.hasCredentials())
                        .setProxyPreferredAuthSchemes(List.of(StandardAuthScheme.BASIC))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression();
        return withProxy(builder).build();
    }

    private HttpClientBuilder withProxy(HttpClientBuilder builder) {
        if (route.proxy() == null) {
            return builder.setRoutePlanner(new DefaultRoutePlanner(null));
        }
        HttpHost proxy =
                new HttpHost(route.proxy().getHostString(), route.proxy().getPort());
        builder.setDefaultCredentialsProvider(route.credentials(proxy));
        return builder.setRoutePlanner(new DefaultProxyRoutePlanner(proxy) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return route.isUsedFor(target.getHostName()) ? proxy : null;
            }
        });
    }

    private static String place(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return GuardedResolver.place(uri.getHost(), port);
    }

    /**
     * Refuses private IP addresses if a proxy makes the connection, and the proxy itself. Names are looked up by the proxy. If there
     * is no proxy, the look-up of the connection decides.
     */
    private void requirePermitted(WebTarget target, Set<PeerHost> peers) throws PictureException {
        String place = place(target.uri());
        if (route.proxy() == null
                || peers.stream().anyMatch(peer -> place(peer.uri()).equals(place))) {
            return;
        }
        String host = target.uri().getHost();
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+|0[xX].*");
        if (place.equalsIgnoreCase(GuardedResolver.place(route.proxy())) || (literal && isPrivate(host))) {
            throw new PictureException(
                    PictureProblem.PRIVATE_ADDRESS, target.host().toString());
        }
    }

    private static boolean isPrivate(String literal) {
        try {
            return new GuardedResolver(InetAddress::getAllByName, Set.of(), null).resolve(literal).length == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private HttpGet request(URI uri, PictureTask task, boolean conditional) {
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

    private Step run(CloseableHttpClient client, HttpGet get, Path file, long end) throws IOException {
        running.add(get);
        ScheduledFuture<?> limit = null;
        try {
            limit = watch.schedule(get::abort, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return client.execute(get, response -> {
                boolean isRead = false;
                try {
                    Step step = step(response, file);
                    isRead = step.answer() != null;
                    return step;
                } finally {
                    if (!isRead) {
                        // Without an entity, the client closes the connection. Otherwise it would read the rest of the
                        // body.
                        response.setEntity(null);
                    }
                }
            });
        } catch (PictureException e) {
            throw e;
        } catch (GuardedResolver.PrivateAddressException e) {
            throw new PictureException(
                    PictureProblem.PRIVATE_ADDRESS, get.getAuthority().toString());
        } catch (InterruptedIOException e) {
            throw new PictureException(
                    PictureProblem.TOO_SLOW, get.getAuthority().toString());
        } catch (RejectedExecutionException e) {
            throw new PictureException(PictureProblem.TOO_SLOW, "this client is closed");
        } catch (IOException | IllegalStateException e) {
            // The client is in an illegal state if the request ends while it connects.
            PictureProblem problem = get.isAborted() ? PictureProblem.TOO_SLOW : PictureProblem.NOT_REACHED;
            throw new PictureException(problem, get.getAuthority() + ": " + e.getMessage());
        } finally {
            running.remove(get);
            if (limit != null) {
                limit.cancel(false);
            }
        }
    }

    private Step step(ClassicHttpResponse response, Path file) throws IOException {
        int status = response.getCode();
        if (status == 304) {
            return new Step(new Answer.Unchanged(), "");
        }
        Header location = response.getFirstHeader("Location");
        if (REDIRECTS.contains(status) && location != null) {
            return new Step(null, location.getValue());
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
        return new Step(new Answer.Received(validator(response, "ETag"), validator(response, "Last-Modified")), "");
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
        running.forEach(HttpGet::abort);
        watch.shutdownNow();
    }
}

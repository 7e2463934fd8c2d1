package org.librarypeers.app.outgoing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
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
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.outgoing.OutgoingException.Problem;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.DaemonThreads;

/**
 * An HTTP client for any address that somebody may have written. It connects to public addresses only, and to the peers that a
 * caller names; it sends no cookies and no credentials, follows few redirects, and limits the time. Thread-safe.
 */
public final class GuardedClient implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OutgoingRoute route;
    private final SSLContext tls;
    private final Supplier<String> userAgent;
    private final Limits limits;
    private final GuardedResolver.Names names;
    private final Set<HttpUriRequestBase> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("outgoing-watch"));

    /**
     * The limits of time.
     *
     * @param connect the longest wait for a connection
     * @param silence the longest wait for the next bytes
     * @param total the longest time for an answer, with all redirects
     */
    public record Limits(Duration connect, Duration silence, Duration total) {}

    /** A reader of an answer. */
    @FunctionalInterface
    public interface AnswerReader<T> {

        /**
         * Returns the result of an answer. The rest of the body is not read.
         *
         * @throws RefusedAnswerException if the answer cannot be used
         * @throws IOException if it cannot be read
         */
        T read(ClassicHttpResponse response) throws IOException;
    }

    /**
     * Creates a client.
     *
     * @param route the proxy, if any
     * @param tls the certificate authorities to trust
     * @param userAgent returns the value of the header {@code User-Agent}
     */
    public GuardedClient(OutgoingRoute route, SSLContext tls, Supplier<String> userAgent, Limits limits) {
        this(route, tls, userAgent, limits, InetAddress::getAllByName);
    }

    /**
     * Creates a client with another look-up of names.
     *
     * @param names looks up a name
     */
    public GuardedClient(
            OutgoingRoute route,
            SSLContext tls,
            Supplier<String> userAgent,
            Limits limits,
            GuardedResolver.Names names) {
        this.route = route;
        this.tls = tls;
        this.userAgent = userAgent;
        this.limits = limits;
        this.names = names;
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request, follows its redirects, and returns what the answer says.
     *
     * @param address the address, as somebody wrote it
     * @param peers the hosts that may have a private address
     * @param request returns the request to an address
     * @throws OutgoingException if there is no answer
     * @throws RefusedAnswerException if the reader throws it
     */
    public <T> T send(
            String address, Set<PeerHost> peers, Function<URI, HttpUriRequestBase> request, AnswerReader<T> reader)
            throws IOException {
        long end = System.nanoTime() + limits.total().toNanos();
        WebTarget target = WebTarget.of(address);
        try (CloseableHttpClient client = client(peers)) {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                requirePermitted(target, peers);
                Step<T> step = run(client, request.apply(target.uri()), reader, end);
                if (step.location() == null) {
                    return step.answer();
                }
                target = target.redirected(step.location());
            }
            throw new OutgoingException(Problem.REDIRECTS, "more than " + MOST_REDIRECTS);
        }
    }

    /** The result of one request: an answer, or the address of a redirect. */
    private record Step<T>(@Nullable T found, @Nullable String location) {

        T answer() {
            if (found == null) {
                throw new IllegalStateException("a redirect is not an answer");
            }
            return found;
        }
    }

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
                .setUserAgent(userAgent.get())
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
    private void requirePermitted(WebTarget target, Set<PeerHost> peers) throws OutgoingException {
        String place = place(target.uri());
        if (route.proxy() == null
                || peers.stream().anyMatch(peer -> place(peer.uri()).equals(place))) {
            return;
        }
        String host = target.uri().getHost();
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+|0[xX].*");
        if (place.equalsIgnoreCase(GuardedResolver.place(route.proxy())) || (literal && isPrivate(host))) {
            throw new OutgoingException(Problem.PRIVATE_ADDRESS, target.host().toString());
        }
    }

    private static boolean isPrivate(String literal) {
        try {
            return new GuardedResolver(InetAddress::getAllByName, Set.of(), null).resolve(literal).length == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private <T> Step<T> run(CloseableHttpClient client, HttpUriRequestBase request, AnswerReader<T> reader, long end)
            throws IOException {
        running.add(request);
        ScheduledFuture<?> limit = null;
        try {
            limit = watch.schedule(request::abort, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return client.execute(request, response -> {
                try {
                    return step(response, reader);
                } finally {
                    // Without an entity, the client closes the connection. Otherwise it would read the rest of the
                    // body.
                    response.setEntity(null);
                }
            });
        } catch (RefusedAnswerException e) {
            throw e;
        } catch (GuardedResolver.PrivateAddressException e) {
            throw new OutgoingException(
                    Problem.PRIVATE_ADDRESS, request.getAuthority().toString());
        } catch (InterruptedIOException e) {
            throw new OutgoingException(Problem.TOO_SLOW, request.getAuthority().toString());
        } catch (RejectedExecutionException e) {
            throw new OutgoingException(Problem.TOO_SLOW, "this client is closed");
        } catch (IOException | IllegalStateException e) {
            // The client is in an illegal state if the request ends while it connects.
            Problem problem = request.isAborted() ? Problem.TOO_SLOW : Problem.NOT_REACHED;
            throw new OutgoingException(problem, request.getAuthority() + ": " + e.getMessage());
        } finally {
            running.remove(request);
            if (limit != null) {
                limit.cancel(false);
            }
        }
    }

    private static <T> Step<T> step(ClassicHttpResponse response, AnswerReader<T> reader) throws IOException {
        Header location = response.getFirstHeader("Location");
        return REDIRECTS.contains(response.getCode()) && location != null && location.getValue() != null
                ? new Step<>(null, location.getValue())
                : new Step<>(reader.read(response), null);
    }

    /** Ends the running requests. */
    @Override
    public void close() {
        running.forEach(HttpUriRequestBase::abort);
        watch.shutdownNow();
    }
}

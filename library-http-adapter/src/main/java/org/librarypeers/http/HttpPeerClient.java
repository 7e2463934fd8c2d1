package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import tools.jackson.databind.JsonNode;

/**
 * A client that reads peers over HTTP. It reads libraries that run this software through their full feed, and existing ORB v1
 * sites through their list and one request for each resource.
 *
 * <p>The client limits the time for each request including its whole answer, the size of the decompressed answer, the number of
 * attempts, and the wait while a peer throttles. It learns how many requests a peer allows in an hour, and remembers this for
 * its own lifetime. It sends credentials only to the peer's own host, in a header.
 *
 * <p>Building a client does no I/O.
 */
public final class HttpPeerClient implements PeerClient, AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final String TUNNEL_PROPERTY = "jdk.http.auth.tunneling.disabledSchemes";

    private final Settings settings;
    private final ExecutorService executor;
    private final HttpClient http;
    private final RequestPacers paces;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpPeerClient(Settings settings, @Nullable SSLContext trust) {
        this.settings = settings;
        this.paces = new RequestPacers(settings);
        this.executor = Executors.newCachedThreadPool(DaemonThreads.named("peer-http"));
        if (settings.proxy() != null && settings.proxy().authorization() != null) {
            permitBasicForTunnels();
        }
        // HTTP/1.1, because the offer of HTTP/2 over plain http confuses proxies in front of older sites.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(executor);
        if (settings.proxy() != null) {
            builder.proxy(settings.proxy());
        }
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** Permits the header with the credentials of a proxy in {@code CONNECT} requests, which Java forbids by default. */
    private static void permitBasicForTunnels() {
        if (System.getProperty(TUNNEL_PROPERTY) == null) {
            System.setProperty(TUNNEL_PROPERTY, "");
        }
    }

    /** Returns a builder with defaults that suit slow networks. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the cursor at a feed position of a library that runs this software, for resources that were received in another way.
     *
     * @param position the feed position after which the next session continues, not negative
     * @param upTo the update date of the last resource before it; null if unknown
     */
    public static Cursor cursorAt(long position, @Nullable String upTo) {
        return new Position.Full(position).cursor(upTo);
    }

    /**
     * Reads a resource of the full feed, which was received in another way, exactly as a session would.
     *
     * @param object the JSON object
     * @param base scheme and host of the library that wrote it, without a slash at the end
     */
    public static ChangePage.Item listedItem(JsonNode object, String base) {
        return new AnswerReader(base).item(object);
    }

    /** Returns the feed position of a cursor. Empty if it is null or not one of a library that runs this software. */
    public static OptionalLong feedPosition(@Nullable Cursor cursor) {
        return Position.of(cursor).match(orb -> OptionalLong.empty(), full -> OptionalLong.of(full.after()));
    }

    @Override
    public PeerSession open(Peer peer) {
        return open(peer, false);
    }

    @Override
    public PeerSession reopen(Peer peer) {
        return open(peer, true);
    }

    private PeerSession open(Peer peer, boolean known) {
        requireOpen();
        return new HttpPeerSession(peer, known, settings, new Exchange(http, executor, settings, peer), paces.of(peer));
    }

    /** Returns whether the cursor is one of the full feed, which libraries that run this software have. */
    @Override
    public boolean summarizes(Peer peer, Cursor cursor) {
        return feedPosition(cursor).isPresent();
    }

    @Override
    public PeerCheck check(Peer peer) {
        requireOpen();
        Peer asked = peer.withActive(true);
        PeerCheck check =
                new ConnectionProbe(asked, settings, hurried -> new Exchange(http, executor, hurried, asked)).take();
        paces.of(asked).answeredBeside();
        return check;
    }

    /**
     * Returns how many more requests the peer is expected to answer within the present hour. Empty if its quota is not known:
     * peers do not state it, and it is learned when they throttle.
     */
    public OptionalInt quotaLeft(Peer peer) {
        return paces.known(peer).map(RequestPacer::quotaLeft).orElse(OptionalInt.empty());
    }

    /**
     * Posts a body to an address that is no peer, through the proxy and with the certificate authorities of this client. Does
     * not follow redirects, does not retry, and does not read the answer.
     *
     * @param address an http or https address
     * @param headers the headers, without {@code User-Agent}
     * @param timeout the time limit until the answer begins
     * @return the status of the answer
     * @throws IOException if there is no answer within the time limit
     */
    public int post(URI address, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException, InterruptedException {
        requireOpen();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        HttpResponse<InputStream> answer =
                new PlainRequests(http, settings).send(request.build(), settings.userAgent());
        // Not read, because it may be endless.
        answer.body().close();
        return answer.statusCode();
    }

    /**
     * Sends a request of another protocol to a peer, through the proxy and with the certificate authorities of this client, and with its
     * {@code User-Agent}. Does not follow redirects, does not retry, and sends no credentials to the peer. The listener receives the
     * request. The caller limits what it reads of the body, and closes it.
     *
     * @param request a request with a time limit, which applies until the answer begins
     * @throws IOException if there is no answer within the time limit
     */
    public HttpResponse<InputStream> send(Peer peer, HttpRequest request) throws IOException, InterruptedException {
        requireOpen();
        return new PlainRequests(http, settings).send(peer, request);
    }

    /** Returns the TLS settings of this client, for other connections that trust the same certificate authorities. */
    public SSLContext tls() {
        return http.sslContext();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("client is closed");
        }
    }

    /**
     * Releases the connections. Close all sessions first. Afterwards, {@link #open(Peer)}, {@link #reopen} and {@link #check}
     * throw an {@link IllegalStateException}.
     */
    @Override
    public void close() {
        closed.set(true);
        executor.shutdown();
    }

    /** A builder of {@link HttpPeerClient}. Not safe for use by multiple threads. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private String userAgent = "library-peer-network";
        private Settings.Contact contact = () -> null;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(60);
        private long maxBodyBytes = 32L * 1024 * 1024;
        private int pageSize = 500;
        private Duration maxWait = Duration.ofSeconds(60);
        private int detailConnections = 4;
        private Duration backoff = Duration.ofSeconds(1);
        private @Nullable SSLContext trust;
        private @Nullable InetSocketAddress proxy;
        private Collection<String> directHosts = List.of();
        private @Nullable String proxyAuthorization;
        private RequestListener listener = RequestListener.NONE;
        private Settings.Sleeper sleeper = duration -> Thread.sleep(duration.toMillis());

        private Builder() {}

        /** Sets the clock of this library. Default: the system clock in UTC. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Sets the name of this library in the {@code User-Agent} header, usually with a version: {@code name/1.2.0}. Default:
         * {@code library-peer-network}.
         */
        public Builder userAgent(String name) {
            this.userAgent = name;
            return this;
        }

        /**
         * Sets how administrators of peers can reach the operator of this library. Sent in the {@code User-Agent} header.
         *
         * @param address an e-mail address or a web address; null (default) to send the user name of this library's account at
         *     the peer
         */
        public Builder contact(@Nullable String address) {
            this.contact = () -> address;
            return this;
        }

        /**
         * Sets where this address is read from, so that it can change while the client is open. A run keeps the address with
         * which it began.
         *
         * @param address returns an e-mail address or a web address; empty as null above
         */
        public Builder contact(Supplier<Optional<String>> address) {
            this.contact = () -> address.get().orElse(null);
            return this;
        }

        /** Sets the time limit for establishing a connection. Default: 10 s. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = timeout;
            return this;
        }

        /** Sets the time limit for one request, including its whole answer. Default: 60 s. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /** Sets the largest size of an answer, in bytes after decompression. Default: 32 MiB. */
        public Builder maxBodyBytes(long bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /** Sets how many resources are requested per page of the list. Default: 500. */
        public Builder pageSize(int resources) {
            this.pageSize = resources;
            return this;
        }

        /**
         * Sets the longest time that a run waits while a peer throttles requests. If the peer requires a longer wait, the run
         * ends. Default: 60 s.
         */
        public Builder maxWait(Duration wait) {
            this.maxWait = wait;
            return this;
        }

        /** Sets how many resources are requested concurrently. Default: 4. */
        public Builder detailConnections(int connections) {
            this.detailConnections = connections;
            return this;
        }

        /** Sets the wait before the first retry of a request. Further retries wait longer. Default: 1 s. */
        public Builder backoff(Duration wait) {
            this.backoff = wait;
            return this;
        }

        /** Sets a listener that receives the requests that have ended. Default: none. */
        public Builder listener(RequestListener receiver) {
            this.listener = receiver;
            return this;
        }

        Builder sleeper(Settings.Sleeper waits) {
            this.sleeper = waits;
            return this;
        }

        /**
         * Sets an HTTP proxy through which peers are reached. HTTPS peers are reached through it with {@code CONNECT}. Default:
         * none.
         *
         * @param address the host and port; it may be unresolved
         */
        public Builder proxy(InetSocketAddress address) {
            this.proxy = address;
            return this;
        }

        /**
         * Sets the user and password for the proxy (Basic authentication). Default: none.
         *
         * <p>For HTTPS peers, Java sends them only if the system property {@code jdk.http.auth.tunneling.disabledSchemes} is
         * empty when {@code java.net.http} is first used. Building a client sets that property if it is not set. An application
         * that uses {@code java.net.http} before must set it itself.
         */
        public Builder proxyCredentials(String user, String password) {
            this.proxyAuthorization = ProxyRoute.basic(user, password);
            return this;
        }

        /**
         * Sets the hosts that are reached without the proxy. Default: none.
         *
         * @param hosts names or addresses; a name includes all names below it
         */
        public Builder directHosts(Collection<String> hosts) {
            this.directHosts = List.copyOf(hosts);
            return this;
        }

        /**
         * Sets certificate authorities to trust in addition to those that Java trusts. Default: none.
         *
         * @throws IllegalArgumentException if one of them cannot be used
         */
        public Builder authorities(Collection<X509Certificate> certificates) {
            return certificates.isEmpty() ? this : trust(TrustedAuthorities.beside(certificates));
        }

        /** Sets the trusted certificates. Default: those that Java trusts. */
        Builder trust(SSLContext trusted) {
            this.trust = trusted;
            return this;
        }

        /** Builds the client. */
        public HttpPeerClient build() {
            Settings settings = new Settings(
                    clock,
                    userAgent,
                    contact,
                    connectTimeout,
                    requestTimeout,
                    maxBodyBytes,
                    pageSize,
                    maxWait,
                    detailConnections,
                    ATTEMPTS,
                    backoff,
                    sleeper,
                    listener,
                    proxy == null ? null : new ProxyRoute(proxy, directHosts, proxyAuthorization));
            return new HttpPeerClient(settings, trust);
        }
    }
}

package org.librarypeers.http;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/**
 * Asks peers over HTTP: libraries of our own by their full feed, existing ORB v1 sites by their list and details.
 *
 * <p>What a peer can cost is bounded: by time for each question and its whole answer, by size of the unpacked answer, by
 * tries, and by how long it is waited for. What a peer allows in an hour is learned, and remembered as long as the client
 * lives. Credentials go to the peer's own host only, in a header. Building it asks nobody.
 */
public final class HttpPeerClient implements PeerClient, AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Settings settings;
    private final ExecutorService executor;
    private final HttpClient http;
    private final RequestPacers paces;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpPeerClient(Settings settings, @Nullable SSLContext trust) {
        this.settings = settings;
        this.paces = new RequestPacers(settings);
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "peer-http");
            thread.setDaemon(true);
            return thread;
        });
        // HTTP/1.1 because an offer of HTTP/2 over plain http confuses proxies in front of older sites.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(executor);
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** Starts to set one up; what is not set has a value that suits slow networks. */
    public static Builder builder() {
        return new Builder();
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

    @Override
    public PeerCheck check(Peer peer) {
        requireOpen();
        Peer asked = peer.withActive(true);
        PeerCheck check = new ConnectionProbe(asked, settings, hurried -> new Exchange(http, executor, hurried, asked)).take();
        paces.of(asked).answeredBeside();
        return check;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("client is closed");
        }
    }

    /** Gives the connections up; sessions are to be closed before. */
    @Override
    public void close() {
        closed.set(true);
        executor.shutdown();
    }

    /** Sets a client up. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private String userAgent = "library-peer-network";
        private @Nullable String contact;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(60);
        private long maxBodyBytes = 32L * 1024 * 1024;
        private int pageSize = 500;
        private Duration maxWait = Duration.ofSeconds(60);
        private int detailConnections = 4;
        private Duration backoff = Duration.ofSeconds(1);
        private @Nullable SSLContext trust;
        private Settings.Sleeper sleeper = duration -> Thread.sleep(duration.toMillis());

        private Builder() {}

        /** This library's time. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /** What this library calls itself towards peers, usually with a version: {@code name/1.2.0}. */
        public Builder userAgent(String name) {
            this.userAgent = name;
            return this;
        }

        /**
         * Where the administrators of peers reach whoever runs this library.
         *
         * @param address an e-mail address or a web address; null if there is none, then each peer is told the account that it knows
         *     this library by
         */
        public Builder contact(@Nullable String address) {
            this.contact = address;
            return this;
        }

        /** How long a connection may take to stand; 10 s if not set. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = timeout;
            return this;
        }

        /** How long one question with its whole answer may take; 60 s if not set. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /** The longest answer that is read, unpacked; 32 MiB if not set. */
        public Builder maxBodyBytes(long bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /** How many resources are listed at once; 500 if not set. */
        public Builder pageSize(int resources) {
            this.pageSize = resources;
            return this;
        }

        /** How long a run waits for a peer that wants to be left alone; 60 s if not set. */
        public Builder maxWait(Duration wait) {
            this.maxWait = wait;
            return this;
        }

        /** How many resources are asked for at the same time; 4 if not set. */
        public Builder detailConnections(int connections) {
            this.detailConnections = connections;
            return this;
        }

        /** How long is waited before a question is asked again, longer each time; 1 s if not set. */
        public Builder backoff(Duration wait) {
            this.backoff = wait;
            return this;
        }

        Builder sleeper(Settings.Sleeper waits) {
            this.sleeper = waits;
            return this;
        }

        /** Whose certificates are trusted; those that Java trusts if not set. */
        Builder trust(SSLContext trusted) {
            this.trust = trusted;
            return this;
        }

        /** Makes the client. */
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
                    sleeper);
            return new HttpPeerClient(settings, trust);
        }
    }
}

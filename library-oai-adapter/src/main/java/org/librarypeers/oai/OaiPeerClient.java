package org.librarypeers.oai;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/**
 * A client that reads repositories over OAI-PMH 2.0. It reads what is in Dublin Core, or in a format that contains Dublin Core.
 *
 * <p>The client limits the time for each request including its whole answer, the size of the decompressed answer, the depth and the number of
 * its elements, the number of attempts, and the wait while a repository throttles.
 *
 * <p>Building a client does no I/O.
 */
public final class OaiPeerClient implements PeerClient, AutoCloseable {

    /** The time limit for one request, including its whole answer: 2 minutes, because large repositories build their pages slowly. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofMinutes(2);

    /** The largest size of an answer, in bytes after decompression: 32 MiB. */
    public static final int DEFAULT_MAX_BODY_BYTES = 32 << 20;

    /** The longest time that a run waits while a repository throttles requests: 60 s. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(60);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(7);
    private static final int ATTEMPTS = 3;

    private final Settings settings;
    private final RequestSender sender;
    private final ExecutorService executor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OaiPeerClient(Settings settings, @Nullable RequestSender sender, String userAgent) {
        this.settings = settings;
        this.executor = Executors.newCachedThreadPool(DaemonThreads.named("peer-oai"));
        this.sender = sender == null ? direct(userAgent) : sender;
    }

    private RequestSender direct(String userAgent) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
        return (peer, request) -> http.send(
                HttpRequest.newBuilder(request, (name, value) -> true)
                        .header("User-Agent", userAgent)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Returns a builder with defaults that suit slow repositories. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public PeerSession open(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be read: " + reason);
        });
        return open(peer, false);
    }

    @Override
    public PeerSession reopen(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be read: " + reason);
        });
        return open(peer, true);
    }

    private PeerSession open(Peer peer, boolean known) {
        PeerAccess.Oai access = access(peer);
        OaiFailures failures = new OaiFailures(peer, settings);
        if (known) {
            failures.answered();
        }
        return new OaiSession(access, requests(peer, access, settings, failures), failures);
    }

    private static PeerAccess.Oai access(Peer peer) {
        return peer.access()
                .repository()
                .orElseThrow(() -> new IllegalArgumentException("peer " + peer + " is not an OAI-PMH repository"));
    }

    private Requests requests(Peer peer, PeerAccess.Oai access, Settings used, OaiFailures failures) {
        if (closed.get()) {
            throw new IllegalStateException("client is closed");
        }
        return new Requests(new Exchange(sender, executor, used, peer, access.url()), used, failures);
    }

    @Override
    public PeerCheck check(Peer peer) {
        PeerAccess.Oai access = access(peer);
        Settings hurried = settings.hurried(CHECK_TIMEOUT);
        OaiFailures failures = new OaiFailures(peer, hurried);
        RecordLists lists = new RecordLists(access, requests(peer, access, hurried, failures), failures);
        boolean keepsDeletions = lists.identity().keepsDeletions();
        OaiPage page = lists.headers();
        int listed = page.records().size();
        if (page.token() == null) {
            long deleted = page.records().stream().filter(OaiRecord::deleted).count();
            return new PeerCheck(Math.toIntExact(listed - deleted), 1, true);
        }
        // The announced number includes deleted records.
        return keepsDeletions || page.size() < 0 || listed == 0
                ? new PeerCheck(-1, -1, true)
                : new PeerCheck(page.size(), (page.size() + listed - 1) / listed, true);
    }

    /** Releases the threads. Close all sessions first. Afterwards, no session can be opened. */
    @Override
    public void close() {
        closed.set(true);
        executor.shutdown();
    }

    /** A builder of {@link OaiPeerClient}. Not safe for use by multiple threads. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private @Nullable RequestSender sender;
        private String userAgent = "library-peer-network";
        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
        private long maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private Duration maxWait = DEFAULT_MAX_WAIT;
        private Duration backoff = Duration.ofSeconds(1);

        private Builder() {}

        /** Sets the clock of this library, for the time until which a repository throttles. Default: the system clock in UTC. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Sets the sender of the requests, such as a client that uses a proxy. It also sets the header {@code
         * User-Agent}. Default: direct connections.
         */
        public Builder sender(RequestSender requests) {
            this.sender = requests;
            return this;
        }

        /** Sets the header {@code User-Agent} for direct connections. Default: {@code library-peer-network}. */
        public Builder userAgent(String name) {
            this.userAgent = name;
            return this;
        }

        /** Sets the time limit for one request, including its whole answer. Default: {@link #DEFAULT_REQUEST_TIMEOUT}. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /** Sets the largest size of an answer, in bytes after decompression. Default: {@link #DEFAULT_MAX_BODY_BYTES}. */
        public Builder maxBodyBytes(int bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /**
         * Sets the longest time that a run waits while a repository throttles requests. If a longer wait is required, the run ends. Default:
         * {@link #DEFAULT_MAX_WAIT}.
         */
        public Builder maxWait(Duration wait) {
            this.maxWait = wait;
            return this;
        }

        /** Sets the wait before the first retry of a request. Further retries wait longer. Default: 1 s. */
        public Builder backoff(Duration wait) {
            this.backoff = wait;
            return this;
        }

        /** Builds the client. */
        public OaiPeerClient build() {
            Settings settings = new Settings(clock, requestTimeout, maxBodyBytes, maxWait, ATTEMPTS, backoff);
            return new OaiPeerClient(settings, sender, userAgent);
        }
    }
}

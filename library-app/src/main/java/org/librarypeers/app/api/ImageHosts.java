package org.librarypeers.app.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.librarypeers.app.http.PublicAddresses;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.catalogue.ImageHostRepository;
import org.librarypeers.sync.catalogue.ImageHostRepository.ImageHost;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that decides which image hosts appear in API responses. An existing site fetches each image during its sync. It
 * tolerates an HTTP error, but aborts the sync if the host is unknown or refuses the connection.
 *
 * <p>Decisions are saved, so that all nodes serve the same images, even after a restart. A host without a decision is checked
 * immediately. If the check takes longer than {@link #FIRST_CHECK_LIMIT}, the saved decision is that the host does not answer. Later checks
 * run in the background. An HTTP response of any status or a refused connection updates the decision. A timeout leaves it
 * unchanged, so that images of a slow host do not appear and disappear. When a decision changes, the update date of the resources
 * with images on that host changes too.
 *
 * <p>The addresses come from peers. To prevent requests into the local network, only hosts with public addresses and the peers
 * themselves are checked.
 */
final class ImageHosts {

    private static final Logger LOG = LoggerFactory.getLogger(ImageHosts.class);

    /** The maximum time that one API request waits for first checks, for all hosts together. */
    static final Duration FIRST_CHECK_LIMIT = Duration.ofSeconds(2);

    /** The default timeout of a check. A check that times out does not change a decision. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    /** The age after which a decision is checked again. */
    static final Duration CHECK_INTERVAL = Duration.ofMinutes(10);

    private static final int CONNECTIONS = 8;

    private final ExecutorService executor =
            Executors.newFixedThreadPool(CONNECTIONS, DaemonThreads.named("image-hosts"));
    private final HttpClient http;
    private final Map<PeerHost, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final ImageHostRepository hosts;
    private final Predicate<PeerHost> isPeer;
    private final Supplier<String> userAgent;
    private final Clock clock;
    private final Duration timeout;

    /**
     * Creates a service with the default timeout.
     *
     * @param isPeer whether a host belongs to a peer
     * @param userAgent returns the value of the {@code User-Agent} header
     */
    ImageHosts(ImageHostRepository hosts, Predicate<PeerHost> isPeer, Supplier<String> userAgent, Clock clock) {
        this(hosts, isPeer, userAgent, clock, DEFAULT_TIMEOUT);
    }

    /**
     * Creates a service with the given timeout per check. See {@link #ImageHosts(ImageHostRepository, Predicate, Supplier, Clock)}.
     */
    ImageHosts(
            ImageHostRepository hosts,
            Predicate<PeerHost> isPeer,
            Supplier<String> userAgent,
            Clock clock,
            Duration timeout) {
        this.userAgent = userAgent;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.hosts = hosts;
        this.isPeer = isPeer;
        this.clock = clock;
    }

    /** The result of a check. */
    private enum HostAnswer {
        ANSWERS,
        REFUSES,
        TOO_SLOW
    }

    /**
     * Returns a predicate that tells whether the host of an address is served. Use it for one API request only: it gives the same
     * result for all addresses of a host.
     */
    Predicate<String> forOneRequest() {
        long deadline = System.nanoTime() + FIRST_CHECK_LIMIT.toNanos();
        Map<PeerHost, Boolean> decided = new HashMap<>();
        return address -> PeerHost.ofAddress(address)
                .map(host -> decided.computeIfAbsent(host, each -> isServed(each, address, deadline)))
                .orElse(false);
    }

    private boolean isServed(PeerHost host, String address, long deadline) {
        Optional<ImageHost> saved = hosts.find(host);
        if (saved.isEmpty()) {
            return firstDecision(host, address, deadline);
        }
        Instant now = clock.instant();
        Instant checked = saved.get().checked();
        // The time of the last check is in the future if the clock was wrong.
        if (checked.isAfter(now) || now.isAfter(checked.plus(CHECK_INTERVAL))) {
            // The check runs in the background; its result applies to later requests.
            CompletableFuture<Boolean> unused = check(host, address);
        }
        return saved.get().answers();
    }

    private boolean firstDecision(PeerHost host, String address, long deadline) {
        try {
            return check(host, address).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return decideWhileChecking(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Returns the decision while a check is running, and saves that the host does not answer if there is no decision yet. The
     * check may have saved its result in the meantime.
     */
    private synchronized boolean decideWhileChecking(PeerHost host) {
        Optional<ImageHost> saved = hosts.find(host);
        if (saved.isEmpty()) {
            hosts.save(new ImageHost(host, false, clock.instant()));
        }
        return saved.map(ImageHost::answers).orElse(false);
    }

    /** Checks a host in the background and saves the decision. Only one check per host runs at a time. */
    CompletableFuture<Boolean> check(PeerHost host, String address) {
        CompletableFuture<Boolean> check = new CompletableFuture<>();
        CompletableFuture<Boolean> other = running.putIfAbsent(host, check);
        if (other != null) {
            return other;
        }
        executor.execute(() -> {
            try {
                check.complete(decide(host, probe(host, address)));
            } catch (StorageException e) {
                LOG.warn("The result of checking the images at {} could not be saved: {}", host, e.getMessage());
                check.completeExceptionally(e);
            } finally {
                check.complete(false);
                running.remove(host);
            }
        });
        return check;
    }

    private synchronized boolean decide(PeerHost host, HostAnswer found) {
        boolean before = hosts.find(host).map(ImageHost::answers).orElse(false);
        boolean answers = found == HostAnswer.TOO_SLOW ? before : found == HostAnswer.ANSWERS;
        hosts.save(new ImageHost(host, answers, clock.instant()));
        return answers;
    }

    private HostAnswer probe(PeerHost host, String address) {
        try {
            if (!isPublic(host) && !isPeer.test(host)) {
                return HostAnswer.REFUSES;
            }
            // Concatenated instead of resolved: a path that begins with // would change the host.
            String path = Objects.requireNonNullElse(URI.create(address).getRawPath(), "");
            HttpRequest head = HttpRequest.newBuilder(URI.create(host + (path.isEmpty() ? "/" : path)))
                    .header("User-Agent", userAgent.get())
                    .timeout(timeout)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            http.send(head, HttpResponse.BodyHandlers.discarding());
            return HostAnswer.ANSWERS;
        } catch (HttpTimeoutException e) {
            return HostAnswer.TOO_SLOW;
        } catch (IOException | IllegalArgumentException e) {
            return HostAnswer.REFUSES;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HostAnswer.TOO_SLOW;
        }
    }

    private static boolean isPublic(PeerHost host) throws IOException {
        String name = Optional.ofNullable(host.uri().getHost()).orElse("");
        return Arrays.stream(InetAddress.getAllByName(name)).allMatch(PublicAddresses::contain);
    }
}

package org.librarypeers.app.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.librarypeers.domain.PeerHost;

/**
 * Tells which hosts of images answer at all: an existing site fetches each image while it reads, forgives an error, and ends its
 * sync at a host that is not there. A host is asked once in a while, for one of its images. The answer is waited for a moment
 * only; until it is known, a host counts as one that does not answer.
 *
 * <p>What peers send decides which hosts are asked. So only public ones are, and those of the peers themselves.
 */
final class ImageHosts {

    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration KEPT_IF_SILENT = Duration.ofMinutes(1);
    private static final int MOST_HOSTS = 10_000;
    private static final int CONNECTIONS = 8;
    private static final int UNIQUE_LOCAL = 0xFC;

    private final ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS, task -> {
        Thread thread = new Thread(task, "image-hosts");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(MOMENT)
            .build();
    private final Map<String, Asked> hosts = new ConcurrentHashMap<>();
    private final Predicate<PeerHost> isPeer;
    private final Clock clock;

    /**
     * Knows of no host yet.
     *
     * @param isPeer whether a host is that of a peer
     */
    ImageHosts(Predicate<PeerHost> isPeer, Clock clock) {
        this.isPeer = isPeer;
        this.clock = clock;
    }

    private record Asked(CompletableFuture<Boolean> answers, Instant at) {

        boolean isFresh(Instant now) {
            boolean silent = answers.isDone() && !answers.getNow(false);
            return now.isBefore(at.plus(silent ? KEPT_IF_SILENT : KEPT));
        }
    }

    /** Whether the host of an address is known to answer; for one request, which does not wait longer than a moment in all. */
    Predicate<String> forOneRequest() {
        long deadline = System.nanoTime() + MOMENT.toNanos();
        return address -> PeerHost.ofAddress(address)
                .map(host -> ask(host, address))
                .map(asked -> wait(asked, deadline))
                .orElse(false);
    }

    private Asked ask(PeerHost host, String address) {
        Instant now = clock.instant();
        if (hosts.size() > MOST_HOSTS) {
            hosts.clear();
        }
        return hosts.compute(
                host.toString(),
                (name, known) -> known != null && known.isFresh(now)
                        ? known
                        : new Asked(CompletableFuture.supplyAsync(() -> reaches(host, address), executor), now));
    }

    private static boolean wait(Asked asked, long deadline) {
        try {
            return asked.answers().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean reaches(PeerHost host, String address) {
        try {
            if (!isPublic(host) && !isPeer.test(host)) {
                return false;
            }
            HttpRequest head = HttpRequest.newBuilder(URI.create(address))
                    .timeout(MOMENT)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            http.send(head, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isPublic(PeerHost host) throws IOException {
        String name = Optional.ofNullable(host.uri().getHost()).orElse("");
        return Arrays.stream(InetAddress.getAllByName(name)).noneMatch(ImageHosts::isPrivate);
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xFE) == UNIQUE_LOCAL;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}

package org.librarypeers.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A load of GET requests over four connections, each of which sends its next request as soon as it has an answer.
 *
 * @param requests the requests, which are sent in turns
 */
record HttpLoad(List<HttpRequest> requests) {

    private static final int CONNECTIONS = 4;
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(3);
    private static final long MEASURED = TimeUnit.SECONDS.toNanos(10);

    /**
     * The answers to a load.
     *
     * @param perSecond the answers in a second
     * @param median the median latency in milliseconds
     * @param p99 the latency in milliseconds within which 99 % were answered
     * @param kilobytes the average size of a body as it was sent, in KB
     */
    record Answers(double perSecond, double median, double p99, double kilobytes) {}

    /**
     * Returns a load of requests for these addresses.
     *
     * @param authorization the header {@code Authorization}; empty for none
     */
    static HttpLoad of(List<URI> addresses, String authorization) {
        return new HttpLoad(addresses.stream()
                .map(address -> {
                    HttpRequest.Builder request =
                            HttpRequest.newBuilder(address).header("Accept-Encoding", "gzip");
                    return authorization.isEmpty()
                            ? request.build()
                            : request.header("Authorization", authorization).build();
                })
                .toList());
    }

    /** Sends requests until the server has warmed up, and then for ten seconds. Returns the answers of these. */
    Answers measured() {
        AtomicLong bytes = new AtomicLong();
        run(WARM_UP, bytes);
        bytes.set(0);
        List<Long> nanos = run(MEASURED, bytes);
        return new Answers(
                nanos.size() / (MEASURED / 1e9),
                percentile(nanos, 50),
                percentile(nanos, 99),
                bytes.get() / 1024.0 / nanos.size());
    }

    private static double percentile(List<Long> nanos, int percent) {
        return nanos.get(Math.min(nanos.size() - 1, nanos.size() * percent / 100)) / 1e6;
    }

    /** Sends requests for a time in nanoseconds, and returns the sorted latencies in nanoseconds. */
    private List<Long> run(long duration, AtomicLong bytes) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long end = System.nanoTime() + duration;
            AtomicLong next = new AtomicLong();
            List<Callable<List<Long>>> connections = Collections.nCopies(CONNECTIONS, () -> repeat(end, next, bytes));
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> connection : threads.invokeAll(connections)) {
                all.addAll(connection.get());
            }
            Collections.sort(all);
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("request failed: " + requests.get(0).uri(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while requests were sent", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Long> repeat(long end, AtomicLong next, AtomicLong bytes) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Long> nanos = new ArrayList<>();
        do {
            HttpRequest request = requests.get((int) (next.getAndIncrement() % requests.size()));
            long start = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            nanos.add(System.nanoTime() - start);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode() + " of " + request.uri());
            }
            bytes.addAndGet(response.body().length);
        } while (System.nanoTime() < end);
        return nanos;
    }
}

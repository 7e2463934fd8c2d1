package org.librarypeers.oai;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.RequestCanceller;

/**
 * The requests of one session. It repeats a request whose failure may be temporary, and waits while the repository throttles. A page that
 * is broken counts as a temporary failure, because many are cut off on the way.
 */
final class Requests {

    /** The maximum number of waits that a repository may ask for before it answers a request. */
    private static final int MAX_WAITS = 5;

    private static final double JITTER = 0.25;

    private final Exchange exchange;
    private final Settings settings;
    private final OaiFailures failures;
    private final RetryPolicy<Object> retries;
    private final RequestCanceller asking = new RequestCanceller();

    Requests(Exchange exchange, Settings settings, OaiFailures failures) {
        this.exchange = exchange;
        this.settings = settings;
        this.failures = failures;
        this.retries = RetryPolicy.builder()
                .handleIf(Requests::isTemporary)
                .withMaxAttempts(settings.attempts())
                .withBackoff(settings.backoff(), settings.backoff().multipliedBy(8))
                .withJitter(JITTER)
                .build();
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof AnswerException answer
                ? answer.isTemporary() && !answer.isThrottling()
                : failure instanceof IOException lost && OaiFailures.isTemporary(lost);
    }

    /**
     * Sends a request and returns the page.
     *
     * @param arguments the arguments, in the order in which they are sent
     * @throws PeerException if there is no page
     */
    OaiPage ask(Map<String, String> arguments) {
        if (!asking.begin()) {
            throw failures.stopped();
        }
        try {
            OaiPage page = patiently(query(arguments));
            failures.answered();
            return page;
        } catch (AnswerException e) {
            throw failures.of(e);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.stopped();
        } finally {
            asking.end();
        }
    }

    private static String query(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Sends a request, and sends it again after each wait that the repository asks for. */
    private OaiPage patiently(String query) throws IOException, InterruptedException, AnswerException {
        for (int waits = 1; ; waits++) {
            try {
                return retrying(query);
            } catch (AnswerException e) {
                if (!e.isThrottling() || waits > MAX_WAITS) {
                    throw e;
                }
                Thread.sleep(throttled(e.retryAfter(), waits).toMillis());
            }
        }
    }

    private OaiPage retrying(String query) throws IOException, InterruptedException, AnswerException {
        try {
            return Failsafe.with(retries).get(() -> PageReader.read(exchange.get(query)));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof AnswerException failure) {
                throw failure;
            } else if (e.getCause() instanceof IOException failure) {
                throw failure;
            } else if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted during a request");
            }
            throw e;
        }
    }

    /** Returns how long to wait as the repository asks; without a number, longer each time. */
    private Duration throttled(@Nullable Duration stated, int waits) {
        Duration wait = stated == null ? settings.backoff().multipliedBy(4L << Math.min(waits - 1, 3)) : stated;
        if (wait.compareTo(settings.maxWait()) > 0) {
            throw failures.throttled(wait);
        }
        return wait;
    }

    /** Ends the present request soon, and prevents further ones. */
    void stop() {
        asking.stop();
    }

    /** Returns the number of requests so far, including retries. */
    int count() {
        return exchange.requests();
    }
}

package org.librarypeers.oai;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.PeerException;

/**
 * The requests of one session. It repeats a request whose failure may be temporary, and waits while the repository throttles. A page that
 * is broken counts as a temporary failure, because many are cut off on the way.
 */
final class Requests {

    /** The maximum number of waits that a repository may ask for before it answers a request. */
    private static final int MAX_WAITS = 5;

    private final Exchange exchange;
    private final Settings settings;
    private final OaiFailures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private @Nullable Thread asking;
    private boolean stopped;
    private boolean interrupted;

    Requests(Exchange exchange, Settings settings, OaiFailures failures) {
        this.exchange = exchange;
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * Sends a request and returns the page.
     *
     * @param arguments the arguments, in the order in which they are sent
     * @throws PeerException if there is no page
     */
    OaiPage ask(Map<String, String> arguments) {
        begin();
        try {
            OaiPage page = patiently(query(arguments));
            failures.answered();
            return page;
        } catch (AnswerException e) {
            throw failures.of(e);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            if (!isStopped()) {
                Thread.currentThread().interrupt();
            }
            throw failures.stopped();
        } finally {
            end();
        }
    }

    private static String query(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private OaiPage patiently(String query) throws IOException, InterruptedException, AnswerException {
        int waits = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                return PageReader.read(exchange.get(query));
            } catch (AnswerException e) {
                if (e.isThrottling() && waits < MAX_WAITS) {
                    waits++;
                    attempt--;
                    sleep(throttled(e.retryAfter(), waits));
                } else if (!e.isTemporary() || attempt == settings.attempts()) {
                    throw e;
                } else {
                    sleep(backoff(attempt));
                }
            } catch (IOException e) {
                if (!OaiFailures.isTemporary(e) || attempt == settings.attempts()) {
                    throw e;
                }
                sleep(backoff(attempt));
            }
        }
    }

    /** Returns the wait before a retry: it doubles with each attempt. */
    private Duration backoff(int attempt) {
        return settings.backoff().multipliedBy(1L << Math.min(attempt - 1, 3));
    }

    /** Returns how long to wait as the repository asks; without a number, longer each time. */
    private Duration throttled(@Nullable Duration stated, int waits) {
        Duration wait = stated == null ? backoff(waits).multipliedBy(4) : stated;
        if (wait.compareTo(settings.maxWait()) > 0) {
            throw failures.throttled(wait);
        }
        return wait;
    }

    private void begin() {
        lock.lock();
        try {
            if (stopped) {
                throw failures.stopped();
            }
            asking = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a request, and clears an interrupt that {@link #stop} caused. */
    private void end() {
        lock.lock();
        try {
            asking = null;
            if (interrupted) {
                interrupted = false;
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (left > 0 && !stopped) {
                left = ended.awaitNanos(left);
            }
            if (stopped) {
                throw new InterruptedException("stopped");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the present request soon, and prevents further ones. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            ended.signalAll();
            if (asking != null) {
                interrupted = true;
                asking.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of requests so far, including retries. */
    int count() {
        return exchange.requests();
    }
}

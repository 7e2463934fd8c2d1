package org.librarypeers.app.web;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live updates for browsers by server-sent events. One thread polls for updates on behalf of all subscribers and never waits for
 * a slow one. A slow subscriber skips intermediate updates and receives the newest. Thread-safe.
 */
public final class LiveUpdates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);
    private static final int MAX_SUBSCRIBERS = 200;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Set<LiveUpdateSubscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final int most;
    private final Duration pollInterval;
    private final ScheduledExecutorService thread;
    private boolean polling;
    private volatile boolean closed;

    /** Creates live updates for at most 200 subscribers, polled every second. */
    public LiveUpdates() {
        this(MAX_SUBSCRIBERS, POLL_INTERVAL);
    }

    LiveUpdates(int most, Duration pollInterval) {
        this.most = most;
        this.pollInterval = pollInterval;
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("live-updates"));
    }

    /**
     * A state to show.
     *
     * @param html the HTML fragment that shows it
     * @param last whether this is the final update
     */
    public record Update(String html, boolean last) {}

    /**
     * Subscribes a client. It receives events named {@code news}, and finally one named {@code end}. Browsers reconnect
     * automatically if the connection breaks or if there are too many subscribers.
     *
     * @param longest the maximum duration of the subscription; browsers then reconnect, and their access is checked again
     * @param state a function that returns the current state; it runs on the shared thread and must be fast
     * @param left an action that runs once when the subscription ends, for any reason
     */
    public void subscribe(SseClient client, Duration longest, Supplier<Update> state, Runnable left) {
        client.keepAlive();
        LiveUpdateSubscriber subscriber = new LiveUpdateSubscriber(client, longest, state, left, subscribers::remove);
        subscribers.add(subscriber);
        subscriber.begin();
        if (closed || subscribers.size() > most || !poll(subscriber)) {
            subscriber.reject();
        }
    }

    /** Returns the number of subscribers. */
    public int count() {
        return subscribers.size();
    }

    private synchronized boolean poll(LiveUpdateSubscriber first) {
        try {
            thread.execute(() -> poll(first, System.nanoTime()));
            if (!polling) {
                polling = true;
                long millis = pollInterval.toMillis();
                var unused = thread.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void poll() {
        subscribers.forEach(subscriber -> poll(subscriber, System.nanoTime()));
    }

    private static void poll(LiveUpdateSubscriber subscriber, long now) {
        try {
            subscriber.poll(now);
        } catch (RuntimeException e) {
            // The browser reconnects after a short time; the failure may be temporary.
            LOG.warn("A subscriber to live updates was disconnected: {}", String.valueOf(e.getMessage()));
            subscriber.leave();
        }
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        subscribers.forEach(LiveUpdateSubscriber::leave);
    }
}

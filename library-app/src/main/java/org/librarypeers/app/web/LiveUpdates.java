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
    private static final int MOST = 200;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Set<LiveUpdateSubscriber> watchers = ConcurrentHashMap.newKeySet();
    private final int most;
    private final Duration lookEvery;
    private final ScheduledExecutorService thread;
    private boolean looking;
    private volatile boolean closed;

    /** Creates live updates for at most 200 subscribers, polled every second. */
    public LiveUpdates() {
        this(MOST, LOOK_EVERY);
    }

    LiveUpdates(int most, Duration lookEvery) {
        this.most = most;
        this.lookEvery = lookEvery;
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("watchers"));
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
     * @param news a function that returns the current state; it runs on the shared thread and must be fast
     * @param left an action that runs once when the subscription ends, for any reason
     */
    public void watch(SseClient client, Duration longest, Supplier<Update> news, Runnable left) {
        client.keepAlive();
        LiveUpdateSubscriber watcher = new LiveUpdateSubscriber(client, longest, news, left, watchers::remove);
        watchers.add(watcher);
        watcher.begin();
        if (closed || watchers.size() > most || !look(watcher)) {
            watcher.turnAway();
        }
    }

    /** Returns the number of subscribers. */
    public int count() {
        return watchers.size();
    }

    private synchronized boolean look(LiveUpdateSubscriber first) {
        try {
            thread.execute(() -> look(first, System.nanoTime()));
            if (!looking) {
                looking = true;
                long millis = lookEvery.toMillis();
                var unused = thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void look() {
        watchers.forEach(watcher -> look(watcher, System.nanoTime()));
    }

    private static void look(LiveUpdateSubscriber watcher, long now) {
        try {
            watcher.look(now);
        } catch (RuntimeException e) {
            // The browser reconnects after a short time; the failure may be temporary.
            LOG.warn("A subscriber to live updates was disconnected: {}", String.valueOf(e.getMessage()));
            watcher.leave();
        }
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        watchers.forEach(LiveUpdateSubscriber::leave);
    }
}

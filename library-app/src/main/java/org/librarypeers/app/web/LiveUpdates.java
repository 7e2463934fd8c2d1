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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who watch something happen in their browsers, by server-sent events. One thread looks for all of them what is new, and
 * waits for none: who reads slowly misses what is overtaken, and gets the newest.
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

    /** For as many as a library has administrators who look at once, and more. */
    public LiveUpdates() {
        this(MOST, LOOK_EVERY);
    }

    LiveUpdates(int most, Duration lookEvery) {
        this.most = most;
        this.lookEvery = lookEvery;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "watchers");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * How something stands.
     *
     * @param html a part of a page that shows it
     * @param last whether it has ended, so that there is nothing more to watch
     */
    public record Update(String html, boolean last) {}

    /**
     * Tells a client, from now on and until the end, as events of the name {@code news}; then {@code end}. Browsers whose
     * connection broke, or for whom there is no room now, come again by themselves.
     *
     * @param longest then the client is sent away all the same; browsers come again, and are asked again who they are
     * @param news is asked how it stands, on the thread of all watchers: it must be quick
     * @param left is called once, when the client is told no more, for whatever reason
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

    /** How many there are. */
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
            // The browser comes again a little later, when it may be well again.
            LOG.warn("A watcher is sent away: {}", String.valueOf(e.getMessage()));
            watcher.leave();
        }
    }

    /** Sends all away. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        watchers.forEach(LiveUpdateSubscriber::leave);
    }
}

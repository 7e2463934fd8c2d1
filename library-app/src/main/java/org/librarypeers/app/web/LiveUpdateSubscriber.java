package org.librarypeers.app.web;

import io.javalin.http.sse.SseClient;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one browser that receives live updates. Its methods never wait for the network: an update that cannot be
 * written immediately is skipped.
 */
final class LiveUpdateSubscriber implements WriteListener {

    /**
     * The time without an update after which a comment is sent. A failed write is the only sign that a browser has disconnected,
     * and proxies close idle connections.
     */
    private static final long KEEP_ALIVE_AFTER = Duration.ofSeconds(5).toNanos();

    private static final String RETRY_SOON = "retry: 2000\n\n";
    private static final String RETRY_LATER = "retry: 30000\n\n";
    private static final String KEEP_ALIVE = ":\n\n";
    private static final String END = "event: end\ndata: end\n\n";

    private final SseClient client;
    private final long longest;
    private final Supplier<LiveUpdates.Update> state;
    private final Runnable left;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long since = System.nanoTime();
    private final Consumer<LiveUpdateSubscriber> whenClosed;
    private @Nullable ServletOutputStream stream;
    private @Nullable String lastSent;
    private long lastSentAt = since;
    private int number;
    private boolean retrySent;
    private boolean unflushed;
    private boolean ended;

    LiveUpdateSubscriber(
            SseClient client,
            Duration longest,
            Supplier<LiveUpdates.Update> state,
            Runnable left,
            Consumer<LiveUpdateSubscriber> whenClosed) {
        this.client = client;
        this.longest = longest.toNanos();
        this.state = state;
        this.left = left;
        this.whenClosed = whenClosed;
    }

    /** Starts asynchronous writing on the connection. */
    synchronized void begin() {
        try {
            ServletOutputStream out = client.ctx().res().getOutputStream();
            out.setWriteListener(this);
            stream = out;
        } catch (IOException e) {
            leave();
        }
    }

    /**
     * Sends the newest update if it differs from the last one.
     *
     * @param now the current {@link System#nanoTime}
     */
    synchronized void poll(long now) {
        if (ended || closed.get() || !isReady()) {
            return;
        }
        if (now - since > longest) {
            end("");
            return;
        }
        LiveUpdates.Update newest = state.get();
        if (newest.last()) {
            end(event(newest.html()) + END);
        } else if (!newest.html().equals(lastSent)) {
            write(event(newest.html()), now);
            lastSent = newest.html();
        } else if (now - lastSentAt > KEEP_ALIVE_AFTER) {
            write(KEEP_ALIVE, now);
        }
    }

    /** Rejects the browser because no more subscribers are accepted, and tells it to reconnect after 30 seconds. */
    synchronized void reject() {
        retrySent = true;
        if (isReady()) {
            end(RETRY_LATER);
        } else {
            leave();
        }
    }

    private String event(String html) {
        return "id: " + ++number + "\nevent: news\ndata: " + html.strip().replaceAll("\\R", "\ndata: ") + "\n\n";
    }

    private void end(String last) {
        ended = true;
        write(last, System.nanoTime());
        leaveIfSent();
    }

    private boolean isReady() {
        return stream != null && stream.isReady();
    }

    private void write(String text, long now) {
        try {
            String all = retrySent ? text : RETRY_SOON + text;
            retrySent = true;
            lastSentAt = now;
            Objects.requireNonNull(stream).write(all.getBytes(StandardCharsets.UTF_8));
            unflushed = true;
            flush();
        } catch (IOException e) {
            leave();
        }
    }

    private void flush() throws IOException {
        if (unflushed && isReady()) {
            unflushed = false;
            Objects.requireNonNull(stream).flush();
        }
    }

    private void leaveIfSent() {
        if (ended && !unflushed && isReady()) {
            leave();
        }
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        flush();
        leaveIfSent();
    }

    @Override
    public void onError(Throwable trouble) {
        leave();
    }

    /** Ends the subscription and closes the connection. Idempotent. */
    void leave() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.accept(this);
            left.run();
            client.close();
        }
    }
}

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
    private static final long SIGN_OF_LIFE_AFTER = Duration.ofSeconds(5).toNanos();

    private static final String COME_AGAIN_SOON = "retry: 2000\n\n";
    private static final String COME_AGAIN_LATER = "retry: 30000\n\n";
    private static final String SIGN_OF_LIFE = ":\n\n";
    private static final String END = "event: end\ndata: end\n\n";

    private final SseClient client;
    private final long longest;
    private final Supplier<LiveUpdates.Update> news;
    private final Runnable left;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final long since = System.nanoTime();
    private final Consumer<LiveUpdateSubscriber> whenGone;
    private @Nullable ServletOutputStream stream;
    private @Nullable String told;
    private long toldAt = since;
    private int number;
    private boolean greeted;
    private boolean unflushed;
    private boolean ended;

    LiveUpdateSubscriber(
            SseClient client,
            Duration longest,
            Supplier<LiveUpdates.Update> news,
            Runnable left,
            Consumer<LiveUpdateSubscriber> whenGone) {
        this.client = client;
        this.longest = longest.toNanos();
        this.news = news;
        this.left = left;
        this.whenGone = whenGone;
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
    synchronized void look(long now) {
        if (ended || gone.get() || !isReady()) {
            return;
        }
        if (now - since > longest) {
            end("");
            return;
        }
        LiveUpdates.Update newest = news.get();
        if (newest.last()) {
            end(event(newest.html()) + END);
        } else if (!newest.html().equals(told)) {
            write(event(newest.html()), now);
            told = newest.html();
        } else if (now - toldAt > SIGN_OF_LIFE_AFTER) {
            write(SIGN_OF_LIFE, now);
        }
    }

    /** Rejects the browser because no more subscribers are accepted, and tells it to reconnect after 30 seconds. */
    synchronized void turnAway() {
        greeted = true;
        if (isReady()) {
            end(COME_AGAIN_LATER);
        } else {
            leave();
        }
    }

    private String event(String html) {
        return "id: " + ++number + "\nevent: news\ndata: " + html.strip().replaceAll("\\R", "\ndata: ") + "\n\n";
    }

    private void end(String lastWords) {
        ended = true;
        write(lastWords, System.nanoTime());
        leaveIfTold();
    }

    private boolean isReady() {
        return stream != null && stream.isReady();
    }

    private void write(String text, long now) {
        try {
            String all = greeted ? text : COME_AGAIN_SOON + text;
            greeted = true;
            toldAt = now;
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

    private void leaveIfTold() {
        if (ended && !unflushed && isReady()) {
            leave();
        }
    }

    @Override
    public synchronized void onWritePossible() throws IOException {
        flush();
        leaveIfTold();
    }

    @Override
    public void onError(Throwable trouble) {
        leave();
    }

    /** Ends the subscription and closes the connection. Idempotent. */
    void leave() {
        if (gone.compareAndSet(false, true)) {
            whenGone.accept(this);
            left.run();
            client.close();
        }
    }
}

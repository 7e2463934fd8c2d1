package org.librarypeers.app.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command that takes long end in order when the process is told to stop: the signal wakes it, or does what it says is to
 * be done then, and the process waits until it has closed what it opened.
 */
final class StopSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Thread hook = new Thread(this::stopAndWait, "stop");
    private final Runnable then;
    private volatile @Nullable String failure;

    /** Wakes who waits for it. */
    StopSignal() {
        this(() -> {});
    }

    /** Does something, too. */
    StopSignal(Runnable then) {
        this.then = then;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopAndWait() {
        stop.countDown();
        then.run();
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        stop.await();
    }

    /** Wakes who waits for the signal, because the command cannot go on. */
    void fail(String why) {
        failure = why;
        stop.countDown();
    }

    /** Returns why the command cannot go on; empty if it can, or was only told to stop. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the process was told to stop. */
    boolean isGiven() {
        return stop.getCount() == 0;
    }

    /** Everything is closed; the process may go. */
    @Override
    public void close() {
        closed.countDown();
        if (!isGiven()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came just now, and has nothing to wait for.
            }
        }
    }
}

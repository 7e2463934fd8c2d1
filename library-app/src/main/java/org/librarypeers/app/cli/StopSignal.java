package org.librarypeers.app.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown hook that lets a long-running command finish in order when the process receives a signal to stop. The hook wakes the
 * waiting command and runs an action, if there is one. It then waits at most 15 seconds until the command has closed its
 * resources.
 */
final class StopSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Thread hook = new Thread(this::stopAndWait, "stop");
    private final Runnable then;
    private volatile @Nullable String failure;

    /** Creates a signal that only wakes the thread in {@link #await}. */
    StopSignal() {
        this(() -> {});
    }

    /** Creates a signal that wakes the thread in {@link #await} and also runs an action. */
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

    /** Wakes the waiting thread because the command cannot continue. */
    void fail(String why) {
        failure = why;
        stop.countDown();
    }

    /** Returns why the command cannot continue, or an empty {@code Optional} if {@link #fail} was not called. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns whether the command must stop: the process received a signal, or {@link #fail} was called. */
    boolean isGiven() {
        return stop.getCount() == 0;
    }

    /** Lets the process exit. Call this after all resources are closed. */
    @Override
    public void close() {
        closed.countDown();
        if (!isGiven()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is already shutting down; the hook no longer has to wait.
            }
        }
    }
}

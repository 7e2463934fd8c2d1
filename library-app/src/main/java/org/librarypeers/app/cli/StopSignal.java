package org.librarypeers.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a serving command end in order when the process is told to stop: the signal wakes it, and the process waits until it
 * has closed what it opened.
 */
final class StopSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    }

    private void stopAndWait() {
        stop.countDown();
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        stop.await();
    }

    /** Everything is closed; the process may go. */
    @Override
    public void close() {
        closed.countDown();
    }
}

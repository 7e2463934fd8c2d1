package org.librarypeers.sync.contract;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Methods with which tests wait for other threads or processes. Each wait fails after {@link #TIMEOUT}. */
public final class Await {

    /** The time after which a wait fails. It is long, because a busy machine must not fail a test. */
    public static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Duration INTERVAL = Duration.ofMillis(5);

    private Await() {}

    /**
     * Waits until the condition is true. Evaluates the condition on the calling thread.
     *
     * @param what the awaited state, for the failure message
     */
    public static void await(String what, Callable<Boolean> condition) {
        // Without Awaitility, which has no module name and would keep this module off the module path.
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": not within " + TIMEOUT);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the latch is open. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the latch is still closed after " + TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all parties have arrived at the barrier. */
    public static void await(CyclicBarrier barrier) {
        try {
            barrier.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}

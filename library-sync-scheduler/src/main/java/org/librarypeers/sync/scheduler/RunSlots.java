package org.librarypeers.sync.scheduler;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The limit of concurrent runs of a node. Scheduled runs and runs that callers start share it. Scheduled runs leave one run to
 * callers, unless the limit is 1. Thread-safe.
 */
final class RunSlots {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore free;
    private final int number;
    private volatile boolean closed;

    /**
     * Creates slots that are all free.
     *
     * @param number the maximum number of concurrent runs, from 1
     */
    RunSlots(int number) {
        this.number = number;
        this.free = new Semaphore(number);
    }

    /** Returns the maximum number of concurrent scheduled runs. */
    int scheduled() {
        return Math.max(1, number - 1);
    }

    /** Takes a slot if one is free. Returns whether one was. */
    boolean tryTake() {
        return free.tryAcquire();
    }

    /**
     * Takes a slot. Waits a moment until one is free: a peer that waited longer here could not be synced by another node.
     *
     * @return whether a slot was taken; false after {@link #close}
     * @throws InterruptedException if the thread is interrupted; no slot is taken
     */
    boolean take() throws InterruptedException {
        if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (closed) {
            free.release();
            return false;
        }
        return true;
    }

    /** Lets no waiting run start, although other runs end now. */
    void close() {
        closed = true;
    }

    /** Gives a slot back. */
    void release() {
        free.release();
    }
}

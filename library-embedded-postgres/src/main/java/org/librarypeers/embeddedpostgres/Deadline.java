package org.librarypeers.embeddedpostgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A time limit for polling. */
final class Deadline {

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - end >= 0;
    }

    /**
     * Waits 25 ms until the next poll. Returns immediately if the thread is interrupted, and does not clear its
     * interrupt status.
     */
    void park() {
        LockSupport.parkNanos(this, PARK_NANOS);
    }
}

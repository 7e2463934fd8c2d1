package org.librarypeers.app.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A moment until which something is waited for that gives no notice. */
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

    /** Waits a moment before the next look. Returns at once when the thread is interrupted, and leaves it so. */
    void park() {
        LockSupport.parkNanos(this, PARK_NANOS);
    }
}

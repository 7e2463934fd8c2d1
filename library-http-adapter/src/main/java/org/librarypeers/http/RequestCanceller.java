package org.librarypeers.http;

import org.jspecify.annotations.Nullable;

/** A handle that lets other threads interrupt a thread, but only while that thread sends requests. */
final class RequestCanceller {

    private @Nullable Thread thread;
    private boolean stopped;
    private boolean interrupted;

    /** Registers the current thread. Returns false if no more requests are allowed. */
    synchronized boolean begin() {
        if (stopped) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** Unregisters the thread, and clears an interrupt that {@link #stop} caused. */
    synchronized void end() {
        thread = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    /** Interrupts the registered thread, and prevents further requests. */
    synchronized void stop() {
        stopped = true;
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }
}

package org.librarypeers.sync.peer;

import org.jspecify.annotations.Nullable;

/**
 * A handle by which {@link PeerSession#stop} interrupts the thread of a session, but only while that thread sends requests. Thread-safe.
 */
public final class RequestCanceller {

    private @Nullable Thread thread;
    private boolean stopped;
    private boolean interrupted;

    /** Creates a handle for one session. */
    public RequestCanceller() {}

    /** Registers the current thread. Returns false if no more requests are allowed; then {@link #end} need not be called. */
    public synchronized boolean begin() {
        if (stopped) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** Unregisters the thread, and clears an interrupt that {@link #stop} caused. */
    public synchronized void end() {
        thread = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    /** Interrupts the registered thread, and prevents further requests. Does nothing more if it is called again. */
    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }
}

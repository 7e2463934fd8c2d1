package org.librarypeers.http;

import org.jspecify.annotations.Nullable;

/** The thread that asks, for as long as it does, so that another can stop it, and nothing else that it does. */
final class RequestCanceller {

    private @Nullable Thread thread;
    private boolean stopped;
    private boolean interrupted;

    /** This thread begins to ask; false if it must not any more. */
    synchronized boolean begin() {
        if (stopped) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** It has its answer, or none. An interrupt that came from here ends here. */
    synchronized void end() {
        thread = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    /** Nothing is asked any more. */
    synchronized void stop() {
        stopped = true;
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }
}

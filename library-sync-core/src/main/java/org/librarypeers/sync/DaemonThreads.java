package org.librarypeers.sync;

import java.util.concurrent.ThreadFactory;

/** Factories of threads that do not keep the JVM alive. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /**
     * Returns a factory of platform threads, which all have this name. Unlike with virtual threads, an interrupt does not
     * close a database connection that the thread reads from.
     */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}

package org.librarypeers.app.background;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that a thread of its own repeats in the background until it is closed. Thread-safe. */
public final class BackgroundJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundJob.class);

    /** The longest wait for the current work when a job is closed. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final String name;
    private final ScheduledThreadPoolExecutor thread;
    private volatile boolean closed;

    /**
     * Creates a job. It does nothing until it is started.
     *
     * @param name the name of the thread, which also names the job in the log, for example {@code old-records}
     */
    public BackgroundJob(String name) {
        this.name = name;
        this.thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
        // Otherwise, closing would wait for the next repetition.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts the job. Call this once. Does nothing if the job is closed.
     *
     * @param first the wait before the work is done for the first time
     * @param retry the wait after the work threw an exception, which is logged
     * @param work does the work once, and returns how long to wait until it is done again. It may take as long as it needs, but
     *     must end soon after the job was {@linkplain #closed closed}.
     */
    public void start(Duration first, Duration retry, Supplier<Duration> work) {
        try {
            var unused = thread.schedule(
                    () -> start(result(retry, work), retry, work), first.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The job {} is closed", name);
        }
    }

    private Duration result(Duration retry, Supplier<Duration> work) {
        try {
            return work.get();
        } catch (StorageException e) {
            LOG.debug("The job {} waits for the database", name, e);
        } catch (RuntimeException e) {
            LOG.warn("The job {} failed; it is tried again later", name, e);
        }
        return retry;
    }

    /** Returns whether the job was closed, so that its work must end soon. */
    public boolean closed() {
        return closed;
    }

    /** Interrupts the current work, and then closes the job. */
    public void interrupt() {
        closed = true;
        thread.shutdownNow();
        close();
    }

    /** Closes the job, and waits up to 10 s for the current work. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The job {} is still at work; stopping without it", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

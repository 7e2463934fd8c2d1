package org.librarypeers.app.background;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The jobs of one part of the app, which are closed together. Thread-safe. */
public final class BackgroundJobs implements AutoCloseable {

    private final List<BackgroundJob> jobs = new CopyOnWriteArrayList<>();
    private volatile boolean ending;

    /** Returns a new job that is not started, and that is closed together with the others. */
    public BackgroundJob add(String name) {
        BackgroundJob job = new BackgroundJob(name);
        jobs.add(job);
        return job;
    }

    /** Asks the jobs to end soon, without waiting for them. */
    public void end() {
        ending = true;
    }

    /** Returns whether the jobs must end soon, because {@link #end} or {@link #close} was called. */
    public boolean isEnding() {
        return ending;
    }

    /** Closes the jobs one after another. Each one gets up to 10 s to complete its current work. */
    @Override
    public void close() {
        end();
        jobs.forEach(BackgroundJob::close);
    }
}

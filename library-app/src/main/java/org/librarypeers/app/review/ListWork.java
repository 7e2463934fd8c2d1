package org.librarypeers.app.review;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.librarypeers.app.audit.CurrentActor;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on whole lists, which may take longer than a request may. It runs on threads of this process, in batches that are saved one by one.
 * So work that ended with its process can be started again, and goes on. Thread-safe.
 *
 * @param <T> the result of the work
 */
final class ListWork<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListWork.class);

    private static final int THREADS = 2;

    /** The number of works whose result is remembered. An older one can still be read from the decisions that it saved. */
    private static final int MOST = 100;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final Map<UUID, Task<T>> tasks = new LinkedHashMap<>();
    private volatile boolean closed;

    /**
     * Creates the place of works of one kind.
     *
     * @param name the name of its threads
     */
    ListWork(String name) {
        this.threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named(name));
    }

    /** The work of one action. */
    static final class Task<T> {

        private final FutureTask<T> future;
        private volatile boolean ending;

        private Task(Function<Consumer<T>, T> work, Consumer<Task<T>> check) {
            this.future = new FutureTask<>(() -> {
                try {
                    check.accept(this);
                    return work.apply(soFar -> check.accept(this));
                } catch (CancellationException e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.warn("Work on a whole list stopped before its end", e);
                    throw e;
                }
            });
        }

        /** Waits for the result. Empty if the work takes longer, or if it stopped before its end. */
        Optional<T> within(Duration longest) {
            try {
                return Optional.of(future.get(longest.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            }
        }

        /** Returns whether the work has ended, with or without a result. */
        boolean isDone() {
            return future.isDone();
        }
    }

    /**
     * Starts the work of an action, unless it is running.
     *
     * @param work does the work, and hands over the result so far after each batch
     */
    synchronized Task<T> start(UUID action, Function<Consumer<T>, T> work) {
        Task<T> running = tasks.get(action);
        if (running != null && !running.isDone()) {
            return running;
        }
        Task<T> task = new Task<>(work, this::requireWanted);
        tasks.remove(action);
        tasks.put(action, task);
        tasks.values().stream()
                .filter(Task::isDone)
                .limit(Math.max(0, tasks.size() - MOST))
                .toList()
                .forEach(tasks.values()::remove);
        threads.execute(CurrentActor.carried(task.future));
        return task;
    }

    private void requireWanted(Task<T> task) {
        if (closed || task.ending) {
            throw new CancellationException("no further batch is wanted");
        }
    }

    /** Returns the work of an action that this process started last. */
    synchronized Optional<Task<T>> find(UUID action) {
        return Optional.ofNullable(tasks.get(action));
    }

    /** Stops the work of an action after its current batch, and waits for that. Does nothing if it is not running here. */
    void stop(UUID action) {
        find(action).ifPresent(task -> {
            task.ending = true;
            task.within(LONGEST_STOP);
        });
    }

    /** Stops all work after the current batches. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Work on a whole list is still running; stopping without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
